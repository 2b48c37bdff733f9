import {describe, expect, it} from 'vitest';
import {classify, foldCase, SPACE, UNSPACED, UNSTABLE, WORD} from '../../src/features/unicode.js';

/** Every assigned code point. The tables are the engine's, and another engine may have later ones. */
const characters: string[] = [];
for (let point = 0; point <= 0x10ffff; point++) {
  const character = String.fromCodePoint(point);
  if (/[^\p{Cn}\p{Co}\p{Cs}]/u.test(character)) characters.push(character);
}
const classes = new Map(characters.map(character => [character, classify(character)]));
const kindOf = (character: string): number => classes.get(character)! & 7;
const names = (found: readonly string[]): string[] => found.map(one => one.codePointAt(0)!.toString(16));

describe('over all of Unicode', () => {
  it('case folding unites a word character with its other cases, and folds once', () => {
    const wrong = characters.filter(character => {
      if (kindOf(character) !== WORD) return false;
      const folded = foldCase(character);
      return [character.toLowerCase(), character.toUpperCase(), folded].some(one => foldCase(one) !== folded);
    });
    expect(names(wrong)).toEqual([]);
  });

  it('folding a word leaves it a word of its own kind, of three characters at most', () => {
    const wrong = characters.filter(character => {
      const kind = kindOf(character);
      const folded = [...foldCase(character)];
      if (kind === UNSPACED) return folded.join('') !== character;
      return kind === WORD && (folded.length > 3 || folded.some(part => kindOf(part) !== WORD));
    });
    expect(names(wrong)).toEqual([]);
  });

  it('what may combine with the character before it is marked as unstable', () => {
    const wrong = new Set<string>();
    for (const character of characters) {
      const [, ...rest] = character.normalize('NFD');
      for (const part of rest) if ((classes.get(part)! & UNSTABLE) === 0) wrong.add(part);
    }
    expect(names([...wrong])).toEqual([]);
  });

  it('what NFC changes is marked as unstable, or is white space that becomes other white space', () => {
    const wrong = characters.filter(character => {
      const composed = character.normalize('NFC');
      if (composed === character || (classes.get(character)! & UNSTABLE) !== 0) return false;
      return kindOf(character) !== SPACE || kindOf(composed) !== SPACE;
    });
    expect(names(wrong)).toEqual([]);
  });

  it.each([
    ['STRAẞE', 'strasse'],
    ['ΣΊΣΥΦΟΣ', 'σίσυφοσ'],
    ['İI', 'i\u0307i'],
    ['ﬃ', 'ffi'],
  ])('foldCase(%s) is %s', (given, folded) => {
    expect(foldCase(given)).toBe(folded);
  });
});
