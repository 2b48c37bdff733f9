import {placeName} from '../api.js';
import type {EvidenceLine} from '../run/sidecar.js';

/** A record that a person should look at: enough to list, group and find it. What it says is read when it is shown. */
export interface Case {
  readonly row: number;
  readonly hash: string;
  readonly id: string;
  readonly path: string;
  readonly line: number;
  readonly verdict: EvidenceLine['verdict'];
  /** Rules that reported something, errors first; for a gate that refused without a finding, its id. */
  readonly rules: readonly string[];
  readonly source: string;
  /** First row of the cluster of duplicates that it belongs to; its own where it has none. */
  readonly cluster: number;
  /** Highest similarity to another record, from 0; 0 where there is none. */
  readonly similarity: number;
  /** First message, for searching and lists. */
  readonly message: string;
  /** Where its line stands in the evidence. */
  readonly at: readonly [start: number, end: number];
}

/** What a decision on a case is about: the rule or gate that speaks first, `*` where nothing was reported. */
export function subjectOf({rules}: Case): string {
  return rules[0] ?? '*';
}

/** `data/a.jsonl:12`. */
export function placeOf(one: Pick<Case, 'path' | 'line'>): string {
  return placeName(one);
}
