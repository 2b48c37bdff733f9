import type {Sentence} from '../../src/api.js';
import {negationsIn, type Token, tokensOf} from './tokens.js';

/** What the sources of a record hold, made once for all claims. */
export interface Sources {
  readonly keys: ReadonlySet<string>;
  /** Units by number. */
  readonly units: ReadonlyMap<string, ReadonlySet<string>>;
  readonly sentences: readonly {readonly keys: ReadonlySet<string>; readonly negations: number}[];
}

export type MismatchKind = 'number' | 'unit' | 'name' | 'negation';

export interface Mismatch {
  readonly kind: MismatchKind;
  readonly shown: string;
  readonly start: number;
  readonly end: number;
}

export interface Claim {
  readonly start: number;
  readonly end: number;
  /** Share of its content words, numbers and names that the sources hold. */
  readonly share: number;
  readonly mismatches: readonly Mismatch[];
}

/** Tokens read of the sources and of an answer, so that no record can stall a run. */
const most = {source: 20_000, answer: 4000};

export function readSources(texts: readonly string[], split: (text: string) => readonly Sentence[]): Sources {
  const keys = new Set<string>();
  const units = new Map<string, Set<string>>();
  const sentences: {keys: Set<string>; negations: number}[] = [];
  let left = most.source;
  for (const text of texts) {
    for (const {start, end} of split(text)) {
      if (left <= 0) break;
      const sentence = text.slice(start, end);
      const tokens = tokensOf(sentence, left);
      left -= tokens.length;
      sentences.push({keys: new Set(tokens.map(({key}) => key)), negations: negationsIn(sentence)});
      for (const {kind, key, unit} of tokens) {
        keys.add(key);
        if (kind !== 'number' || unit === undefined) continue;
        const known = units.get(key);
        if (known === undefined) units.set(key, new Set([unit]));
        else known.add(unit);
      }
    }
  }
  return {keys, units, sentences};
}

/** The claims of an answer: its sentences that have content, each held against the sources. */
export function claimsOf(answer: string, sentences: readonly Sentence[], sources: Sources): Claim[] {
  const claims: Claim[] = [];
  let left = most.answer;
  for (const {start, end} of sentences) {
    if (left <= 0) break;
    // A citation is no content.
    const sentence = answer
      .slice(start, end)
      .replace(/\[[^[\]]{1,200}\]/g, match => ' '.repeat(match.length));
    const tokens = tokensOf(sentence, left);
    left -= tokens.length;
    if (tokens.length < 2) continue;
    const found = tokens.filter(({key}) => sources.keys.has(key));
    const mismatches = [
      ...tokens.flatMap(token => mismatchOf(token, sentence, sources)),
      ...negationOf(sentence, tokens, sources),
    ].map(mismatch => ({...mismatch, start: start + mismatch.start, end: start + mismatch.end}));
    claims.push({start, end, share: found.length / tokens.length, mismatches});
  }
  return claims;
}

function mismatchOf(
  {kind, key, unit, start, end}: Token,
  sentence: string,
  {keys, units}: Sources,
): Mismatch[] {
  const shown = sentence.slice(start, end);
  if (kind !== 'word' && !keys.has(key)) return [{kind, shown, start, end}];
  const known = units.get(key);
  if (kind === 'number' && unit !== undefined && known !== undefined && !known.has(unit))
    return [{kind: 'unit', shown, start, end}];
  return [];
}

/** Words that a source sentence must share with a claim to be the one it was made from. */
const alike = 0.7;

/** A claim that denies what the sentence of the sources most like it says, or says what that denies. */
function negationOf(sentence: string, tokens: readonly Token[], {sentences}: Sources): Mismatch[] {
  const own = negationsIn(sentence) % 2;
  let best = 0;
  let differs = false;
  for (const {keys, negations} of sentences) {
    const shared = tokens.filter(({key}) => keys.has(key)).length / tokens.length;
    if (shared < alike || shared < best) continue;
    const differ = negations % 2 !== own;
    // Of two that are equally like it, the one that agrees counts.
    differs = shared > best ? differ : differs && differ;
    best = shared;
  }
  return differs ? [{kind: 'negation', shown: sentence.slice(0, 80), start: 0, end: sentence.length}] : [];
}
