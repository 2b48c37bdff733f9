/** How well a score of pairs tells pairs of one label from pairs of two. Pairs are `{score, same}`. */

/** Probability that a pair of one label scores higher than a pair of two, ties counted half. */
export function auroc(pairs) {
  const sorted = [...pairs].sort((one, other) => one.score - other.score);
  const positives = pairs.filter(({same}) => same).length;
  let ranks = 0;
  for (let at = 0; at < sorted.length; ) {
    let end = at;
    while (end < sorted.length && sorted[end].score === sorted[at].score) end++;
    for (let tied = at; tied < end; tied++) if (sorted[tied].same) ranks += (at + end + 1) / 2;
    at = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (pairs.length - positives));
}

/** Labels by single linkage: whoever scores `mark` or more with one of a group belongs to it. */
function linked(count, pairs, mark) {
  const labels = Array.from({length: count}, (_, at) => at);
  let index = 0;
  for (let one = 0; one < count; one++) {
    for (let other = 0; other < one; other++) {
      if (pairs[index++].score < mark || labels[one] === labels[other]) continue;
      const [from, to] = [labels[one], labels[other]];
      for (let at = 0; at < count; at++) if (labels[at] === from) labels[at] = to;
    }
  }
  return labels;
}

/** Adjusted Rand index (Hubert and Arabie 1985): 1 the same grouping, 0 as chance. One grouping alike is 1. */
export function adjustedRand(one, other) {
  const choose = count => (count * (count - 1)) / 2;
  const sizes = labels => {
    const counts = new Map();
    for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1);
    return [...counts.values()].reduce((sum, count) => sum + choose(count), 0);
  };
  const both = sizes(one.map((label, at) => `${label}/${other[at]}`));
  const [here, there] = [sizes(one), sizes(other)];
  const chance = (here * there) / choose(one.length);
  const most = (here + there) / 2;
  return most === chance ? 1 : (both - chance) / (most - chance);
}

/**
 * AUROC over all pairs, and its mean over prompts that have both labels and more; how many those are; then the
 * mark with the best mean adjusted Rand index over them, that index, and those of fixed marks. A prompt
 * whose answers are all one idea is left out of the means: joining everything would be right there.
 */
export function agreement(rows, pairs, fixed = [0.5, 0.8]) {
  const mixed = pairs.filter(list => list.some(({same}) => same) && list.some(({same}) => !same));
  const mean = list => list.reduce((sum, value) => sum + value, 0) / list.length;
  const randAt = mark =>
    mean(
      rows.flatMap(({partition}, at) =>
        mixed.includes(pairs[at]) ? [adjustedRand(linked(partition.length, pairs[at], mark), partition)] : [],
      ),
    );
  const scores = pairs
    .flat()
    .map(({score}) => score)
    .sort((one, other) => one - other);
  const marks = Array.from({length: 101}, (_, at) => scores[Math.floor((at / 100) * (scores.length - 1))]);
  const best = marks.reduce((found, mark) => (randAt(mark) > randAt(found) ? mark : found));
  return [
    auroc(pairs.flat()),
    mean(mixed.map(auroc)),
    mixed.length,
    best,
    randAt(best),
    ...fixed.map(randAt),
  ];
}

/** Of the pairs that score `mark` or more the share of one label, and of those of one label the share that do. */
export function precisionAndRecall(pairs, mark) {
  const called = pairs.filter(({score}) => score >= mark);
  const right = called.filter(({same}) => same).length;
  return [right / called.length, right / pairs.filter(({same}) => same).length];
}
