import {quote} from './error.js';

/** " Did you mean `minimum`?", with the space in front, or nothing when no known name is close. */
export function suggest(name: unknown, known: readonly string[]): string {
  if (typeof name !== 'string' || name === '' || name.length > 100) return '';
  const typed = name.toLowerCase();
  // Two letters that changed places are two edits.
  const allowed = typed.length < 4 ? 1 : Math.max(2, Math.floor(typed.length / 3));
  let best: string | undefined;
  let least = allowed + 1;
  for (const candidate of known) {
    const distance = closeness(typed, candidate.toLowerCase());
    if (distance < least) [best, least] = [candidate, distance];
  }
  return best === undefined ? '' : ` Did you mean ${quote(best)}?`;
}

/** Edit distance; a name without its family, or a longer form of a known word, counts as one edit. */
function closeness(typed: string, candidate: string): number {
  if (candidate.endsWith(`/${typed}`)) return 1;
  if (candidate.length >= 2 && typed.startsWith(candidate)) return 1;
  return levenshtein(typed, candidate);
}

function levenshtein(a: string, b: string): number {
  let row = Array.from({length: b.length + 1}, (_, column) => column);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replace = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replace, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
