/** Edits of plain text by a seeded generator: what happens to records between one copy and the next. */

const tokens = text => text.split(/(\s+)/);
const isWord = token => /[\p{L}\p{N}]/u.test(token);

/** The word itself, between the punctuation before and after it. */
const core = /[\p{L}\p{N}](?:.*[\p{L}\p{N}])?/u;

/** Replaces `count` words, chosen at random, each by one that `fresh` gives. */
export function replaceWords(text, count, random, fresh) {
  const list = tokens(text);
  const places = list.flatMap((token, at) => (isWord(token) ? [at] : []));
  for (const at of random.shuffle(places).slice(0, count)) list[at] = list[at].replace(core, () => fresh());
  return list.join('');
}

export const insertAtStart = (text, word) => `${word} ${text}`;

/** Breaks the lines at another width, as an editor or a mail program does. */
export function rewrap(text, width) {
  let column = 0;
  return text
    .split(/\s+/)
    .map(word => {
      column += word.length + 1;
      if (column <= width) return column === word.length + 1 ? word : ` ${word}`;
      column = word.length + 1;
      return `\n${word}`;
    })
    .join('');
}

/** Every two neighbouring sentences change places. */
export function swapSentences(text) {
  const sentences = text.split(/(?<=[.!?])\s+/);
  for (let at = 0; at + 1 < sentences.length; at += 2)
    [sentences[at], sentences[at + 1]] = [sentences[at + 1], sentences[at]];
  return sentences.join(' ');
}

/** Changes the case of words and the punctuation between them; the words stay the same. */
export function changeCaseAndPunctuation(text, random) {
  const list = tokens(text).map(token => {
    const word = token.replace(/[.,;:!?]+$/, mark =>
      random.chance(0.5) ? '' : random.pick([mark, '!', ';', ' –']),
    );
    const dice = random.float();
    return dice < 0.2 ? word.toUpperCase() : dice < 0.5 ? word.toLowerCase() : word;
  });
  return list.join('');
}

/** Up to `count` words that stand together, from a place chosen at random. */
export function excerpt(text, count, random) {
  const words = text.split(/\s+/);
  const start = random.below(Math.max(1, words.length - count + 1));
  return words.slice(start, start + count).join(' ');
}
