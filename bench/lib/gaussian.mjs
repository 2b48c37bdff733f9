/** A Gaussian of ten dimensions: fitted, sampled, measured. */

export const dimensions = 10;
const axes = Array.from({length: dimensions}, (_, axis) => axis);

/** Independent axes of one variance around 0. */
export const normal = variance => ({
  mean: axes.map(() => 0),
  covariance: axes.map(row => axes.map(column => (row === column ? variance : 0))),
});

/** Of the greatest likelihood: the covariance is divided by n, as a model's loss would have it. */
export function fitted(points) {
  const mean = axes.map(axis => points.reduce((sum, point) => sum + point[axis], 0) / points.length);
  const covariance = axes.map(row =>
    axes.map(
      column =>
        points.reduce((sum, point) => sum + (point[row] - mean[row]) * (point[column] - mean[column]), 0) /
        points.length,
    ),
  );
  return {mean, covariance};
}

export const trace = ({covariance}) => axes.reduce((sum, axis) => sum + covariance[axis][axis], 0);

/** Squared. */
export function distance(a, b) {
  let sum = 0;
  for (let axis = 0; axis < dimensions; axis++) sum += (a[axis] - b[axis]) ** 2;
  return sum;
}

export function sampleOf({mean, covariance}, count, random) {
  const factor = cholesky(covariance);
  return Array.from({length: count}, () => {
    const noise = axes.map(
      () => Math.sqrt(-2 * Math.log(1 - random.float())) * Math.cos(2 * Math.PI * random.float()),
    );
    return mean.map((middle, row) => {
      let sum = middle;
      for (let column = 0; column <= row; column++) sum += factor[row][column] * noise[column];
      return sum;
    });
  });
}

/** The lower triangle whose product with its mirror image is the matrix. */
function cholesky(matrix) {
  const factor = axes.map(() => axes.map(() => 0));
  for (const row of axes) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row][column];
      for (let at = 0; at < column; at++) sum -= factor[row][at] * factor[column][at];
      factor[row][column] = row === column ? Math.sqrt(Math.max(sum, 1e-300)) : sum / factor[column][column];
    }
  }
  return factor;
}
