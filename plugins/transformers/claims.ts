import {type CorpusRecord, compilePath, type Sentence} from '../../src/api.js';
import type {Encoder} from './encode.js';

/** Sentences of an answer that say something: two words at least beside citations such as `[d1]`. */
export function claimsIn(answer: string, sentences: readonly Sentence[]): string[] {
  return sentences.flatMap(({start, end}) => {
    const claim = answer
      .slice(start, end)
      .replace(/\[[^[\]]{1,200}\]/g, ' ')
      .replace(/\s+/g, ' ')
      .trim();
    return (claim.match(/[\p{L}\p{N}]+/gu) ?? []).length < 2 ? [] : [claim];
  });
}

/** Reads the texts of a record's sources. */
export function sourceReader(paths: readonly string[]): (record: CorpusRecord) => string[] {
  const compiled = paths.map(compilePath);
  return ({fields}) =>
    compiled.flatMap(path =>
      path(fields).filter((value): value is string => typeof value === 'string' && value.trim() !== ''),
    );
}

export interface Window {
  readonly text: string;
  readonly tokens: readonly number[];
}

/**
 * Sources as stretches of whole sentences with at most `room` tokens each, in order; where there are several,
 * one begins with the last sentence of the one before. A sentence that is longer than that is cut by tokens.
 */
export function windowsOf(
  sources: readonly string[],
  {tokens}: Encoder,
  room: number,
  most: number,
): Window[] {
  const windows: Window[] = [];
  let texts: string[] = [];
  let ids: number[] = [];
  let last: {text: string; ids: readonly number[]} | undefined;
  const close = () => {
    if (texts.length > 0) windows.push({text: texts.join('\n'), tokens: ids});
  };
  for (const text of sources.flatMap(splitSource)) {
    if (windows.length >= most) return windows.slice(0, most);
    const own = tokens(text).slice(0, room);
    if (ids.length + own.length > room) {
      close();
      const carried = last !== undefined && last.ids.length + own.length <= room ? last : undefined;
      texts = carried === undefined ? [] : [carried.text];
      ids = carried === undefined ? [] : [...carried.ids];
    }
    texts.push(text);
    ids.push(...own);
    last = {text, ids: own};
  }
  close();
  return windows.slice(0, most);
}

/** Sentences, roughly: where one ends decides nothing but where a window may begin. */
function splitSource(source: string): string[] {
  return source
    .split(/\n+|(?<=[.!?。！？])\s+/u)
    .map(text => text.trim())
    .filter(text => text !== '');
}
