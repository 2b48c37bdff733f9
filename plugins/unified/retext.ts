import retextEnglish from 'retext-english';
import {type PluggableList, unified} from 'unified';
import {defineRecordRule, type Level, type PartName, type Rule} from '../../src/api.js';

export interface RetextRule {
  /** Of the plugin that the rule is part of: `ours/repeated-words`. */
  readonly id: string;
  /** retext plugins, as `unified` takes them: `[plugin]`, or `[[plugin, options]]`. */
  readonly use: PluggableList;
  /** The part of a record that they see. Default `text`. */
  readonly part?: PartName;
  readonly summary?: string;
  readonly why?: string;
  readonly advice?: string;
  /** Default `warn`. */
  readonly recommended?: Level;
}

/** Longer texts are looked at up to here: natural language is parsed at some 2 MB a second. */
const longest = 100_000;

/**
 * Makes a record rule of retext plugins: what they say of a text are its findings, at the places that they name.
 * They must work at once, without a promise. A thread makes one processor and uses it for all records.
 */
export function retextRule({
  id,
  use,
  part = 'text',
  summary = 'Flags what retext plugins say of a text.',
  why = 'What linters of prose find in single texts, many records of a generator share (https://github.com/retextjs/retext).',
  advice = 'Look at the place, and mend or drop the record.',
  recommended = 'warn',
}: RetextRule): Rule {
  return defineRecordRule({
    id,
    summary,
    why,
    advice,
    since: '0.2.0',
    recommended,
    on: part,
    options: {},
    messages: {said: '{{reason}} ({{who}})'},
    examples: {pass: [], fail: []},
    create({report}) {
      let messages: Messages = [];
      const collect = () => (_: unknown, file: {readonly messages: Messages}) => {
        messages = file.messages;
      };
      const processor = unified().use(retextEnglish).use(use).use(collect).freeze();
      return record => {
        const text = record[part]?.slice(0, longest);
        if (text === undefined || text.trim() === '') return;
        processor.runSync(processor.parse(text), text);
        for (const {reason, source, ruleId, place} of messages) {
          const data = {reason, who: [source, ruleId].filter(Boolean).join(':') || 'retext'};
          const [start, end] = stretchOf(place);
          const span = start === undefined ? undefined : {part, start, end: end ?? start};
          report({messageId: 'said', data, ...(span && {span})});
        }
      };
    },
  });
}

type Messages = readonly {
  readonly reason: string;
  readonly source?: string | undefined;
  readonly ruleId?: string | undefined;
  readonly place?: {readonly start: At; readonly end: At} | At | undefined;
}[];

interface At {
  readonly offset?: number | undefined;
}

/** Of a node, or of a single point. */
function stretchOf(place: {readonly start: At; readonly end: At} | At | undefined): (number | undefined)[] {
  if (place === undefined) return [];
  return 'start' in place ? [place.start.offset, place.end.offset] : [place.offset];
}
