import type {Answer} from './extract.js';

/** What became of the votes on one question. A response without an answer votes for nothing. */
export interface Count {
  readonly total: number;
  /** Answers by their votes, the most first; of equals the one that came first. */
  readonly answers: readonly {readonly answer: Answer; readonly votes: number}[];
}

export function countVotes(votes: readonly (Answer | undefined)[]): Count {
  const counts = new Map<string, {answer: Answer; votes: number}>();
  for (const answer of votes) {
    if (answer === undefined) continue;
    const known = counts.get(answer.key);
    if (known === undefined) counts.set(answer.key, {answer, votes: 1});
    else known.votes++;
  }
  return {total: votes.length, answers: [...counts.values()].sort((a, b) => b.votes - a.votes)};
}

/** How an answer stands: its votes, and how far it is ahead of the strongest other one. */
export interface Standing {
  readonly votes: number;
  /** Share of all votes, those without an answer too. */
  readonly share: number;
  /** Above 0: the only winner. 0: a tie. Below 0: outvoted. */
  readonly lead: number;
}

export function standingOf({total, answers}: Count, key: string): Standing {
  const own = answers.find(({answer}) => answer.key === key)?.votes ?? 0;
  const other = answers.find(({answer}) => answer.key !== key)?.votes ?? 0;
  return {votes: own, share: own / total, lead: (own - other) / total};
}

/** `18` 2, `26` 1: at most four answers, each cut short. */
export function shownVotes({answers, total}: Count): string {
  const shown = answers.slice(0, 4).map(({answer, votes}) => `\`${short(answer.shown)}\` ${votes}`);
  const silent = total - answers.reduce((sum, {votes}) => sum + votes, 0);
  const more = answers.length - shown.length;
  return [
    ...shown,
    ...(more > 0 ? [`${more} other answers`] : []),
    ...(silent > 0 ? [`${silent} without an answer`] : []),
  ].join(', ');
}

export function short(text: string): string {
  const line = text.replace(/\s+/g, ' ').replaceAll('`', '’');
  return line.length <= 40 ? line : `${[...line].slice(0, 40).join('')}…`;
}
