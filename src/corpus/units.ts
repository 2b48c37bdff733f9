export const textUnits = ['line', 'paragraph', 'file'] as const;
export const markdownUnits = ['file', 'section'] as const;

/** What one record is in the formats that do not say so themselves; the first of each is the default. */
export interface RecordUnits {
  readonly text?: (typeof textUnits)[number];
  readonly markdown?: (typeof markdownUnits)[number];
}
