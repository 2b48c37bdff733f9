/** Area under the ROC curve (Mann and Whitney), ties count half. */
export function areaUnderCurve(negatives, positives) {
  const all = [...negatives.map(score => [score, 0]), ...positives.map(score => [score, 1])];
  all.sort((one, other) => one[0] - other[0]);
  let ranks = 0;
  for (let from = 0; from < all.length; ) {
    let to = from;
    let hits = 0;
    while (to < all.length && all[to][0] === all[from][0]) hits += all[to++][1];
    ranks += (hits * (from + to + 1)) / 2;
    from = to;
  }
  const count = positives.length;
  return (ranks - (count * (count + 1)) / 2) / (count * negatives.length);
}

/** Share of positives above the score that a share `rate` of the negatives exceeds. */
export function rateAt(negatives, positives, rate) {
  const sorted = [...negatives].sort((one, other) => other - one);
  const threshold = sorted[Math.floor(rate * sorted.length)];
  return positives.filter(score => score > threshold).length / positives.length;
}
