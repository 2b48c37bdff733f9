/**
 * Counts of formats by model (the generator of a record), for at most 64 models. Of more, those whose names
 * have the least hashes are kept: a sample that is the same in whatever order records come, and whose counts
 * are exact, as a model that is among the least 64 of all was among them in every part.
 */
export type ModelCounts = Map<string, {readonly hash: number; readonly formats: Map<string, number>}>;

export const mostModels = 64;
/** Names are cut, as one of a megabyte is a mistake. */
const longestName = 100;

export function countModel(models: ModelCounts, generator: string, format: string): void {
  const name = generator.length > longestName ? generator.slice(0, longestName) : generator;
  const known = models.get(name) ?? addModel(models, name, hashOf(name));
  known.formats.set(format, (known.formats.get(format) ?? 0) + 1);
  // Sorting now and then is cheaper than holding every new name against the largest that is kept.
  if (models.size > 2 * mostModels) trimModels(models);
}

function addModel(models: ModelCounts, name: string, hash: number) {
  const model = {hash, formats: new Map<string, number>()};
  models.set(name, model);
  return model;
}

/** Leaves the least 64. What is dropped can never be among the least of a larger corpus. */
export function trimModels(models: ModelCounts): void {
  if (models.size <= mostModels) return;
  const byHash = [...models].sort(([a, x], [b, y]) => x.hash - y.hash || (a < b ? -1 : 1));
  for (const [name] of byHash.slice(mostModels)) models.delete(name);
}

/** `sign` 1 adds; -1 takes out again, of the models that are kept. */
export function addModels(into: ModelCounts, from: ModelCounts, sign: 1 | -1 = 1): void {
  for (const [name, {hash, formats}] of from) {
    if (sign === -1 && !into.has(name)) continue;
    const model = into.get(name) ?? addModel(into, name, hash);
    for (const [format, records] of formats) {
      const sum = (model.formats.get(format) ?? 0) + sign * records;
      if (sum === 0) model.formats.delete(format);
      else model.formats.set(format, sum);
    }
    if (model.formats.size === 0) into.delete(name);
  }
  trimModels(into);
}

type PlainModels = [name: string, formats: [format: string, records: number][]][];

export function plainModels(models: ModelCounts): PlainModels {
  trimModels(models);
  const plain = [...models].map(([name, {formats}]): PlainModels[number] => [
    name,
    [...formats].sort(byName),
  ]);
  return plain.sort(byName);
}

export function fromPlainModels(plain: PlainModels): ModelCounts {
  return new Map(plain.map(([name, formats]) => [name, {hash: hashOf(name), formats: new Map(formats)}]));
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]) => (a < b ? -1 : 1);

/** FNV-1a of the code units, 32 bits. */
function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < name.length; at++) hash = Math.imul(hash ^ name.charCodeAt(at), 0x01000193);
  return hash >>> 0;
}
