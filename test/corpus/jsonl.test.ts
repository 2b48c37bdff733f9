import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {findJsonError} from '../../src/corpus/jsonError.js';
import {encodingOf, parseLine} from '../../src/corpus/jsonl.js';

function parse(line: string | Uint8Array) {
  const bytes = Buffer.from(line);
  return parseLine(bytes, 0, bytes.length, encodingOf(bytes));
}

describe('parseLine', () => {
  it.each<[line: string, fields: unknown]>([
    ['{"a":1}', {a: 1}],
    ['  {"a": [1, {"b": null}]}\t', {a: [1, {b: null}]}],
    ['{"a":"é 語 😀"}', {a: 'é 語 😀'}],
    ['{"a":1,"a":2}', {a: 2}],
    ['{"a":"\\ud800"}', {a: '\ud800'}],
    ['{"a":"\\u0000"}', {a: '\0'}],
    ['{}', {}],
  ])('reads %s', (line, fields) => expect(parse(line)).toEqual({fields}));

  it('keeps `__proto__` an ordinary key', () => {
    const parsed = parse('{"__proto__":{"text":"x"}}') as {fields: object};
    expect(Object.keys(parsed.fields)).toEqual(['__proto__']);
    expect('text' in parsed.fields).toBe(false);
  });

  it.each<[line: string, reason: string]>([
    ['[1]', 'The line holds an array, not an object; write one `{…}` per line'],
    ['[]', 'The line holds an empty array, not an object'],
    ['null', 'The line holds null, not an object'],
    ['42', 'The line holds a number, not an object'],
    ['"text"', 'The line holds a string, not an object'],
    ['true', 'The line holds a boolean, not an object'],
    ['{"a":}', 'Broken JSON at column 6: expected a value, met `}`'],
    ['{"a":1', 'Broken JSON at column 7: expected `,` or `}`, met the end of the line'],
    ['{"a":[1 2]}', 'Broken JSON at column 9: expected `,` or `]`, met `2`'],
    ['{"a":[1,]}', 'Broken JSON at column 9: expected a value, met `]`'],
    ['{"a":1,}', 'Broken JSON at column 8: expected a key in double quotes, met `}`'],
    ["{'a':1}", "Broken JSON at column 2: expected a key in double quotes, met `'`"],
    ['{"a" 1}', 'Broken JSON at column 6: expected `:`, met `1`'],
    ['{"a":1}{"b":2}', 'Broken JSON at column 8: expected the end of the line, met `{`'],
    ['{"a":NaN}', 'Broken JSON at column 6: expected a value, met `NaN`, which JSON does not have'],
    ['{"a":-Infinity}', 'Broken JSON at column 6: expected a value, met `-`'],
    ['{"a":undefined}', 'Broken JSON at column 6: expected a value, met `undefined`'],
    ['{"a":01}', 'Broken JSON at column 7: expected `,` or `}`, met `1`'],
    ['{"a":"x\ty"}', 'Broken JSON at column 8: `\\u{9}` inside a string must be escaped'],
    ['{"a":"\\x"}', 'Broken JSON at column 7: this backslash begins no JSON escape'],
    ['{"a":"x', 'Broken JSON at column 8: the string that begins at column 6 does not end'],
    ['{"a', 'Broken JSON at column 4: the string that begins at column 2 does not end'],
    ['plain words', 'Broken JSON at column 1: expected a value, met `plain`'],
    ['\ufeff{"a":1}', 'Broken JSON at column 1: expected a value, met a byte order mark'],
    ['{"é":😀}', 'Broken JSON at column 6: expected a value, met `😀`'],
    ['{"a":"x\0"}', 'NUL byte at column 8: the file is damaged or not UTF-8'],
  ])('refuses %s', (line, reason) => {
    expect(parse(line)).toEqual({reason: expect.stringContaining(reason)});
  });

  it.each<[name: string, bytes: number[], reason: string]>([
    ['Latin-1', [0x7b, 0x22, 0xe9, 0x22], 'Invalid UTF-8 at byte 3 of the line (0xE9)'],
    ['a cut character', [0x22, 0xe2, 0x82], 'Invalid UTF-8 at byte 2 of the line (0xE2)'],
    ['an encoded surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22], 'Invalid UTF-8 at byte 2 of the line (0xED)'],
    ['an encoded U+FFFD before', [0xef, 0xbf, 0xbd, 0xff], 'Invalid UTF-8 at byte 4 of the line (0xFF)'],
    ['UTF-16', [0xff, 0xfe, 0x7b, 0], 'The line begins as UTF-16; convert the file with `iconv'],
  ])('refuses %s', (_, bytes, reason) => {
    expect(parse(Uint8Array.from(bytes))).toEqual({reason: expect.stringContaining(reason)});
  });

  it('checks lines one by one only where the chunk is not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from('{"a":"é"}\n'), Buffer.from([0x22, 0xff, 0x22])]);
    expect(encodingOf(bytes)).toBe('mixed');
    expect(encodingOf(bytes.subarray(0, 10))).toBe('utf8');
    expect(encodingOf(Buffer.from('{}'))).toBe('ascii');
    expect(parseLine(bytes, 0, 10, 'mixed')).toEqual({fields: {a: 'é'}});
    expect(parseLine(bytes, 11, bytes.length, 'mixed')).toHaveProperty('reason');
  });

  it('lets no long or harmful text into a reason', () => {
    const hostile = fc.oneof(
      fc.string({unit: 'binary', maxLength: 60}),
      fc.string({unit: fc.constantFrom('\x1b', '\u202e', 'A', '"', '{', '\u0000', '\ud83d', ' ')}),
      fc.constant('A'.repeat(1000)),
    );
    fc.assert(
      fc.property(hostile, line => {
        const parsed = parse(line);
        if (!('reason' in parsed)) return;
        expect(parsed.reason).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(parsed.reason).not.toContain('A'.repeat(21));
        expect(parsed.reason.length).toBeLessThan(250);
      }),
    );
  });
});

describe('findJsonError', () => {
  it('agrees with JSON.parse, and finds the first error', () => {
    const token = fc.constantFrom(
      ...'{}[],:"\\ 01.-+eE',
      'null',
      'true',
      '"a"',
      '\\u00',
      '1e5',
      '\t',
      '\n',
      'é',
    );
    const soup = fc.array(token, {maxLength: 10}).map(tokens => tokens.join(''));
    const damaged = fc
      .tuple(fc.json({maxDepth: 3}), fc.nat(), fc.nat(3), token)
      .map(
        ([json, at, cut, insert]) =>
          json.slice(0, at % json.length) + insert + json.slice((at % json.length) + cut),
      );
    fc.assert(
      fc.property(fc.oneof(fc.json(), soup, damaged), text => {
        let valid = true;
        try {
          JSON.parse(text);
        } catch {
          valid = false;
        }
        const error = findJsonError(text);
        expect(error === undefined).toBe(valid);
        if (!error) return;
        // What stands before the error may be cut short, but has none itself.
        expect(error.at).toBeLessThanOrEqual(text.length);
        expect(findJsonError(text.slice(0, error.at))?.at ?? error.at).toBe(error.at);
      }),
      {numRuns: 2000},
    );
  });

  it('survives a million brackets and a very long string', () => {
    expect(findJsonError('['.repeat(1e6))?.at).toBe(1e6);
    expect(findJsonError(`${'{"a":'.repeat(1e5)}1${'}'.repeat(1e5)}`)).toBeUndefined();
    expect(findJsonError(`{"a":"${'x'.repeat(2e7)}`)?.problem).toContain('does not end');
  });
});
