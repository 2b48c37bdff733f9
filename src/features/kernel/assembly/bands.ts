import {INPUT} from './memory';

/**
 * Hashes of the bands of `count` sketches at INPUT, each of `rows` (1 to 16) bytes: band by band, behind the
 * sketches. Up to 15 bytes behind them are read, and masked away.
 */
export function hashBands(count: u32, bands: u32, rows: u32): void {
  const head = min<u32>(rows, 8) << 3;
  const rest = (max<u32>(rows, 8) - 8) << 3;
  const headMask = <u64>-1 >>> (64 - head);
  const restMask = rest == 0 ? <u64>0 : <u64>-1 >>> (64 - rest);
  let to: usize = INPUT + ((<usize>count + 1) << 7);
  for (let band: u32 = 0; band < bands; band++) {
    let at: usize = INPUT + band * rows;
    for (const end = to + (<usize>count << 2); to < end; to += 4, at += 128) {
      let hash = ((load<u64>(at) & headMask) ^ 0x9e3779b97f4a7c15) * 0xd6e8feb86659fd93;
      hash ^= (hash >>> 32) ^ ((load<u64>(at, 8) & restMask) * 0x9fb21c651e98df25);
      hash *= 0xd6e8feb86659fd93;
      store<u32>(to, <u32>(hash >>> 32));
    }
  }
}
