import type {Cell, Table} from '../../src/api.js';
import type {Spectrum} from './spectrum.js';
import {bandOf, type Choices, intervalOf, survive} from './survive.js';

/** How often types stand in the choosing groups of the reference, from the head to hapaxes. */
const bands: readonly (readonly [title: string, low: number, high: number])[] = [
  ['over 100 times', 101, Number.POSITIVE_INFINITY],
  ['21 to 100 times', 21, 100],
  ['6 to 20 times', 6, 20],
  ['3 to 5 times', 3, 5],
  ['twice', 2, 2],
  ['once', 1, 1],
];

const names = {
  words: {
    id: 'tail.bands',
    title: 'Survival of the reference’s words, by how often it has them',
    column: 'Words',
  },
  pairs: {
    id: 'tail.pair-bands',
    title: 'Survival of the reference’s pairs of neighbouring words, by how often it has them',
    column: 'Pairs',
  },
} as const;

/** What the round has of the reference's types, by frequency. Bands of too few types are left out. */
export function bandTable(
  kind: 'words' | 'pairs',
  choices: Choices,
  round: Spectrum,
  reference: Spectrum,
): Table {
  const rows = bands.flatMap(([title, low, high]): Cell[][] => {
    const keys = bandOf(choices, low, high);
    const survival = survive(kind, keys, round, reference);
    if (survival === undefined) return [];
    const {round: own, reference: known} = survival;
    return [[title, keys.length, own.value, intervalOf(own), known.value, intervalOf(known)]];
  });
  const {id, title, column} = names[kind];
  return {
    id,
    title,
    note: 'Shares of what three eighths of the reference have that often: what the round has of it, and what the other five eighths have, in the same number of records. The lower rows are the tail.',
    columns: [
      {id: 'band', title: 'In the reference'},
      {id: kind, title: `${column} looked at`},
      {id: 'survival', title: 'In the round', unit: 'share'},
      {id: 'interval', title: '95 % interval', unit: 'share'},
      {id: 'reference', title: 'In the reference’s other part', unit: 'share'},
      {id: 'reference-interval', title: '95 % interval', unit: 'share'},
    ],
    rows,
    picture: {kind: 'bars', label: 'band', value: 'survival', interval: 'interval', reference: 'reference'},
  };
}
