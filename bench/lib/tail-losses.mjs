/** Ways in which a round can lose its tail. Each makes, of a share and a split, the round that is left. */

const mix = hash => {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
};

/** The rarest words of a corpus that together are `share` of its tokens. */
export function rareWords(records, share) {
  const counts = new Map();
  let tokens = 0;
  for (const words of records) {
    tokens += words.length;
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const rare = new Set();
  let mass = 0;
  for (const [word, count] of [...counts].sort((a, b) => a[1] - b[1])) {
    mass += count;
    if (mass > share * tokens) break;
    rare.add(word);
  }
  return rare;
}

export const losses = {
  words: {
    title: 'words of all kinds never come',
    lose(share, {round, random}) {
      const salt = Math.floor(random() * 2 ** 32);
      return round.map(words => words.filter(word => mix(word ^ salt) >= share * 2 ** 32));
    },
  },
  rare: {
    title: 'rare words never come',
    lose(share, {round, random, rare}) {
      const salt = Math.floor(random() * 2 ** 32);
      return round.map(words => words.filter(word => !rare.has(word) || mix(word ^ salt) >= share * 2 ** 32));
    },
  },
  fewer: {
    title: 'rare words come less often',
    lose(share, {round, random, rare}) {
      return round.map(words => words.filter(word => !rare.has(word) || random() >= share));
    },
  },
  records: {
    title: 'records richest in rare words are left out',
    lose(share, {round, rare}) {
      const density = words => words.filter(word => rare.has(word)).length / Math.max(1, words.length);
      const sorted = round
        .map(words => ({words, density: density(words)}))
        .sort((a, b) => a.density - b.density);
      return sorted.slice(0, Math.round((1 - share) * sorted.length)).map(({words}) => words);
    },
  },
};

/**
 * Records of invented words: Zipf-Mandelbrot frequencies, as many types in 700,000 words as news of that length
 * has, lengths that vary, and words that a record comes back to, as texts do.
 */
export function simulated(records, random, {types = 5e4, length = 60, again = 0.15} = {}) {
  const draw = () => {
    // Inverse of the distribution function of (rank + 2.7) ^ -1.3, taken as continuous.
    const [low, high] = [3.7 ** -0.3, (types + 2.7) ** -0.3];
    return Math.floor((low - random() * (low - high)) ** (-1 / 0.3) - 2.7);
  };
  return Array.from({length: records}, () => {
    const words = new Uint32Array(
      Math.max(5, Math.round(length * Math.exp(0.6 * (random() + random() + random() - 1.5)))),
    );
    for (let at = 0; at < words.length; at++) {
      words[at] = at > 0 && random() < again ? words[Math.floor(random() * at)] : mix(draw());
    }
    return words;
  });
}
