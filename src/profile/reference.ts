import {realpathSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import type {PartName, Role} from '../api.js';
import type {FieldMap} from '../config/config.js';
import {displayPath} from '../corpus/place.js';
import {sketchBytes, textParams} from '../features/text.js';
import type {Summaries} from '../neighbours/summary.js';
import {openProfile, type Profile, ProfileError} from './container/index.js';
import {
  decodeNeighbours,
  decodeRecords,
  neighboursSection,
  neighboursVersion,
  type ProfileNeighbours,
  type ProfileRecords,
  recordsSection,
  recordsVersion,
} from './records.js';
import {decodeSignals, type SignalSamples, signalsSection, signalsVersion} from './signals.js';

/** A corpus that candidates are held against, ready to be asked. */
export interface Reference {
  /** As shown to people. */
  readonly path: string;
  readonly role: Role;
  readonly records: number;
  /** How the fields of its rows are mapped: its own way, not that of the candidates. */
  readonly fields: FieldMap;
  /** The files it was made of, in the order of their records. */
  readonly sources: readonly ReferenceSource[];
  /** Rows to fill an index with, in slices. What came from the candidates' own files is blank. */
  summaries(part: PartName): Generator<Summaries>;
  words(part: PartName, record: number): number;
  place(record: number): ReferencePlace;
  /** The same without what takes time. */
  where(record: number): {readonly file: string; readonly start: number};
  exact(part: PartName, record: number): readonly [low: number, high: number];
  /** Encoded summaries of a corpus rule, one per segment; none where the profile has no such section. */
  states(section: string, version: number): Uint8Array[];
  /** How signals are spread over it, one for each segment that knows. */
  signals(): SignalSamples[];
}

export interface ReferenceSource {
  readonly file: string;
  /** Of the plain file, as it was. */
  readonly sha256: string;
  /** One of the candidates' own files, which counts for nothing here. */
  readonly excluded: boolean;
}

export interface ReferencePlace {
  readonly id: string;
  readonly path: string;
  readonly file: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

export interface ReferenceOptions {
  /** Shown in reports. */
  readonly name: string;
  readonly role: Role;
  readonly cwd: string;
  /** Real paths of the candidates' files: what the profile took from them does not count against them. */
  readonly exclude: ReadonlySet<string>;
  /** Parts that are compared. */
  readonly parts: readonly PartName[];
}

/** Rows handed to the index at a time. */
const slice = 1 << 16;

/** Opens a profile. Throws ProfileError when it is damaged or was made with other parameters. */
export function openReference(path: string, options: ReferenceOptions): Reference {
  const profile = openProfile(path);
  try {
    requireTextParams(profile);
    const fields = JSON.parse(String(profile.params.fields ?? '{}')) as FieldMap;
    const base = realPath(dirname(resolve(path)));
    const segments = profile.segments.map(segment => {
      const records = decodeRecords(segment.section(recordsSection, recordsVersion), segment.records);
      const files = segment.sources.map(source => resolve(base, source.path));
      const neighbours = new Map(
        options.parts.map(part => {
          if (!segment.has(neighboursSection(part), neighboursVersion)) throw withoutPart(path, part);
          const payload = segment.section(neighboursSection(part), neighboursVersion);
          return [part, decodeNeighbours(part, payload, segment.records)];
        }),
      );
      const excluded = files.map(file => options.exclude.has(realPath(file)));
      const sources = segment.sources.map(({sha256}, source) => ({
        file: files[source]!,
        sha256,
        excluded: excluded[source]!,
      }));
      return {records, files, excluded, sources, neighbours};
    });
    const states = new Map<string, {version: number; bytes: Uint8Array}[]>();
    for (const segment of profile.segments) {
      // A section that is kept in parts has an entry for each of them.
      const entries = new Map(segment.sections.map(entry => [`${entry.name}@${entry.version}`, entry]));
      for (const {name, version} of entries.values()) {
        if (!name.startsWith('rule/')) continue;
        for (const {bytes} of segment.parts(name, version))
          states.set(name, [...(states.get(name) ?? []), {version, bytes}]);
      }
    }
    const signals = profile.segments.flatMap(segment =>
      segment.has(signalsSection, signalsVersion)
        ? [...segment.parts(signalsSection, signalsVersion)].map(({bytes}) => bytes)
        : [],
    );
    const firsts = starts(segments.map(({records}) => records.line.length));
    const locate = (record: number) => {
      let at = 0;
      while (firsts[at + 1]! <= record) at++;
      return {segment: segments[at]!, row: record - firsts[at]!};
    };
    return {
      path: options.name,
      role: options.role,
      records: firsts.at(-1)!,
      fields,
      sources: segments.flatMap(({sources}) => sources),
      *summaries(part) {
        for (const {records, excluded, neighbours} of segments) {
          yield* slicesOf(neighbours.get(part)!, records, excluded);
        }
      },
      words(part, record) {
        const {segment, row} = locate(record);
        return segment.neighbours.get(part)!.words[row]!;
      },
      place(record) {
        const {
          segment: {records, files},
          row,
        } = locate(record);
        const file = files[records.source[row]!]!;
        const start = records.start[row]!;
        const path = displayPath(file, options.cwd);
        return {
          id: records.id.at(row),
          path,
          file,
          line: records.line[row]!,
          start,
          end: start + records.length[row]!,
        };
      },
      where(record) {
        const {
          segment: {records, files},
          row,
        } = locate(record);
        return {file: files[records.source[row]!]!, start: records.start[row]!};
      },
      exact(part, record) {
        const {segment, row} = locate(record);
        const {exact} = segment.neighbours.get(part)!;
        return [exact[2 * row]!, exact[2 * row + 1]!];
      },
      states: (section, version) =>
        (states.get(section) ?? []).filter(state => state.version === version).map(({bytes}) => bytes),
      signals: () => signals.map(decodeSignals),
    };
  } finally {
    profile.close();
  }
}

/** Hashes of another tokeniser say nothing about ours. */
function requireTextParams({params, path, segments}: Profile): void {
  const differing = Object.entries(textParams).filter(([name, value]) => params[name] !== value);
  if (differing.length === 0) return;
  const list = differing.map(
    ([name, value]) => `\`${name}\` is ${params[name] ?? 'not given'}, now ${value}`,
  );
  const sources = segments.flatMap(segment => segment.sources.map(source => source.path));
  throw new ProfileError(
    `Profile \`${path}\` was made with other parameters and cannot be used: ${list.join('; ')}. To rebuild it, ` +
      `delete it and run \`collapse profile ${sources.slice(0, 5).join(' ')}${sources.length > 5 ? ' …' : ''} --out ${path}\`.`,
    path,
  );
}

function withoutPart(path: string, part: PartName): ProfileError {
  return new ProfileError(
    `Profile \`${path}\` has nothing about \`${part}\`, which a rule compares. ` +
      `To rebuild it, delete it and run \`collapse profile\` with the config that has this rule on.`,
    path,
  );
}

/** First record number of each segment, and the total. */
function starts(counts: readonly number[]): number[] {
  const firsts = [0];
  for (const count of counts) firsts.push(firsts.at(-1)! + count);
  return firsts;
}

/** A segment's records in slices. Excluded ones take a number and cannot be found. */
function* slicesOf(
  from: ProfileNeighbours,
  records: ProfileRecords,
  excluded: readonly boolean[],
): Generator<Summaries> {
  const count = from.words.length;
  const someExcluded = excluded.includes(true);
  for (let begin = 0; begin < count; begin += slice) {
    const end = Math.min(count, begin + slice);
    const firstPrint = begin === 0 ? 0 : from.ends[begin - 1]!;
    const words = from.words.slice(begin, end);
    const exact = from.exact.slice(2 * begin, 2 * end);
    const ends = new Uint32Array(end - begin);
    for (let row = 0; row < ends.length; row++) ends[row] = from.ends[begin + row]! - firstPrint;
    for (let row = 0; someExcluded && row < words.length; row++) {
      if (!excluded[records.source[begin + row]!]) continue;
      words[row] = 0;
      exact[2 * row] = 0;
      exact[2 * row + 1] = 0;
    }
    const sketches = from.sketches.subarray(begin * sketchBytes, end * sketchBytes);
    yield {
      count: end - begin,
      words,
      exact,
      sketches,
      fingerprintEnds: ends,
      fingerprints: from.fingerprints.subarray(firstPrint, from.ends[end - 1]!),
    };
  }
}

function realPath(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}
