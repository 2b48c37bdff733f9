import {describe, expect, it} from 'vitest';
import {findDifferences, type OwnText, sharedDifference} from '../../../src/detector/own/refusal.js';
import {inventedSet, loose, stiff} from './invented.js';

const human = inventedSet(300, 1, loose);
const machine = inventedSet(300, 2, stiff);
const half = (index: number) => index & 1;
const asText = (texts: readonly string[]): OwnText[] => texts.map(text => ({text}));
const seen = (h: readonly string[], m: readonly string[]) => findDifferences(asText(h), asText(m), half);
const kinds = (h: readonly string[], m: readonly string[]) => seen(h, m).map(({kind}) => kind);

describe('what tells two sets apart without any style', () => {
  it('is nothing where only the style differs', () => {
    expect(seen(human, machine)).toEqual([]);
  });

  it('is length, whichever set is longer, and where one is in between', () => {
    const doubled = machine.map(text => `${text} ${text}`);
    expect(kinds(human, doubled)).toContain('length');
    expect(kinds(doubled, human)).toContain('length');
    const exact = machine.map(text => `${text} ${text}`.slice(0, 600));
    expect(kinds(human, exact)).toContain('length');
  });

  it.each([
    ['curly quotation marks', (text: string) => `“${text}”`, (text: string) => `"${text}"`],
    [
      'letters of a wrong encoding',
      (text: string) => text.replaceAll(' and ', ' andâ€™ '),
      (text: string) => text,
    ],
    ['texts all in small', (text: string) => text.toLowerCase(), (text: string) => text],
    ['in capital letters', (text: string) => text.toUpperCase(), (text: string) => text],
    ['carriage returns', (text: string) => text.replaceAll('. ', '.\r\n'), (text: string) => text],
    [
      'NFD',
      (text: string) => text.replaceAll('harbour', 'cafe\u0301').concat(' cafe\u0301'),
      (text: string) => `${text} café`,
    ],
    ['spaces before punctuation', (text: string) => text.replaceAll('.', ' .'), (text: string) => text],
  ])('is %s', (name, one, other) => {
    for (const differences of [
      seen(human.map(one), machine.map(other)),
      seen(human.map(other), machine.map(one)),
    ]) {
      const found = differences.find(({what}) =>
        what.includes(name.replace('curly ', 'curly rather than straight ')),
      );
      expect(found?.alone?.area).toBeGreaterThan(0.9);
      expect(found?.advice).toContain('same export');
    }
  });

  it('is a wrong encoding of a part already, as it would be learnt', () => {
    const some = machine.map((text, index) => (index % 5 < 2 ? text.replace(' and ', ' andâ€™ ') : text));
    expect(seen(human, some).map(({what}) => what)).toContainEqual(
      expect.stringContaining('letters of a wrong encoding'),
    );
  });

  it('is one word, at the start, anywhere, or at the end', () => {
    const found = seen(
      human,
      machine.map((text, index) => (index % 10 < 8 ? `Sure thing: ${text} Goodbye` : text)),
    );
    expect(found.map(({what}) => what)).toEqual(
      expect.arrayContaining([
        expect.stringContaining(
          '`sure thing:` stands at the start of 0.0 % of the human and 80 % of the machine',
        ),
      ]),
    );
    expect(found[0]!.alone).toEqual({area: 0.9, rate: 0.8});
  });

  it('is a word that the human set has', () => {
    const found = seen(
      human.map(text => `${text} #end`),
      machine,
    ).find(({kind}) => kind === 'marker');
    expect(found?.what).toContain('#end');
    expect(found?.alone).toEqual({area: 1, rate: 1});
  });

  it('is a field that takes other values in each, and not one that both share', () => {
    const of = (texts: readonly string[], kind: string) => texts.map(text => ({text, kind}));
    const found = findDifferences(of(human, 'letters'), of(machine, 'reports'), half, 'domain');
    expect(found.map(({kind}) => kind)).toEqual(['field']);
    expect(found[0]!.what).toBe(
      'The field `domain` alone tells the sets apart: the human records are `letters`, those of the machine `reports`',
    );
    expect(findDifferences(of(human, 'letters'), of(machine, 'letters'), half)).toEqual([]);
    expect(findDifferences(of(human, 'letters'), asText(machine), half)).toEqual([]);
  });

  it('is that records stand in both', () => {
    expect(sharedDifference(3, 300)).toBeUndefined();
    expect(sharedDifference(4, 300)).toMatchObject({kind: 'duplicates'});
  });
});
