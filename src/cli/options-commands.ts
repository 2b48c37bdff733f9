import {
  ablateOption,
  configOptions,
  displayOptions,
  livingOptions,
  type Options,
  reportOptions,
  scanOptions,
} from './options.js';

export const filterOptions = {
  ...scanOptions,
  out: {
    type: 'string',
    value: 'DIR',
    description: 'Folder for the run: accepted, quarantined, rejected, malformed, evidence, report, manifest',
  },
  overwrite: {type: 'boolean', description: 'Replace an earlier run in that folder'},
  baseline: livingOptions.baseline,
  'replace-codec': {
    type: 'boolean',
    description: 'Write in another compression where that of an input cannot be written',
  },
  weights: {
    type: 'boolean',
    description: 'Write importance weights of the accepted records too, for a trainer that samples',
  },
  ablate: ablateOption,
  'dry-run': {type: 'boolean', description: 'Scan and report, write nothing'},
  ...reportOptions,
  ...displayOptions,
} as const satisfies Options;

/** Nothing is judged while a reference is read. */
const {gate: _, ...readOptions} = configOptions;

export const profileOptions = {
  ...readOptions,
  out: {type: 'string', value: 'FILE', description: 'Profile to build or, where it is there, to extend'},
  info: {type: 'string', value: 'FILE', description: 'Say what is in a profile'},
  compact: {type: 'string', value: 'FILE', description: 'Merge the segments of a profile'},
  subset: scanOptions.subset,
  'max-findings': scanOptions['max-findings'],
  'max-malformed': scanOptions['max-malformed'],
  concurrency: scanOptions.concurrency,
  format: reportOptions.format,
  ...displayOptions,
} as const satisfies Options;

export const gateOptions = {
  config: configOptions.config,
  'no-config': configOptions['no-config'],
  rule: configOptions.rule,
  gate: configOptions.gate,
  'max-malformed': scanOptions['max-malformed'],
  'max-findings': scanOptions['max-findings'],
  weights: {
    type: 'string',
    value: 'FILE',
    description: 'Write importance weights of the records that are accepted now to a file',
  },
  ablate: ablateOption,
  ...reportOptions,
  ...displayOptions,
} as const satisfies Options;

/** No record is judged, so there are no gates and nothing to fail on. */
const {
  gate: __,
  'max-findings': ___,
  'max-malformed': ____,
  'sample-above': ______,
  ...takeOptions
} = scanOptions;

export const replenishOptions = {
  out: {
    type: 'string',
    value: 'DIR',
    description:
      'Folder for the records, where each comes from, report and manifest; without it nothing is written',
  },
  overwrite: {type: 'boolean', description: 'Replace an earlier run in that folder'},
  target: {
    type: 'string',
    value: 'SHARE',
    description: 'Survival to reach, as a share of that of an honest sample of the reference (default 0.95)',
  },
  budget: {
    type: 'string',
    value: 'N|N%',
    description: 'Most records to add, or their percentage of the round (default 10%)',
  },
  ...takeOptions,
  format: {...reportOptions.format, description: 'What is printed: stylish (default) or json'},
  ...displayOptions,
} as const satisfies Options;

export const reviewOptions = {
  plain: {type: 'boolean', description: 'Ask line by line instead of drawing on the whole terminal'},
  blind: {
    type: 'boolean',
    description: 'Show a random sample of flagged and other records, without what was found',
  },
  sample: {type: 'string', value: 'N', description: 'Records of the blind sample (default 50)'},
  seed: {type: 'string', value: 'TEXT', description: 'Draw another blind sample (default 0)'},
  stats: {type: 'boolean', description: 'Say how often each rule was right, by what was decided'},
  as: {type: 'string', value: 'NAME', description: 'Who decides (default: the user name of git)'},
  decisions: {
    type: 'string',
    value: 'FILE',
    description: 'Where decisions are kept (default .collapse/decisions.jsonl beside the config)',
  },
  ...scanOptions,
  ...displayOptions,
} as const satisfies Options;

/** Nothing is judged while a detector is trained. */
const {rule: _____, ...fieldOptions} = readOptions;

export const trainOptions = {
  human: {
    type: 'string',
    multiple: true,
    value: 'PATH',
    description: 'Records that people wrote: files, folders, globs',
  },
  machine: {type: 'string', multiple: true, value: 'PATH', description: 'Samples of the generator'},
  out: {
    type: 'string',
    value: 'FILE',
    description:
      'Detector to write (default style.detector, beside the profile of the config or beside the config)',
  },
  overwrite: {type: 'boolean', description: 'Replace an earlier detector there'},
  kind: {
    type: 'string',
    value: 'FIELD',
    description:
      'Where a record says what kind of text it is (default: its source): of several kinds each is left out in turn',
  },
  force: {
    type: 'boolean',
    description: 'Train even when length, encoding, one word or the source tells the sets apart',
  },
  ...fieldOptions,
  format: {...reportOptions.format, description: 'What is printed: stylish (default) or json'},
  ...displayOptions,
} as const satisfies Options;

export const calibrateOptions = {
  label: {
    type: 'string',
    value: 'FIELD[=VALUE]',
    description: 'Where a record says whether it is bad; without it, what reviewers decided',
  },
  fpr: {type: 'string', value: 'SHARE', description: 'Good records that may be flagged (default 0.01)'},
  precision: {
    type: 'string',
    value: 'SHARE',
    description: 'Flagged records that must be bad, with 95 % confidence',
  },
  only: {
    type: 'string',
    multiple: true,
    value: 'ID[.OPTION]',
    description: 'Rules, gates or options to set (default: all that are on)',
  },
  write: {type: 'boolean', description: 'Write the limits into the config, and show what changes'},
  decisions: reviewOptions.decisions,
  ...scanOptions,
  format: {...reportOptions.format, description: 'What is printed: stylish (default) or json'},
  ...displayOptions,
} as const satisfies Options;

export const verifyOptions = {
  run: {
    type: 'string',
    value: 'FOLDER',
    description: 'Run that accepted them, for files that were copied elsewhere',
  },
  quiet: {type: 'boolean', short: 'q', description: 'Say nothing of what is as it passed'},
  help: displayOptions.help,
} as const satisfies Options;

export const initOptions = {
  yes: {type: 'boolean', short: 'y', description: 'Write everything that is not there yet, without asking'},
  help: displayOptions.help,
} as const satisfies Options;
