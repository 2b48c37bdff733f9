import type {Input} from '../corpus/input.js';
import type {RowVerdict} from '../engine/rows.js';

/** Names of the sets that a run writes. */
export const setNames: Readonly<Record<RowVerdict, string>> = {
  accept: 'accepted',
  quarantine: 'quarantined',
  reject: 'rejected',
  malformed: 'malformed',
};

/** Where the records of an input go within the run folder: `accepted.jsonl` for one input, else a file for each. */
export function outputPath(verdict: RowVerdict, name: string, inputs: number): string {
  return inputs === 1 ? `${setNames[verdict]}${name}` : `${setNames[verdict]}/${name}`;
}

/**
 * A name for each input's part of a set: its ending for a single input, else its own path within the set's
 * folder, `data/part-0.jsonl`. Compressed inputs give compressed outputs. No two are the same, and none is a
 * folder of another.
 */
export function outputNames(inputs: readonly Input[]): string[] {
  const [only] = inputs;
  if (inputs.length === 1) return [`.${endingOf(only!)}${packedAs[only!.codec]}`];
  const files = new Set<string>();
  const folders = new Set<string>();
  return inputs.map(input => {
    const wanted = mirrored(input);
    let name = wanted;
    for (let copy = 2; isTaken(name); copy++) name = numbered(wanted, copy);
    files.add(name);
    for (const folder of foldersOf(name)) folders.add(folder);
    return name;
  });

  function isTaken(name: string): boolean {
    return files.has(name) || folders.has(name) || foldersOf(name).some(folder => files.has(folder));
  }
}

/** The input's path as one within a folder: without a root, a drive or steps upwards. */
function mirrored(input: Input): string {
  const {path, codec} = input;
  const inside = path
    .replace(/^<stdin>$/, `stdin.${endingOf(input)}`)
    .replace(/^([A-Za-z]):/, '$1')
    .split('/')
    .filter(part => part !== '' && part !== '.' && part !== '..')
    .join('/');
  const name = (inside === '' ? 'input.jsonl' : inside).replace(packedOtherwise[codec], '');
  return packedName[codec].test(name) ? name : `${name}${packedAs[codec]}`;
}

const packedAs = {plain: '', gzip: '.gz', zstd: '.zst'} as const;
const packedName = {plain: /(?:)/, gzip: /\.gz$/, zstd: /\.zstd?$/} as const;
/** Endings that do not say how the output is written. */
const packedOtherwise = {plain: /$^/, gzip: /\.zstd?$/, zstd: /$^/} as const;

function endingOf({origin}: Input): string {
  if (origin === undefined) return 'jsonl';
  return {text: 'txt', markdown: 'md'}[origin.format as string] ?? origin.format;
}

/** `data/a.jsonl` as `data~2/a.jsonl`: the first step differs, so that a name never ends in another format. */
function numbered(name: string, copy: number): string {
  const [first, ...rest] = name.split('/');
  if (rest.length > 0) return [`${first}~${copy}`, ...rest].join('/');
  return name.replace(/(\.[^.]+(?:\.(?:gz|zstd?))?)?$/, ending => `~${copy}${ending}`);
}

/** `a/b/c` lies in `a` and `a/b`. */
function foldersOf(name: string): string[] {
  const parts = name.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}
