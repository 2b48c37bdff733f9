import {type Case, placeOf, subjectOf} from './case.js';

export const groupings = ['rule', 'source', 'cluster', 'file'] as const;
export type Grouping = (typeof groupings)[number];
export const sortings = ['place', 'similarity', 'findings'] as const;
export type Sorting = (typeof sortings)[number];

export interface Arrangement {
  readonly grouping: Grouping;
  readonly sorting: Sorting;
  /** Words that must all be in what a case says of itself, whatever their case. */
  readonly filter: string;
}

export interface Arranged {
  /** Numbers of the cases that are listed, in order. */
  readonly view: readonly number[];
  /** Listed cases, by group. */
  readonly sizes: ReadonlyMap<string | number, number>;
}

/** The cases that a filter leaves, group by group, the largest group first. */
export function arrange(cases: readonly Case[], {grouping, sorting, filter}: Arrangement): Arranged {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown: number[] = [];
  for (const [index, one] of cases.entries()) if (holds(one, words)) shown.push(index);
  const sizes = new Map<string | number, number>();
  const keys = new Map(shown.map(index => [index, groupOf(cases[index]!, grouping)] as const));
  for (const key of keys.values()) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  const view = shown.sort((a, b) => {
    const [left, right] = [keys.get(a)!, keys.get(b)!];
    if (left !== right) return sizes.get(right)! - sizes.get(left)! || (left < right ? -1 : 1);
    return within(cases[a]!, cases[b]!, sorting);
  });
  return {view, sizes};
}

/** What puts two cases under one heading. */
export function groupOf(one: Case, grouping: Grouping): string | number {
  if (grouping === 'rule') return subjectOf(one);
  if (grouping === 'source') return one.source;
  return grouping === 'cluster' ? one.cluster : one.path;
}

function within(a: Case, b: Case, sorting: Sorting): number {
  if (sorting === 'similarity' && a.similarity !== b.similarity) return b.similarity - a.similarity;
  if (sorting === 'findings' && a.rules.length !== b.rules.length) return b.rules.length - a.rules.length;
  return a.row - b.row;
}

function holds(one: Case, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const said =
    `${one.rules.join(' ')} ${one.id} ${placeOf(one)} ${one.source} ${one.verdict} ${one.message}`.toLowerCase();
  return words.every(word => said.includes(word));
}
