export const measureUnits = ['share', 'words', 'bits', 'count'] as const;

/** What a measure counts in: a `share` is in [0, 1] and shown in percent. */
export type MeasureUnit = (typeof measureUnits)[number];

/** A line on what a measure is, with its unit where it has one. */
export type MeasureDeclaration = string | {readonly description: string; readonly unit?: MeasureUnit};
