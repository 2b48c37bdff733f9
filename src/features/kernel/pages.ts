import {classify, foldCase} from '../unicode.js';

/** Bytes of one page: a class for each of 256 code points, then a folding of up to three code points each. */
export const pageBytes = 256 + 256 * 8;

/** Writes the classes and case foldings of the code points `index * 256 …` at `address`. */
export function writePage(memory: DataView, address: number, index: number): void {
  for (let low = 0; low < 256; low++) {
    const point = index * 256 + low;
    if (point >= 0xd800 && point <= 0xdfff) continue;
    const character = String.fromCodePoint(point);
    memory.setUint8(address + low, classify(character));
    let folding = 0n;
    let shift = 0n;
    for (const part of foldCase(character)) {
      folding |= BigInt(part.codePointAt(0)!) << shift;
      shift += 21n;
    }
    memory.setBigUint64(address + 256 + low * 8, folding, true);
  }
}
