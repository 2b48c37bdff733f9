import {classify, foldCase} from '../unicode.js';

/** Bytes of one page: a class for each of 256 code points, then a folding of up to three code points each. */
export const pageBytes = 256 + 256 * 8;

/** Most pages that texts in Chinese and Japanese need; then one code point speaks for all. */
const ideographs = /^\p{Unified_Ideograph}+$/u;

/** Writes the classes and case foldings of the code points `index * 256 …` at `address`. */
export function writePage(memory: DataView, address: number, index: number): void {
  const first = index * 256;
  const all = String.fromCodePoint(...Array.from({length: 256}, (_, low) => first + low));
  const known = ideographs.test(all) ? classify(String.fromCodePoint(first)) : undefined;
  const foldless = foldCase(all) === all;
  for (let low = 0; low < 256; low++) {
    const point = first + low;
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const character = String.fromCodePoint(point);
    memory.setUint8(address + low, known ?? classify(character));
    const at = address + 256 + low * 8;
    if (foldless) {
      memory.setUint32(at, point, true);
      memory.setUint32(at + 4, 0, true);
    } else {
      memory.setBigUint64(at, folding(character), true);
    }
  }
}

function folding(character: string): bigint {
  let packed = 0n;
  let shift = 0n;
  for (const part of foldCase(character)) {
    packed |= BigInt(part.codePointAt(0)!) << shift;
    shift += 21n;
  }
  return packed;
}
