import type {CorpusRecord, HasKeywords, KeywordFinder} from '../api.js';
import {createKeywords, type Keywords} from '../features/keywords.js';
import {createTextAnalyser, type TextAnalyser} from '../features/text.js';
import {readText} from './features.js';

/** The keywords of all rules that a scanner runs, and what of them stands in the record at hand. */
export interface KeywordTable {
  readonly keywords: Keywords;
  finder<T extends HasKeywords>(patterns: readonly T[]): KeywordFinder<T>;
}

export function createKeywordTable(): KeywordTable {
  const keywords = createKeywords();
  /** For records that the scanner's own reader does not hold. */
  let reader: TextAnalyser | undefined;
  /** The rules look at one record after the other: what was found in it serves them all. */
  let last: CorpusRecord | undefined;
  let found: readonly number[] = [];
  return {
    keywords,
    finder(patterns) {
      const lists = patterns.map(({keywords: list}) => keywords.add(list));
      const none: never[] = [];
      return record => {
        if (record !== last) {
          reader ??= createTextAnalyser(keywords);
          found = readText(record, reader).keywords();
          last = record;
        }
        if (found.length === 0) return none;
        return patterns.filter((_, index) => found.includes(lists[index]!));
      };
    },
  };
}
