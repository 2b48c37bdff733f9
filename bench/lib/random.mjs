/**
 * A small seedable generator of random numbers (sfc32, 128 bits of state), so that a corpus is the same on
 * every machine. It is seeded anew for every record: any record can be made again without those before it.
 */
export function createRandom() {
  const state = new Int32Array(4);

  /** A signed 32-bit integer: V8 passes it without putting a number on the heap. */
  function next() {
    const t = (state[0] + state[1] + state[3]) | 0;
    state[3] = (state[3] + 1) | 0;
    state[0] = state[1] ^ (state[1] >>> 9);
    state[1] = (state[2] + (state[2] << 3)) | 0;
    state[2] = (((state[2] << 21) | (state[2] >>> 11)) + t) | 0;
    return t;
  }

  function seed(...parts) {
    state[0] = 0x9e3779b9;
    state[1] = 0x243f6a88;
    state[2] = 0xb7e15162;
    state[3] = 1;
    for (const part of parts) {
      state[0] ^= part;
      state[1] ^= Math.floor(part / 0x100000000);
      for (let round = 0; round < 12; round += 1) next();
    }
  }

  /** In [0, 1). */
  const float = () => (next() >>> 0) / 0x100000000;
  /** An integer in [0, limit). */
  const below = limit => Math.floor(float() * limit);
  const pick = list => list[below(list.length)];
  const chance = probability => float() < probability;

  /** Log-normal: `median` times e to the power of a normal deviate times `sigma`. */
  function logNormal(median, sigma) {
    const radius = Math.sqrt(-2 * Math.log(1 - float()));
    return median * Math.exp(sigma * radius * Math.cos(2 * Math.PI * float()));
  }

  /** Fisher-Yates, in place. */
  function shuffle(list) {
    for (let at = list.length - 1; at > 0; at -= 1) {
      const other = below(at + 1);
      [list[at], list[other]] = [list[other], list[at]];
    }
    return list;
  }

  seed(0);
  return {seed, next, float, below, pick, chance, logNormal, shuffle};
}
