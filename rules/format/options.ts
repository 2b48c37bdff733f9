import type {CorpusContext, CorpusRecord} from '../../src/api.js';
import {answerOf, builtinFormats, formatOf} from './formats.js';
import {readPatterns, type UserFormat} from './patterns.js';
import {type MarkdownNode, structureOf} from './tree.js';

declare module '../../src/api/record.js' {
  interface Features {
    /** Markdown tree (mdast) of the answer with `\n` as line ends, from the plugin `collapse-gate/unified`. */
    markdown: MarkdownNode;
  }
}

/** Options that all rules of the family share. */
export const sharedOptions = {
  patterns: {
    type: 'array',
    items: {type: 'string'},
    default: [],
    description:
      'Formats of your own, before all others, as `name: pattern`. An answer has the format when one of its lines is the pattern, in which `*` stands for any characters: `final-answer: Answer: *`. At most 16. Give the other rules of the family the same ones (in YAML by an alias: `&own` here, `*own` there).',
  },
  tree: {
    type: 'boolean',
    default: false,
    description:
      'Read the Markdown tree in place of the fast scan. Needs the plugin `collapse-gate/unified`; some 300 times slower, and different for less than one answer in 200. Answers over 65,536 characters are scanned all the same.',
  },
} as const;

export interface SharedOptions {
  readonly patterns: readonly string[];
  readonly tree: boolean;
}

/** A Markdown parser may take long for long texts that were made to make it do so. */
const longestTree = 1 << 16;

const parsed = new WeakMap<readonly string[], {formats: readonly UserFormat[]; setting: string}>();

function userFormats(patterns: readonly string[]) {
  let known = parsed.get(patterns);
  if (known === undefined) {
    known = {formats: readPatterns(patterns, builtinFormats), setting: JSON.stringify(patterns)};
    parsed.set(patterns, known);
  }
  return known;
}

/** What tells two ways of telling formats apart apart. */
export function settingOf(patterns: readonly string[]): string {
  return userFormats(patterns).setting;
}

/** All formats of these options, in their precedence. */
export function formatNames({patterns}: Pick<SharedOptions, 'patterns'>): string[] {
  return [...userFormats(patterns).formats.map(({name}) => name), ...builtinFormats];
}

/** The last answer that was looked at: the rules of the family look at the same record one after the other. */
let last: {record: CorpusRecord; setting: string; format: string} | undefined;

/** The format of a record, found once for all rules of the family. */
export function recordFormat(record: CorpusRecord, context: CorpusContext<typeof sharedOptions>): string {
  const {patterns, tree} = context.options;
  const {formats, setting} = userFormats(patterns);
  const key = tree ? `tree ${setting}` : setting;
  if (last?.record === record && last.setting === key) return last.format;
  const answer = answerOf(record);
  const format =
    tree && answer.length <= longestTree
      ? formatOf(answer, formats, text => structureOf(context.feature(record, 'markdown'), text))
      : formatOf(answer, formats);
  last = {record, setting: key, format};
  return format;
}
