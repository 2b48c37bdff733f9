/** A Markdown table; cells are strings or numbers. */
export function markdownTable(head, rows) {
  const line = cells => `| ${cells.map(cell => String(cell).replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const met = {true: 'yes', false: 'no', undefined: ''};

/** Results `{what, measured, goal, met}`; `met` is undefined where there is no goal. */
export function resultTable(rows) {
  const cells = rows.map(row => [row.what, row.measured, row.goal, met[row.met]]);
  return markdownTable(['what', 'measured', 'goal', 'met'], cells);
}

export const megabytes = bytes => `${(bytes / 1e6).toFixed(0)} MB`;

/** Median, and the smallest and largest beside it. */
export function summary(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  return {median, min: sorted[0], max: sorted.at(-1)};
}

/** `2.31 (2.20 to 2.44)`. */
export function formatSummary(values, digits = 2) {
  const {median, min, max} = summary(values);
  return `${median.toFixed(digits)} (${min.toFixed(digits)} to ${max.toFixed(digits)})`;
}
