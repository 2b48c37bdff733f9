import {type Place, placeName} from '../../api.js';
import type {Input} from '../../corpus/input.js';
import {recordReader} from '../../corpus/read.js';
import {createRecordParser, parseAlone, recordHash} from '../../engine/record.js';
import type {Reference} from '../../profile/reference.js';
import type {Pick} from '../../replenish/greedy.js';
import {RunError} from '../error.js';
import {manifestName, reportName} from '../manifest.js';
import {createSink, type WrittenFile} from '../sink.js';
import {version} from '../version.js';
import type {Replenished} from './result.js';

export const recordsName = 'records.jsonl';
export const provenanceName = 'provenance.jsonl';

/** A record of a reference that has something the round lacks. */
export interface Candidate {
  /** What of it, by number. */
  readonly needs: Uint32Array;
  readonly id: string;
  readonly hash: string;
  readonly place: Place;
  readonly input: Input;
  readonly reference: Reference;
}

/** A line of the sidecar: where the record on the same line of `records.jsonl` comes from. */
interface Provenance {
  readonly line: number;
  readonly id: string;
  /** First 128 bits of the SHA-256 of the line, in hex. */
  readonly hash: string;
  readonly reference: string;
  readonly from: {readonly path: string; readonly line: number; readonly bytes: Place['bytes']};
  /** Rare words that neither the round nor the records before it have. */
  readonly words: number;
  /** Typical words of the topic that it was taken for, where it was. */
  readonly topic?: string;
}

/** Hashes of the words of some records, which are read again. */
export function readWords(
  candidates: readonly Candidate[],
  wordsOf: (text: string) => Uint32Array,
): Uint32Array[] {
  const reader = recordReader();
  try {
    return candidates.map(({input, place, reference}) => {
      const bytes = reader.read(input, ...place.bytes);
      const record = parseAlone(createRecordParser(reference.fields), bytes, place);
      return record === undefined ? new Uint32Array(0) : wordsOf(record.text).slice();
    });
  } finally {
    reader.close();
  }
}

/**
 * Writes the chosen records, their bytes unchanged, the most useful first, and where each comes from. Needs from
 * `words` on are topics, with their names in order.
 */
export async function writeRecords(
  folder: string,
  picks: readonly Pick[],
  candidates: readonly Candidate[],
  [words, topics]: readonly [words: number, topics: readonly string[]],
): Promise<WrittenFile[]> {
  const reader = recordReader();
  const records = await createSink(folder, recordsName);
  const provenance = await createSink(folder, provenanceName);
  try {
    for (const [index, {candidate, met}] of picks.entries()) {
      const {id, hash, place, input, reference} = candidates[candidate]!;
      const bytes = reader.read(input, ...place.bytes);
      if (recordHash(bytes) !== hash) throw changed(input.path, place.line);
      await records.write(bytes);
      await records.write('\n');
      const {path, line} = place;
      const from = {path, line, bytes: place.bytes};
      const topic = met.find(need => need >= words);
      const entry: Provenance = {
        line: index + 1,
        id,
        hash,
        reference: reference.path,
        from,
        words: met.filter(need => need < words).length,
        ...(topic === undefined ? {} : {topic: topics[topic - words]!}),
      };
      await provenance.write(`${JSON.stringify(entry)}\n`);
    }
    return [
      {...(await records.end()), records: picks.length},
      {...(await provenance.end()), records: picks.length},
    ];
  } catch (error) {
    records.abort();
    provenance.abort();
    throw error;
  } finally {
    reader.close();
  }
}

/** The report, and last the list of all files with their digests. */
export async function writeManifest(
  folder: string,
  report: Replenished,
  files: readonly WrittenFile[],
): Promise<void> {
  const write = async (name: string, content: unknown) => {
    const sink = await createSink(folder, name);
    await sink.write(`${JSON.stringify(content, null, 2)}\n`);
    return sink.end();
  };
  const written = [...files, await write(reportName, report)];
  const tool = {name: 'collapse-gate', version};
  await write(manifestName, {version: 1, tool, command: 'replenish', files: written});
}

function changed(path: string, line: number): RunError {
  return new RunError(
    `\`${placeName({path, line})}\` changed while it was read. Nothing was written. Run again.`,
  );
}
