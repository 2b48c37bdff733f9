import {join} from 'node:path';
import {InputError} from '../../corpus/errors.js';
import {baseOf, headOf, mergedHeads, type Repository} from '../../git/repository.js';
import {dirtyPaths, type GitFile, listCommit, listIndex} from '../../git/tree.js';
import {type DataFile, plainFile, type Selection} from './files.js';

/** What is asked: what is staged against the last commit, or what is here against a revision. */
export type Asked = {readonly staged: true} | {readonly since: string};

/** The data set before and after a change. */
export interface Sides {
  readonly after: readonly DataFile[];
  /** The commits that the change starts from; several in a merge, none before the first commit. */
  readonly before: readonly (readonly DataFile[])[];
  /** What `before` is, in words: `HEAD`, `main (1a2b3c4d5e6f)`. */
  readonly name: string;
  /** Paths whose file in the working tree is not what is staged. */
  readonly dirty: ReadonlySet<string>;
  readonly notes: readonly string[];
}

/** Asks git for both sides. Throws InputError when it cannot say. */
export async function listSides(
  repository: Repository,
  asked: Asked,
  select: (staged: readonly GitFile[]) => Selection,
): Promise<Sides> {
  const staged = await listIndex(repository);
  const selection = select(staged.files);
  const dirty = await dirtyPaths(repository);
  const {commits, name, notes} = await starts(repository, asked);
  const before: DataFile[][] = [];
  const closed = new Set(staged.closed);
  for (const commit of commits) {
    const listing = await listCommit(repository, commit);
    for (const path of listing.closed) closed.add(path);
    before.push(inOrder(listing.files.flatMap(file => selection.pick(file) ?? [])));
  }
  const after = staged.files.flatMap(file => {
    const isOpen = 'since' in asked && file.repository === repository && dirty.has(file.path);
    if (!isOpen) return selection.pick(file) ?? [];
    const worktree = plainFile(join(repository.cwd, file.path), undefined);
    return worktree === undefined ? [] : (selection.pick(opened(file), worktree) ?? []);
  });
  selection.requireAll();
  const unseen = [...closed].map(
    path => `The submodule \`${path}\` is not checked out: its files are not looked at.`,
  );
  return {after: inOrder(after), before, name, dirty, notes: [...notes, ...unseen]};
}

/** A file of the working tree has no name in git: it is equal to none. */
function opened(file: GitFile): GitFile {
  return {...file, oid: `worktree:${file.path}`};
}

async function starts(repository: Repository, asked: Asked) {
  const head = await headOf(repository);
  if ('staged' in asked) {
    const merged = head === undefined ? [] : await mergedHeads(repository);
    const name = merged.length === 0 ? 'HEAD' : 'HEAD and what is merged';
    return {commits: head === undefined ? [] : [head, ...merged], name, notes: []};
  }
  if (head === undefined) {
    const advice = 'Use `--staged` for the first one.';
    throw new InputError(`Cannot compare with \`${asked.since}\``, 'there is no commit yet', advice);
  }
  const {commit, meets} = await baseOf(repository, asked.since);
  const name = `${asked.since} (${commit.slice(0, 12)})`;
  const unmet = `Where ${asked.since} and HEAD part is not known here: what is in ${asked.since} now counts as there before.`;
  return {commits: [commit], name, notes: meets ? [] : [unmet]};
}

/** The order of all inputs: by the bytes of the path. */
function inOrder(files: readonly DataFile[]): DataFile[] {
  const keyed = files.map(file => ({file, key: Buffer.from(file.shown)}));
  return keyed.sort((a, b) => a.key.compare(b.key)).map(({file}) => file);
}
