import {checksumBytes, padded} from './bytes.js';
import type {Coverage, Range} from './directory.js';
import {headerBytes} from './format.js';

/**
 * Says what is wrong with a directory whose sections must end at `end`. Run before writing and after
 * reading: a right checksum says that the bytes are what their writer wrote, not that it meant well.
 */
export function flawIn(directory: unknown, end: number): string | undefined {
  if (!isObject(directory)) return 'it is not an object';
  const {params, segments} = directory;
  if (!isObject(params)) return 'it has no parameters';
  for (const param of Object.values(params)) {
    if (typeof param !== 'string' && !Number.isFinite(param)) {
      return 'a parameter is neither text nor a finite number';
    }
  }
  if (!Array.isArray(segments)) return 'it has no list of segments';
  let offset = headerBytes;
  for (const [index, segment] of segments.entries()) {
    const place = `segment ${index}`;
    if (!isObject(segment) || !isCount(segment.records)) return `${place} has no number of records`;
    const {sources, sections} = segment;
    if (!Array.isArray(sections)) return `${place} has no list of sections`;
    if (!Array.isArray(sources) || !sources.every(isSource)) {
      return `${place} has a source without path, bytes, SHA-256 or records`;
    }
    const last = new Map<string, Coverage>();
    for (const section of sections) {
      if (!isSection(section))
        return `${place} has a section without a right name, version, place or checksum`;
      // Back to back, so that no byte of the file is outside all checksums and nothing overlaps.
      if (section.offset !== offset) return `section \`${section.name}\` of ${place} is at a wrong offset`;
      offset += padded(section.bytes);
      const key = `${section.name}@${section.version}`;
      const before = last.get(key);
      if (
        !isNext(section.records, before?.records, segment.records) ||
        !isNext(section.sources, before?.sources, sources.length)
      ) {
        return `section \`${section.name}\` of ${place} covers wrong records or sources`;
      }
      last.set(key, section);
    }
  }
  return offset === end ? undefined : 'the sections do not end where the directory begins';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}

function isHex(value: unknown, bytes: number): boolean {
  return typeof value === 'string' && value.length === 2 * bytes && /^[0-9a-f]*$/.test(value);
}

function isSource(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.path === 'string' &&
    isCount(value.bytes) &&
    isHex(value.sha256, 32) &&
    isCount(value.records)
  );
}

interface CheckedSection extends Coverage {
  readonly name: string;
  readonly version: number;
  readonly offset: number;
  readonly bytes: number;
}

// Names are those of rules and plugins; nothing in them can upset a terminal or a file system.
const namePattern = /^[\w@][\w@./:-]{0,99}$/;

function isSection(value: unknown): value is CheckedSection {
  return (
    isObject(value) &&
    typeof value.name === 'string' &&
    namePattern.test(value.name) &&
    isCount(value.version) &&
    isCount(value.offset) &&
    isCount(value.bytes) &&
    isHex(value.checksum, checksumBytes) &&
    isRange(value.records) &&
    isRange(value.sources)
  );
}

function isRange(value: unknown): value is Range {
  if (!Array.isArray(value) || value.length !== 2) return false;
  const [first, end] = value as unknown[];
  return isCount(first) && isCount(end) && first <= end;
}

/** Parts of one section stand in order, do not overlap and stay inside their segment. */
function isNext(range: Range, before: Range | undefined, count: number): boolean {
  return range[0] >= (before?.[1] ?? 0) && range[1] <= count;
}
