// Hashes: of words, of neighbouring words, and the finaliser of MurmurHash3 (Appleby, public domain).

// @ts-expect-error: decorator
@inline
export function hashWord(at: usize, length: u32): u32 {
  let from = at;
  let left = length;
  let hash: u64 = <u64>length * 0x9e3779b97f4a7c15;
  while (left > 15) {
    hash = (hash ^ load<u64>(from)) * 0xd6e8feb86659fd93;
    hash ^= hash >>> 32;
    from += 8;
    left -= 8;
  }
  // Up to 15 bytes without a branch: what lies behind the word is masked away.
  const head = min<u32>(left, 8) << 3;
  const rest = (max<u32>(left, 8) - 8) << 3;
  const low = load<u64>(from) & (<u64>-1 >>> (64 - head));
  const high = load<u64>(from, 8) & ((<u64>-1 >>> 1) >>> (63 - rest));
  hash = (hash ^ low) * 0xd6e8feb86659fd93 + high * 0x9fb21c651e98df25;
  hash = (hash ^ (hash >>> 32)) * 0x9fb21c651e98df25;
  return <u32>(hash >>> 32);
}

/** The hash of two neighbouring words. */
// @ts-expect-error: decorator
@inline
export function hashPair(previous: u32, word: u32): u32 {
  let hash = previous * 0x9e3779b1 + (word ^ (word >>> 15)) * 0xc2b2ae3d;
  hash = (hash ^ (hash >>> 15)) * 0x2c1b3c6d;
  return hash ^ (hash >>> 14);
}

/** What the i-th occurrence of a pair (from 0) is as an element: the pair itself the first time. */
// @ts-expect-error: decorator
@inline
export function elementOf(pair: u32, seen: u32): u32 { return pair ^ (seen * 0x9e3779b1); }

// @ts-expect-error: decorator
@inline
export function mix(value: u32): u32 {
  let h = (value ^ (value >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

/** 64-bit hash of a byte range: four lanes with the rounds of xxHash64 (Collet). Zeros lie behind the range. */
export function hashBytes(from: usize, to: usize): u64 {
  let a: u64 = 0x60ea27eeadc0b5d6;
  let b: u64 = 0xc2b2ae3d27d4eb4f;
  let c: u64 = 0;
  let d: u64 = 0x61c8864e7a143579;
  for (let at = from; at < to; at += 32) {
    a = round64(a, load<u64>(at));
    b = round64(b, load<u64>(at, 8));
    c = round64(c, load<u64>(at, 16));
    d = round64(d, load<u64>(at, 24));
  }
  let hash = rotl(a, 1) + rotl(b, 7) + rotl(c, 12) + rotl(d, 18) + <u64>(to - from);
  hash ^= hash >>> 33;
  hash *= 0xc2b2ae3d27d4eb4f;
  hash ^= hash >>> 29;
  hash *= 0x165667b19e3779f9;
  return hash ^ (hash >>> 32);
}

// @ts-expect-error: decorator
@inline
function round64(lane: u64, input: u64): u64 {
  return rotl(lane + input * 0xc2b2ae3d27d4eb4f, 31) * 0x9e3779b185ebca87;
}


/** For tables of few keys. */
// @ts-expect-error: decorator
@inline
export function hashKey(key: u32): u32 { return (key * 0x9e3779b1) >>> 18; }
