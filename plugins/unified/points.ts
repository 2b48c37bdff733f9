/** A place as unist has it: lines and columns from 1, the offset from 0. */
export interface Point {
  readonly line: number;
  readonly column: number;
  readonly offset: number;
}

/** Gives the points of stretches of a text. Lines end as in CommonMark: at `\n`, `\r\n` or `\r`. */
export function placesIn(text: string): (start: number, end: number) => {start: Point; end: Point} {
  let starts: number[] | undefined;
  const point = (offset: number): Point => {
    starts ??= lineStarts(text);
    const at = Math.min(Math.max(0, offset), text.length);
    let [low, high] = [0, starts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    return {line: low + 1, column: at - starts[low]! + 1, offset: at};
  };
  return (start, end) => ({start: point(start), end: point(end)});
}

function lineStarts(text: string): number[] {
  return [0, ...[...text.matchAll(/\r\n|\r|\n/g)].map(match => match.index + match[0].length)];
}
