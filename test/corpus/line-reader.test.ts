import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {encodingOf, parseLine} from '../../src/corpus/jsonl.js';
import {createLineReader, unread} from '../../src/corpus/line-reader.js';
import {splitLines} from '../../src/corpus/lines.js';
import {compileShape} from '../../src/corpus/shape.js';
import {createRecordParser, ScannedRecord} from '../../src/engine/record.js';

const reader = createLineReader();
const shape = compileShape({});
const roles = ['id', 'source', 'generator'] as const;

/** Reads all lines of a chunk, holds each that is read against JSON.parse, and returns how many were. */
function readsAsJsonParse(chunk: string | Buffer): number {
  const bytes = Buffer.from(chunk);
  if (encodingOf(bytes) === 'mixed') return 0;
  reader.load(bytes);
  const lines = splitLines(bytes);
  let read = 0;
  for (let row = 0; row < lines.count; row++) {
    const [start, end] = [lines.starts[row]!, lines.ends[row]!];
    if (!reader.read(start, end)) continue;
    read++;
    const parsed = parseLine(bytes, start, end, 'utf8');
    if ('reason' in parsed) throw new Error(`read what is malformed: ${bytes.toString('utf8', start, end)}`);
    const parts = shape(parsed.fields);
    if ('reason' in parts) throw new Error(`read what has no text: ${bytes.toString('utf8', start, end)}`);
    const {text, prompt, response, ...rest} = parts;
    expect({
      text: reader.part('text'),
      prompt: reader.part('prompt'),
      response: reader.part('response'),
    }).toEqual({text, prompt, response});
    for (const [part, value] of Object.entries({text, prompt, response, chosen: undefined} as const)) {
      const name = part as 'text' | 'chosen';
      expect(reader.has(name)).toBe(value !== undefined);
      if (value === undefined) continue;
      expect(reader.length(name)).toBe(value.length);
      for (const units of [0, 1, 5, value.length])
        expect(reader.start(name, units)).toBe(value.slice(0, units));
    }
    expect(Buffer.from(reader.utf8()).equals(Buffer.from(text))).toBe(true);
    for (const role of roles) {
      const name = reader.name(role);
      if (name !== unread) expect(name).toBe(rest[role]);
    }
    expect([rest.chosen, rest.rejected]).toEqual([undefined, undefined]);
    expect([...reader.names].sort()).toEqual(Object.keys(parsed.fields).sort());
    for (const name of reader.names) {
      expect(reader.field(name)).toEqual(parsed.fields[name]);
    }
  }
  return read;
}

describe('a line that is read where it stands', () => {
  it.each([
    '{"text":"a lamp"}',
    ' { "text" : "a lamp" , "n" : -1.5e+3 , "meta" : {"a":[1,{"b":null}],"c":{}} , "ok":true } \r',
    String.raw`{"id":"7","source":"log","text":"a\tlamp\n\"lit\" \/ \\ \u00e9 \ud83d\udca1 \u0000 é 💡"}`,
    '{"id":7,"prompt":"How high?","response":"31 metres.","generator":"m"}',
    '{"instruction":"Sum up.","input":"","output":""}',
    '{"instruction":"","input":"A lamp.","output":"Light."}',
    '{"instruction":"Sum up.","input":null,"output":"Light.","source":"","dataset":"log"}',
    `{"text":"${'lamp '.repeat(500)}"}`,
    '{"__proto__":"x","constructor":1,"text":"a lamp"}',
  ])('is what JSON.parse makes of it: %s', line => {
    expect(readsAsJsonParse(line)).toBe(1);
  });

  it.each([
    ['no object', '["a"]'],
    ['no text', '{}'],
    ['a blank text', '{"text":" \\n"}'],
    ['a lone surrogate', String.raw`{"text":"a \ud83d lamp"}`],
    ['halves in the wrong order', String.raw`{"text":"a \udca1\ud83d lamp"}`],
    ['a key twice', '{"text":"a","text":"b"}'],
    ['an escape in a key', String.raw`{"te\u0078t":"a"}`],
    ['messages', '{"messages":[{"role":"user","content":"q"}],"text":"a"}'],
    ['a preference', '{"chosen":"a","rejected":"b","prompt":"q"}'],
    ['an answer that is a number', '{"prompt":"q","response":4}'],
    ['a byte order mark', '\ufeff{"text":"a"}'],
    ['nesting without end', `{"text":"a","b":${'['.repeat(5000)}${']'.repeat(5000)}}`],
    ...[
      '{"text":"a"',
      '{"text":"a"}}',
      '{"text":"a",}',
      '{"text" "a"}',
      "{'text':'a'}",
      '{"text":"a\tb"}',
      '{"text":"a\\x"}',
      '{"text":"a\\u12g4"}',
      '{"text":"a","n":01}',
      '{"text":"a","n":1.}',
      '{"text":"a","n":-}',
      '{"text":"a","n":1e}',
      '{"text":"a","n":tru}',
      '{"text":"a","n":[1,]}',
      '{"text":"a","n":{"b"}}',
      '{"text":"a\\"}',
    ].map(line => ['broken JSON', line] as const),
  ])('is left to JSON.parse: %s, %s', (_, line) => {
    expect(readsAsJsonParse(line)).toBe(0);
  });

  it('is not taken for one with the fields of the line before', () => {
    const lines = [
      '{"text":"a"}',
      '{}',
      '{"text":"b"}',
      '{"test":"c"}',
      '{"text":"d","id":"e"}',
      '{"id":"f"}',
    ];
    expect(readsAsJsonParse(lines.join('\n'))).toBe(3);
    expect(readsAsJsonParse('{}\n{"text":"g"}')).toBe(1);
  });

  const character = fc.oneof(
    {weight: 6, arbitrary: fc.constantFrom(...'ab .\n\t"\\/é💡語\u0000\u007f\ufeff\u00a0')},
    {weight: 1, arbitrary: fc.string({unit: 'binary', minLength: 1, maxLength: 1})},
  );
  const text = fc.array(character, {maxLength: 40}).map(list => list.join(''));
  const key = fc.constantFrom(
    ...['text', 'content', 'prompt', 'instruction', 'input', 'context', 'response', 'output', 'id', 'uid'],
    ...['source', 'dataset', 'generator', 'model', 'messages', 'chosen', 'rejected', '__proto__', '7', 'é'],
  );
  const value = fc.oneof({weight: 4, arbitrary: text}, {weight: 1, arbitrary: fc.jsonValue({maxDepth: 3})});
  /** Escapes of some characters that need none. */
  const withEscapes = (json: string, every: number) =>
    json.replace(/[^\s"\\{}[\]:,\d.+-]/g, (each, at: number) =>
      at % every === 0 && json[at - 1] !== '\\' && !/[a-z]/.test(each)
        ? `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`
        : each,
    );
  const begun = text.map(rest => `a${rest}`);
  const body = fc.oneof(
    fc.tuple(fc.tuple(fc.constantFrom('text', 'content'), begun)),
    fc.tuple(fc.tuple(fc.constant('instruction'), begun), fc.tuple(fc.constant('output'), text)),
    fc.tuple(fc.tuple(fc.constant('prompt'), begun), fc.tuple(fc.constant('response'), begun)),
  );
  const line = fc
    .tuple(
      fc.array(fc.tuple(key, value), {maxLength: 3}),
      body,
      fc.array(fc.tuple(key, value), {maxLength: 2}),
      fc.integer({min: 1, max: 5}),
      fc.boolean(),
    )
    .map(([before, own, after, every, loose]) => {
      const [comma, colon] = loose ? [' , ', '\t: '] : [',', ':'];
      const pairs = [...before, ...own, ...after];
      const json = pairs
        .map(([name, held]) => JSON.stringify(name) + colon + JSON.stringify(held))
        .join(comma);
      return `{${withEscapes(json, every)}}`;
    });

  it('is what JSON.parse makes of it, whatever it holds', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(line, {maxLength: 5}), lines => {
        read += readsAsJsonParse(lines.join('\r\n'));
      }),
      {numRuns: 1500, seed: 4},
    );
    expect(read).toBeGreaterThan(500);
  });

  it('is what JSON.parse makes of it, whatever byte was hit', () => {
    fc.assert(
      fc.property(line, fc.nat(), fc.constantFrom(...'"\\,:{}[]0e-. u\n', 'é'), (json, at, other) => {
        const place = at % (json.length + 1);
        readsAsJsonParse(json.slice(0, place) + other + json.slice(place + 1));
        readsAsJsonParse(json.slice(0, place) + json.slice(place + 1));
      }),
      {numRuns: 1500, seed: 5},
    );
  });
});

describe('a record of a line', () => {
  const json = '{"id":"7","n":1,"prompt":"How high?","response":"31 metres","source":"log"}';
  const bytes = Buffer.from(`${json}\n{"text":"another"}\n`);
  const place = {path: 'a.jsonl', line: 1, bytes: [0, json.length]} as const;

  it('is the same before and after the reader went on', () => {
    const whole = createRecordParser({})(bytes, 0, json.length, 'ascii', place) as ScannedRecord;
    const of = (record: ScannedRecord) => {
      const {id, text, prompt, response, source, generator, chosen, rejected, fields, hash} = record;
      const parts = (['text', 'prompt', 'response', 'chosen'] as const).map(part => [
        record.hasPart(part),
        record.lengthOf(part),
        record.startOf(part, 4),
      ]);
      const named = [record.field('n'), record.field('source'), record.field('m'), record.field('toString')];
      return {id, text, prompt, response, source, generator, chosen, rejected, fields, hash, named, parts};
    };
    reader.load(bytes);
    expect(reader.read(0, json.length)).toBe(true);
    const early = new ScannedRecord(place, {bytes, start: 0, end: json.length}, reader);
    const late = new ScannedRecord(place, {bytes, start: 0, end: json.length}, reader);
    expect(of(early)).toEqual(of(whole));
    expect(reader.read(json.length + 1, bytes.length - 1)).toBe(true);
    expect(of(late)).toEqual(of(whole));
    expect(late.utf8).toBeUndefined();
  });
});
