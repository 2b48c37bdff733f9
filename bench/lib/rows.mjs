import {
  changeCaseAndPunctuation,
  excerpt,
  insertAtStart,
  replaceWords,
  rewrap,
  swapSentences,
} from './edits.mjs';
import {drawStyle, writeProse} from './prose.mjs';
import {createRandom} from './random.mjs';
import {createTarget} from './slots.mjs';

/** Longest record in words, and bytes that are more than enough for it. */
const longest = 6000;
export const roomForRow = 1 << 20;

const defaults = {seed: 1, duplicates: 0.01, near: 0.01, contained: 0.005};

/**
 * Writes rows of a corpus. A row depends on the seed and its index alone, so a repeat is made by making its
 * source again: sources lie anywhere earlier in the corpus, at no cost in memory. With `against`
 * (`{seed, records}`) every second repeat is taken from that other corpus instead, made with the same shares.
 */
export function createRows(options = {}) {
  const {seed, duplicates, near, contained, against} = {...defaults, ...options};
  const random = createRandom();
  const scratch = createTarget(roomForRow);

  /** Writes row `index` with its line feed; returns the offset behind it. */
  function write(index, target, at) {
    const kind = kindOf(seed, index);
    if (kind === 'fresh') return writeFresh(seed, index, index, target, at);
    const from = sourceOf(index);
    if (kind === 'duplicate') return writeFresh(from.seed, from.index, index, target, at);
    const source = JSON.parse(
      scratch.bytes.subarray(0, writeFresh(from.seed, from.index, index, scratch, 0)).toString(),
    );
    random.seed(seed, index, 3);
    const key = source.text === undefined ? 'response' : 'text';
    const text = kind === 'near' ? editSlightly(source[key]) : embed(source[key]);
    return at + target.bytes.write(`${JSON.stringify({...source, [key]: text})}\n`, at);
  }

  function kindOf(rowSeed, index) {
    random.seed(rowSeed, index, 1);
    if (index === 0) return 'fresh';
    const dice = random.float();
    if (dice < duplicates) return 'duplicate';
    if (dice < duplicates + near) return 'near';
    return dice < duplicates + near + contained ? 'contained' : 'fresh';
  }

  /** An earlier row, or one of the other corpus, that is not a repeat itself. */
  function sourceOf(index) {
    random.seed(seed, index, 2);
    const other = against && random.chance(0.5);
    const from = other ? against.seed : seed;
    let source = random.below(other ? against.records : index);
    while (kindOf(from, source) !== 'fresh') source -= 1;
    return {seed: from, index: source};
  }

  function writeFresh(rowSeed, rowIndex, id, target, at) {
    random.seed(rowSeed, rowIndex, 0);
    const style = drawStyle(random);
    const words = Math.max(3, Math.min(longest, Math.round(random.logNormal(102, 0.85))));
    const start = at;
    at += target.bytes.latin1Write(`{"id":"r${String(id).padStart(8, '0')}","`, at);
    if (random.chance(0.3)) {
      const asked = Math.max(3, Math.min(words, Math.round(random.logNormal(18, 0.85))));
      at += target.bytes.latin1Write('prompt":"', at);
      at = writeProse(random, style, asked, target, at);
      at += target.bytes.latin1Write('","response":"', at);
    } else at += target.bytes.latin1Write('text":"', at);
    at = writeProse(random, style, words, target, at);
    at += target.bytes.latin1Write('"}\n', at);
    const ascii = style.script === 'latin' && !style.curly;
    return !ascii && random.chance(0.05) ? escapeToAscii(target, start, at) : at;
  }

  function editSlightly(text) {
    const count = text.split(/\s+/).length;
    const fresh = () => excerpt(freshText(12), 1, random);
    const edit = random.pick(['replace', 'replace', 'insert', 'rewrap', 'swap', 'case']);
    if (edit === 'replace')
      return replaceWords(text, 1 + random.below(Math.ceil(count * 0.06)), random, fresh);
    if (edit === 'insert') return insertAtStart(text, fresh());
    if (edit === 'rewrap') return rewrap(text, 60 + random.below(40));
    return edit === 'swap' ? swapSentences(text) : changeCaseAndPunctuation(text, random);
  }

  function embed(text) {
    const part = excerpt(text, 25 + random.below(60), random);
    return `${freshText(40 + random.below(200))} ${part} ${freshText(40 + random.below(200))}`;
  }

  function freshText(words) {
    const style = {script: 'latin', curly: false, breaks: true, numbers: 0.011};
    return JSON.parse(
      `"${scratch.bytes.subarray(0, writeProse(random, style, words, scratch, 0)).toString()}"`,
    );
  }

  return {write};
}

/** Some tools write every character beyond ASCII as `\uXXXX`. */
function escapeToAscii({bytes}, start, end) {
  const escaped = bytes
    .utf8Slice(start, end)
    .replace(/[^\0-\x7f]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return start + bytes.latin1Write(escaped, start);
}
