const fewestLines = 5;
const mostLooked = 400;
const share = 0.8;

/** A row between bars, or with two tabs; a line that begins with a date or a time. */
const row = /^\s{0,8}\|.{0,4000}\|\s*$|^[^\t]{0,400}\t[^\t]{0,400}\t/u;
const logged =
  /^\s{0,8}[[(<]?(?:\d{4}[-/.]\d\d?[-/.]\d\d?|\d\d?:\d\d(?::\d\d)?\b|[A-Z][a-z]{2} [ \d]\d \d\d:\d\d)/u;

/** Whether most lines are rows of a table or entries of a log, which repeat by design. */
export function isTabular(text: string): boolean {
  let lines = 0;
  let found = 0;
  for (const line of text.split('\n', mostLooked)) {
    if (line.trim() === '') continue;
    lines++;
    if (row.test(line) || logged.test(line)) found++;
  }
  return lines >= fewestLines && found >= share * lines;
}
