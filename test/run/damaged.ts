import {random} from '../rules/tail/random.js';

/** Records whose words follow Zipf's law, about one of some topics each; long tail, no grammar. */
export function corpus(seed: number, count: number): string[] {
  const next = random(seed);
  return Array.from({length: count}, () => {
    const topic = Math.floor(8 * next());
    const words = Array.from({length: 20 + Math.floor(40 * next())}, () =>
      next() < 0.3 ? `t${topic}n${Math.floor(900 ** next())}` : `w${Math.floor(6000 ** next())}`,
    );
    return words.join(' ');
  });
}

/** The topic that a text of the corpus is about, from 0 to 7; undefined for one without a word of any. */
export function topicOf(text: string): number | undefined {
  const topic = /\bt(\d)n/.exec(text)?.[1];
  return topic === undefined ? undefined : Number(topic);
}

/** The half of the texts that has fewest words which few others have: the tail, cut off. */
export function damaged(texts: readonly string[]): string[] {
  const holders = new Map<string, number>();
  for (const text of texts)
    for (const word of new Set(text.split(' '))) holders.set(word, (holders.get(word) ?? 0) + 1);
  const rare = (text: string) => {
    const words = text.split(' ');
    return words.filter(word => holders.get(word)! <= 2).length / words.length;
  };
  const ordered = [...texts].sort((a, b) => rare(a) - rare(b));
  const kept = new Set(ordered.slice(0, texts.length / 2));
  return texts.filter(text => kept.has(text));
}
