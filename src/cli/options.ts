/** One flag of the command line: parsing and help come from this table. */
export interface Option {
  readonly type: 'string' | 'boolean';
  readonly short?: string;
  readonly multiple?: boolean;
  /** What stands for the value in help. */
  readonly value?: string;
  readonly description: string;
}

export type Options = Readonly<Record<string, Option>>;

/** Flags of all commands that load a config. */
export const configOptions = {
  config: {
    type: 'string',
    short: 'c',
    value: 'FILE',
    description: 'Use this config, or preset such as collapse:hivemind, instead of the nearest .collapserc',
  },
  'no-config': {type: 'boolean', description: 'Use no config file, only what is recommended'},
  rule: {
    type: 'string',
    multiple: true,
    value: 'ID=LEVEL',
    description: 'Set the level of a rule or family: off, warn, error',
  },
  gate: {
    type: 'string',
    multiple: true,
    value: 'ID[.OPTION]=VALUE',
    description: 'Switch a gate on or off, or on with an option: novelty=on, novelty.minimum=0.3',
  },
  field: {
    type: 'string',
    multiple: true,
    value: 'ROLE=PATH',
    description: 'Say where a field is: text=body, response=messages[1].content',
  },
  record: {
    type: 'string',
    multiple: true,
    value: 'FORMAT=UNIT',
    description:
      'Say what one record is: text=line (default), paragraph or file; markdown=file (default) or section',
  },
  ignore: {type: 'string', multiple: true, value: 'GLOB', description: 'Leave files out'},
} as const satisfies Options;

/** Flags of all commands that scan. */
export const scanOptions = {
  ...configOptions,
  reference: {
    type: 'string',
    short: 'r',
    multiple: true,
    value: '[ROLE=]PATH',
    description:
      'Hold records against a profile, file or folder; roles: trusted (default), previous, benchmark, machine',
  },
  machine: {
    type: 'string',
    multiple: true,
    value: 'PATH',
    description: 'Samples of a generator that is suspected in the round: `--reference machine=PATH`',
  },
  subset: {
    type: 'string',
    value: 'NAME',
    description: 'Of a Hugging Face data set folder, read this configuration and not the default one',
  },
  'max-malformed': {
    type: 'string',
    value: 'N',
    description: 'Lines that are no records which a passing round may have (default 0)',
  },
  'max-findings': {
    type: 'string',
    value: 'N',
    description: 'Findings per rule that the report lists (default 50); all are counted',
  },
  'sample-above': {
    type: 'string',
    value: 'MB',
    description: 'Size from which on corpus rules read a sample of a round (default 32); 0 for never',
  },
  concurrency: {
    type: 'string',
    value: 'N',
    description: 'Worker threads (default: one per core; results never depend on it)',
  },
  'no-cache': {type: 'boolean', description: 'Do not keep profiles of plain references between runs'},
  'stdin-filename': {
    type: 'string',
    value: 'PATH',
    description: 'Name of standard input in messages and for overrides',
  },
} as const satisfies Options;

/** Flags that ask git which records to judge. */
export const changeOptions = {
  staged: {
    type: 'boolean',
    description: 'Judge only the records that what is staged adds or alters; all others are a reference',
  },
  since: {
    type: 'string',
    value: 'REF',
    description: 'The same for everything since HEAD and REF (a branch, tag or commit) parted',
  },
} as const satisfies Options;

/** Flags about findings that are known. */
export const livingOptions = {
  baseline: {
    type: 'string',
    value: 'FILE',
    description: 'Do not count what an earlier run found: its report (jsonl, json) or run folder',
  },
  'max-warnings': {
    type: 'string',
    value: 'N',
    description: 'Exit with 1 when there are more warnings than this',
  },
} as const satisfies Options;

/** Flags of all commands that print something to look at. */
export const displayOptions = {
  color: {
    type: 'string',
    value: 'WHEN',
    description: 'auto (default), always or never; NO_COLOR and FORCE_COLOR count too',
  },
  quiet: {type: 'boolean', short: 'q', description: 'No progress and no notes on stderr'},
  help: {type: 'boolean', short: 'h', description: 'Show this help'},
} as const satisfies Options;

/** What record gates do, for those who choose them. */
export const ablateOption = {
  type: 'boolean',
  description: 'Also say what each record gate alone, and all others without it, would accept',
} as const satisfies Option;

export const reportOptions = {
  format: {
    type: 'string',
    short: 'f',
    value: 'NAME',
    description:
      'What is printed: stylish (default), statistics, json, jsonl, html, sarif, github, junit, markdown',
  },
  output: {
    type: 'string',
    short: 'o',
    multiple: true,
    value: 'NAME=PATH',
    description: 'Also write a report to a file, e.g. html=report.html',
  },
  statistics: {type: 'boolean', description: 'Print counts for each rule instead of findings'},
  excerpts: {type: 'boolean', description: 'Let SARIF hold text of records, which it leaves out by default'},
  'fail-on': {
    type: 'string',
    value: 'LEVEL',
    description: 'Lowest level of findings that exits with 1: error (default), warn, never',
  },
} as const satisfies Options;
