import type {FileHandle} from 'node:fs/promises';
import {checksum, newChecksum, padded} from './bytes.js';
import {
  type Coverage,
  encodeDirectory,
  type ProfileParams,
  type ProfileSource,
  type SectionEntry,
  type SegmentEntry,
} from './directory.js';
import {encodeHeader, encodeTrailer} from './format.js';
import type {Profile} from './read.js';
import type {Streamed} from './table.js';

/** Puts the parts of a profile into a file, in the order of the calls. */
export interface ProfileWriter {
  /** Starts a segment: the sections that follow are its own. */
  segment(records: number, sources: readonly ProfileSource[]): void;
  /** Without `coverage` the section speaks of the whole segment. */
  section(name: string, version: number, bytes: Uint8Array | Streamed, coverage?: Coverage): Promise<void>;
  /** Takes a section over from another profile, verified and bit for bit, padding included. */
  copy(profile: Profile, entry: SectionEntry, coverage?: Coverage): Promise<void>;
  /** Writes the directory and the trailer. Throws ProfileError when what was written makes no sense. */
  end(params: ProfileParams): Promise<void>;
}

/** Begins a profile in an empty file. `path` is for messages. */
export async function startProfile(path: string, handle: FileHandle): Promise<ProfileWriter> {
  const segments: (SegmentEntry & {readonly sections: SectionEntry[]})[] = [];
  let position = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    await writeAll(handle, bytes, position);
    position += bytes.length;
  };
  const note = (
    {name, version, bytes, checksum}: Pick<SectionEntry, 'name' | 'version' | 'bytes' | 'checksum'>,
    offset: number,
    coverage?: Coverage,
  ): void => {
    const segment = segments.at(-1)!;
    const {records, sources} = coverage ?? whole(segment);
    segment.sections.push({name, version, offset, bytes, checksum, records, sources});
  };
  await write(encodeHeader());
  return {
    segment(records, sources) {
      const plain = sources.map(({path, bytes, sha256, records}) => ({path, bytes, sha256, records}));
      segments.push({records, sources: plain, sections: []});
    },
    async section(name, version, bytes, coverage) {
      const offset = position;
      const sum = newChecksum();
      const put = async (piece: Uint8Array): Promise<void> => {
        sum.update(piece);
        await write(piece);
      };
      for (const piece of bytes instanceof Uint8Array ? [bytes] : bytes.pieces()) await put(piece);
      await put(new Uint8Array(padded(bytes.length) - bytes.length));
      const checksum = Buffer.from(sum.digest()).toString('hex');
      note({name, version, bytes: bytes.length, checksum}, offset, coverage);
    },
    async copy(profile, entry, coverage) {
      const offset = position;
      for (const piece of profile.pieces(entry)) await write(piece);
      note(entry, offset, coverage ?? entry);
    },
    async end(params) {
      const offset = position;
      const directory = encodeDirectory(path, {params, segments}, offset);
      await write(directory);
      await write(encodeTrailer({offset, bytes: directory.length, checksum: checksum(directory)}));
    },
  };
}

function whole(segment: SegmentEntry): Coverage {
  return {records: [0, segment.records], sources: [0, segment.sources.length]};
}

async function writeAll(handle: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const {bytesWritten} = await handle.write(
      bytes,
      done,
      Math.min(bytes.length - done, 2 ** 30),
      position + done,
    );
    done += bytesWritten;
  }
}
