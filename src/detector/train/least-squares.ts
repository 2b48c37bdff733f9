/** Weighted least squares by the normal equations, Gaussian elimination with pivots. For a handful of terms. */
export function leastSquares(
  terms: readonly (readonly number[])[],
  values: readonly number[],
  weights: readonly number[],
): number[] {
  const size = terms[0]!.length;
  const matrix = Array.from({length: size}, () => new Array<number>(size + 1).fill(0));
  for (const [index, row] of terms.entries()) {
    for (let one = 0; one < size; one++) {
      for (let other = 0; other < size; other++)
        matrix[one]![other]! += weights[index]! * row[one]! * row[other]!;
      matrix[one]![size]! += weights[index]! * row[one]! * values[index]!;
    }
  }
  // A little ridge on all but the constant: of texts of one length there is no slope to learn.
  for (let one = 1; one < size; one++) matrix[one]![one]! += 1e-3;
  for (let column = 0; column < size; column++) {
    let pivot = column;
    for (let row = column + 1; row < size; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    }
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    for (let row = column + 1; row < size; row++) {
      const factor = matrix[row]![column]! / matrix[column]![column]!;
      for (let at = column; at <= size; at++) matrix[row]![at]! -= factor * matrix[column]![at]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let row = size - 1; row >= 0; row--) {
    let rest = matrix[row]![size]!;
    for (let column = row + 1; column < size; column++) rest -= matrix[row]![column]! * solution[column]!;
    solution[row] = rest / matrix[row]![row]!;
  }
  return solution;
}
