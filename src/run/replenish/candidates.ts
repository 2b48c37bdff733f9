import type {OpenOptions} from '../../corpus/open.js';
import type {Reference} from '../../profile/reference.js';
import type {Need, Pick} from '../../replenish/greedy.js';
import {wordsAmong} from '../../replenish/tail.js';
import type {TopicChoice} from '../../replenish/topics.js';
import {eachRecord, openSources, requireUnchanged} from './records.js';
import type {Candidate} from './write.js';

/** What the round lacks: rare words first, then topics, both by number in one list. */
export interface Wants {
  readonly words: Uint32Array;
  readonly topics: TopicChoice;
}

/**
 * All topics together weigh as much as all words: neither is bought with the other. Where the words are not
 * lacking, they only decide between records that are worth the same.
 */
export function needsOf({words, topics: {wanted}}: Wants, isTailShort: boolean): Need[] {
  const ofTopics = wanted.reduce((sum, {records}) => sum + records, 0);
  const weight = isTailShort ? 1 : 1 / 2 ** 20;
  return [
    ...Array.from(words, () => ({records: 1, weight})),
    ...wanted.map(({records}) => ({records, weight: Math.max(1, words.length) / ofTopics})),
  ];
}

/** How many words, and how many records of each topic, are wanting after these records. */
export function leftOf({words, topics}: Wants, chosen: readonly Pick[]) {
  const met = new Map<number, number>();
  for (const pick of chosen) for (const need of pick.met) met.set(need, (met.get(need) ?? 0) + 1);
  const found = [...met.keys()].filter(need => need < words.length).length;
  return {
    words: words.length - found,
    topics: topics.wanted.map((topic, index) => ({
      ...topic,
      left: topic.records - (met.get(words.length + index) ?? 0),
    })),
  };
}

/** The records that have something of what is wanted. */
export async function candidatesOf(
  references: readonly Reference[],
  wants: Wants,
  wordsOf: (text: string) => Uint32Array,
  options: OpenOptions & {readonly cwd: string},
): Promise<Candidate[]> {
  const numbers = new Map(Array.from(wants.words, (key, number) => [key, number]));
  const {length} = wants.words;
  const candidates: Candidate[] = [];
  for (const reference of references) {
    const inputs = await openSources(reference, options);
    const facts = await eachRecord(inputs, reference.fields, options.signal, (record, input) => {
      const hashes = wordsOf(record.text);
      const words = wordsAmong(hashes, numbers);
      const topic = wants.topics.wanted.length > 0 ? wants.topics.of(hashes) : undefined;
      const needs = topic === undefined ? words : Uint32Array.of(...words, length + topic);
      if (needs.length === 0) return;
      const {id, hash, place} = record;
      candidates.push({needs, id, hash, place, input: inputs[input]!, reference});
    });
    requireUnchanged(reference, inputs, facts);
  }
  return candidates;
}
