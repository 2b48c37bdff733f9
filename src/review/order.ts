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

/** The cases that a filter leaves, group by group, the largest group first. A key waits for it. */
export function arrange(cases: readonly Case[], {grouping, sorting, filter}: Arrangement): Arranged {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const said = words.length === 0 ? [] : saidOf(cases);
  const listed = sorted(cases, sorting).filter(index => words.every(word => said[index]!.includes(word)));
  const {keys, groups} = groupsOf(cases, grouping);
  const counts = new Uint32Array(keys.length);
  for (const index of listed) counts[groups[index]!]!++;
  const inOrder = [...keys.keys()]
    .filter(group => counts[group]! > 0)
    .sort((a, b) => counts[b]! - counts[a]! || (keys[a]! < keys[b]! ? -1 : 1));
  const next = new Uint32Array(keys.length);
  let start = 0;
  for (const group of inOrder) {
    next[group] = start;
    start += counts[group]!;
  }
  const view = new Array<number>(listed.length);
  for (const index of listed) view[next[groups[index]!]!++] = index;
  return {view, sizes: new Map(inOrder.map(group => [keys[group]!, counts[group]!]))};
}

/** The groups there are, and of each case the number of its own. */
const groupsOf = onceFor((cases, grouping: Grouping) => {
  const numbers = new Map<string | number, number>();
  const groups = Uint32Array.from(cases, one => {
    const key = groupOf(one, grouping);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
  return {keys: [...numbers.keys()], groups};
});

/** What puts two cases under one heading. */
export function groupOf(one: Case, grouping: Grouping): string | number {
  if (grouping === 'rule') return subjectOf(one);
  if (grouping === 'source') return one.source;
  return grouping === 'cluster' ? one.cluster : one.path;
}

/** Numbers of all cases, in order of what they are sorted by: known after the first time. */
const sorted = onceFor((cases, sorting: Sorting): readonly number[] =>
  [...cases.keys()].sort((a, b) => within(cases[a]!, cases[b]!, sorting)),
);

function within(a: Case, b: Case, sorting: Sorting): number {
  if (sorting === 'similarity' && a.similarity !== b.similarity) return b.similarity - a.similarity;
  if (sorting === 'findings' && a.rules.length !== b.rules.length) return b.rules.length - a.rules.length;
  return a.row - b.row;
}

/** What a filter looks for words in, of each case. */
const saidOf = onceFor<void, readonly string[]>(cases =>
  cases.map(one =>
    `${one.rules.join(' ')} ${one.id} ${placeOf(one)} ${one.source} ${one.verdict} ${one.message}`.toLowerCase(),
  ),
);

/** A function of the cases and a key that remembers what it gave. */
function onceFor<Key, Value>(make: (cases: readonly Case[], key: Key) => Value) {
  const known = new WeakMap<readonly Case[], Map<Key, Value>>();
  return (cases: readonly Case[], key: Key): Value => {
    const values = known.get(cases) ?? new Map<Key, Value>();
    known.set(cases, values);
    if (!values.has(key)) values.set(key, make(cases, key));
    return values.get(key)!;
  };
}
