import {type Absence, type CorpusRecord, compilePath} from '../../src/api.js';

/** The first score that a row has. */
export function reader(field: readonly string[]) {
  const paths = field.map(compilePath);
  return ({fields}: CorpusRecord) => paths.map(path => path(fields)[0]).find(value => value !== undefined);
}

/** A number, or an object with one; an absence is handed on. */
export function scoreOf(value: unknown, provider: string): number | Absence {
  if (typeof value === 'object' && value !== null && 'absent' in value) return value as Absence;
  const score = typeof value === 'object' && value !== null && 'machine' in value ? value.machine : value;
  if (typeof score === 'number' && score >= 0 && score <= 1) return score;
  throw new Error(
    `\`${provider}\` must give a number from 0 to 1, or an object with one as \`machine\`; it gave ${JSON.stringify(value)?.slice(0, 60)}`,
  );
}
