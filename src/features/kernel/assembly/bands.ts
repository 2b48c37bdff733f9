import {BINS, SKETCH} from './memory';

/** One hash for each band of `rows` bytes (1 to 16) of the sketch at SKETCH, over the bins. */
export function hashBands(bands: u32, rows: u32): void {
  const head = min<u32>(rows, 8) << 3;
  const rest = (max<u32>(rows, 8) - 8) << 3;
  const headMask = <u64>-1 >>> (64 - head);
  const restMask = rest == 0 ? <u64>0 : <u64>-1 >>> (64 - rest);
  for (let band: u32 = 0; band < bands; band++) {
    const at = SKETCH + band * rows;
    let hash = ((load<u64>(at) & headMask) ^ 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;
    hash ^= (hash >>> 32) ^ ((load<u64>(at, 8) & restMask) * 0x9fb21c651e98df25);
    hash *= 0xd6e8feb86659fd93;
    store<u32>(BINS + (<usize>band << 2), <u32>(hash >>> 32));
  }
}
