import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ProfileError} from '../../src/profile/container/index.js';
import {
  type Column,
  decodeTable,
  encodeTable,
  requireLengths,
  type TableSchema,
  textColumn,
} from '../../src/profile/container/table.js';

const names = fc.oneof(
  fc.string({maxLength: 12, unit: 'grapheme'}),
  fc.constantFrom('__proto__', 'length', '1'),
);
const column: fc.Arbitrary<readonly [keyof typeof plain, Column]> = fc.oneof(
  fc.uint8Array().map(values => ['u8', values] as const),
  fc.uint16Array().map(values => ['u16', values] as const),
  fc.uint32Array().map(values => ['u32', values] as const),
  fc.float64Array().map(values => ['f64', values] as const),
  fc.array(fc.string({unit: 'grapheme'})).map(values => ['text', values] as const),
);
const tables = fc.uniqueArray(fc.tuple(names, column), {selector: entry => entry[0], maxLength: 6});

/** Columns as plain arrays, to be compared. */
const plain = {
  u8: (values: ArrayLike<number>) => Array.from(values),
  u16: (values: ArrayLike<number>) => Array.from(values),
  u32: (values: ArrayLike<number>) => Array.from(values),
  f64: (values: ArrayLike<number>) => Array.from(values),
  text: (values: {length: number; at(index: number): string | undefined}) =>
    Array.from({length: values.length}, (_, index) => values.at(index)),
};

function encode(columns: Readonly<Record<string, Column>>): Uint8Array<ArrayBuffer> {
  return encodeTable(columns);
}

/** A table with this schema text and nothing else that is wrong. */
function withSchema(json: string, bodyBytes = 0): Uint8Array<ArrayBuffer> {
  const schema = Buffer.from(json + ' '.repeat((8 - (Buffer.byteLength(json) % 8)) % 8));
  const table = new Uint8Array(8 + schema.length + bodyBytes);
  table.set(encode({}).subarray(0, 4));
  new DataView(table.buffer).setUint32(4, schema.length, true);
  table.set(schema, 8);
  return table;
}

describe('a table of columns', () => {
  it('gives back what was put in, as views on the same bytes', () => {
    fc.assert(
      fc.property(tables, entries => {
        const schema = Object.fromEntries(entries.map(([name, [type]]) => [name, type])) as TableSchema;
        const payload = encode(Object.fromEntries(entries.map(([name, [, values]]) => [name, values])));
        const decoded = decodeTable('x', payload, schema);
        expect(payload.length % 8).toBe(0);
        expect(Object.keys(decoded)).toEqual(Object.keys(schema));
        for (const [name, [type, values]] of entries) {
          const read = decoded[name]!;
          expect(plain[type](read as never)).toEqual(plain[type](values as never));
          expect(('utf8' in read ? read.utf8 : read).buffer).toBe(payload.buffer);
        }
        expect(encode(decoded as Record<string, Column>)).toEqual(
          encode(
            Object.fromEntries(
              Object.keys(schema).map(name => [name, Object.fromEntries(entries)[name]![1]]),
            ),
          ),
        );
      }),
    );
  });

  it('keeps every bit of a number, also of a NaN with a payload', () => {
    const f64 = new Float64Array(new BigUint64Array([0x7ff800000000beefn, 0x8000000000000000n]).buffer);
    const decoded = decodeTable('x', encode({f64}), {f64: 'f64'});
    expect(new BigUint64Array(decoded.f64.buffer, decoded.f64.byteOffset, 2)).toEqual(
      new BigUint64Array([0x7ff800000000beefn, 0x8000000000000000n]),
    );
  });

  it('takes columns that are a stretch of a larger buffer, and payloads that are not aligned', () => {
    const values = new Uint32Array([1, 2, 3, 4, 5]).subarray(1, 4);
    const payload = encode({values, ids: ['a', 'é']});
    const shifted = new Uint8Array(payload.length + 3);
    shifted.set(payload, 3);
    const decoded = decodeTable('x', shifted.subarray(3), {values: 'u32', ids: 'text'});
    expect([...decoded.values]).toEqual([2, 3, 4]);
    expect(decoded.ids.at(1)).toBe('é');
  });

  it('passes over columns that the reader does not know', () => {
    const decoded = decodeTable('x', encode({later: ['new'], a: bytesOf(7)}), {a: 'u8'});
    expect(Object.keys(decoded)).toEqual(['a']);
    expect([...decoded.a]).toEqual([7]);
  });

  it('keeps a byte order mark and NUL in text; a lone surrogate becomes U+FFFD', () => {
    const decoded = decodeTable('x', encode({t: ['\uFEFFa\0', '', '\uD800b']}), {t: 'text'});
    expect(plain.text(decoded.t)).toEqual(['\uFEFFa\0', '', '\uFFFDb']);
  });

  it('says which column is missing or of another type', () => {
    const payload = encode({a: bytesOf(1)});
    expect(() => decodeTable('fingerprints', payload, {b: 'u8'})).toThrow(
      'Section `fingerprints` of a profile is damaged: column `b` is missing. Rebuild the profile.',
    );
    expect(() => decodeTable('fingerprints', payload, {a: 'u32'})).toThrow(
      'column `a` is of type u8, not u32',
    );
  });

  it('says which column has another length than its reader relies on', () => {
    const decoded = decodeTable('x', encode({ids: ['a', 'b'], hashes: new Uint32Array(8)}), {
      ids: 'text',
      hashes: 'u32',
    });
    expect(() => requireLengths('x', decoded, {ids: 2, hashes: 8})).not.toThrow();
    expect(() => requireLengths('x', decoded, {ids: 2, hashes: 4})).toThrow(
      '`hashes` has 8 values where 4 belong',
    );
    expect(() => requireLengths('x', decoded, {other: 4})).toThrow('`other` has no values where 4 belong');
  });

  it('refuses a row that a text column does not have', () => {
    const text = textColumn(['a']);
    for (const index of [-1, 1, 2 ** 32, Number.NaN]) expect(() => text.at(index)).toThrow(ProfileError);
  });
});

describe('a payload that is not a whole table', () => {
  const schema = {n: 'u32', t: 'text', f: 'f64'} as const;
  const payload = encode({n: new Uint32Array([1, 2, 3]), t: ['one', 'two', ''], f: new Float64Array([0.5])});

  it('is refused, or decodes to columns inside the payload, whatever its bytes are', () => {
    const damage = fc.array(fc.tuple(fc.nat(payload.length - 1), fc.nat(255)), {minLength: 1, maxLength: 8});
    fc.assert(
      fc.property(damage, fc.nat(payload.length), (changes, cut) => {
        const damaged = payload.slice(0, cut === 0 ? payload.length : cut);
        for (const [index, value] of changes) damaged[index % damaged.length] = value;
        readOrRefuse(damaged);
      }),
      {numRuns: 2000},
    );
  });

  it('is refused when it is cut off anywhere, or goes on', () => {
    for (let length = 0; length < payload.length; length++) {
      expect(() => decodeTable('x', payload.slice(0, length), schema)).toThrow(ProfileError);
    }
    const longer = new Uint8Array(payload.length + 8);
    longer.set(payload);
    expect(() => decodeTable('x', longer, schema)).toThrow('it is longer than its columns');
  });

  it('is refused when its schema claims more than there is, without allocating it', () => {
    const lengths = ['4294967296', '9007199254740991', '1e300', '-1', '0.5', '"2"', 'null'];
    for (const length of lengths) {
      expect(() => decodeTable('x', withSchema(`[["n","u32",${length}]]`, 16), schema)).toThrow(ProfileError);
      expect(() => decodeTable('x', withSchema(`[["t","text",1,${length}]]`, 16), schema)).toThrow(
        ProfileError,
      );
      expect(() => decodeTable('x', withSchema(`[["t","text",${length},0]]`, 16), schema)).toThrow(
        ProfileError,
      );
    }
  });

  it('is refused when its schema is none', () => {
    const schemas = [
      '',
      '{}',
      'null',
      '[1]',
      '[["n"]]',
      '[["n","u32"]]',
      '[["n","u64",0]]',
      '[["n",["u8"],0]]',
    ];
    schemas.push(
      '[["n","u32",0,0]]',
      '[["t","text",0]]',
      '[["n","u32",0],["n","u32",0]]',
      '[["n","toString",0]]',
    );
    for (const json of schemas) expect(() => decodeTable('x', withSchema(json), {})).toThrow(ProfileError);
    expect(decodeTable('x', withSchema('[]'), {})).toEqual({});
  });

  it('is refused when the offsets of a text do not ascend from 0 to its end', () => {
    for (const offsets of [
      [1, 1, 2],
      [0, 3, 2],
      [0, 1, 1],
      [0, 1, 3],
      [0, 2 ** 32 - 1, 2],
    ]) {
      const table = withSchema('[["t","text",2,2]]', 24);
      table.set(new Uint8Array(Uint32Array.from(offsets).buffer), table.length - 24);
      expect(() => decodeTable('x', table, {t: 'text'})).toThrow('offsets that do not fit its text');
    }
  });

  function readOrRefuse(damaged: Uint8Array<ArrayBuffer>): void {
    let columns: ReturnType<typeof decodeTable<typeof schema>>;
    try {
      columns = decodeTable('x', damaged, schema);
    } catch (error) {
      expect(error).toBeInstanceOf(ProfileError);
      return;
    }
    expect(columns.n.byteLength + columns.t.utf8.length + columns.f.byteLength).toBeLessThan(damaged.length);
    for (let i = 0; i < columns.t.length; i++) expect(columns.t.at(i).length).toBeLessThan(damaged.length);
  }
});

function bytesOf(...values: readonly number[]): Uint8Array {
  return Uint8Array.from(values);
}
