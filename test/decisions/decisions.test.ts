import {appendFileSync, mkdtempSync, readFileSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {type Decision, formatDecision, parseDecision, verbs} from '../../src/decisions/decision.js';
import {appendDecisions, readDecisions} from '../../src/decisions/file.js';
import {settle} from '../../src/decisions/settled.js';

const hash = 'ab'.repeat(16);

function decision(over: Partial<Decision> = {}): Decision {
  return {
    when: '2026-03-01T10:00:00.000Z',
    who: 'mira',
    decision: 'accept',
    rule: 'duplicate/near',
    hash,
    record: 'data/a.jsonl:12',
    tool: 'collapse-gate 0.1.0',
    ...over,
  };
}

const someone = fc.record({
  when: fc.integer({min: 0, max: 5}).map(second => `2026-03-01T10:00:0${second}.000Z`),
  who: fc.constantFrom('mira', 'tove'),
  decision: fc.constantFrom(...verbs),
  rule: fc.constantFrom('duplicate/near', 'synthetic/style'),
  hash: fc.constantFrom(hash, 'cd'.repeat(16)),
  record: fc.string({minLength: 1}),
  reason: fc.option(fc.string({minLength: 1}), {nil: undefined}),
  tool: fc.constant('collapse-gate 0.1.0'),
}) as fc.Arbitrary<Decision>;

describe('lines', () => {
  test('what is written is read, in any text', () => {
    fc.assert(
      fc.property(someone, one => {
        const line = formatDecision(one);
        expect(line.endsWith('\n')).toBe(true);
        expect(line.slice(0, -1)).not.toContain('\n');
        expect(parseDecision(line)).toEqual(JSON.parse(JSON.stringify(one)));
      }),
    );
  });

  test.each([
    ['<<<<<<< HEAD', 'a conflict of a git merge is left in the file'],
    ['[]', 'no JSON object'],
    [JSON.stringify({...decision(), decision: 'maybe'}), 'none of accept, reject, waive, undo'],
    [JSON.stringify({...decision(), when: 'yesterday'}), '`when` is no date'],
    [JSON.stringify({...decision(), hash: '12'}), '32 hexadecimal digits'],
    [JSON.stringify({...decision(), who: ''}), '`who` is no text'],
  ])('%s is refused with its line', (line, message) => {
    const file = join(mkdtempSync(join(tmpdir(), 'decisions-')), 'decisions.jsonl');
    writeFileSync(file, `${formatDecision(decision())}\n${line}\n`);
    expect(() => readDecisions(file)).toThrow(`${file}:3 `);
    expect(() => readDecisions(file)).toThrow(message);
  });
});

describe('the file', () => {
  test('grows by whole lines, also after a line that was cut short', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'decisions-')), '.collapse', 'decisions.jsonl');
    expect(readDecisions(file)).toEqual([]);
    appendDecisions(file, [decision(), decision({who: 'tove'})]);
    expect(readDecisions(file).map(({who}) => who)).toEqual(['mira', 'tove']);
    writeFileSync(file, readFileSync(file, 'utf8').trimEnd());
    appendDecisions(file, [decision({who: 'ida'})]);
    expect(readDecisions(file).map(({who}) => who)).toEqual(['mira', 'tove', 'ida']);
    appendFileSync(file, '{"when":');
    expect(() => readDecisions(file)).toThrow(':4 This line is no decision');
  });
});

describe('what holds', () => {
  test('each reviewer has the last word over themselves', () => {
    const later = decision({when: '2026-03-01T11:00:00.000Z', decision: 'reject'});
    expect(settle([later, decision()]).get(hash)?.verdict).toEqual(later);
  });

  test('reviewers who disagree settle nothing', () => {
    const other = decision({who: 'tove', decision: 'reject', when: '2026-03-01T12:00:00.000Z'});
    const settled = settle([other, decision()]).get(hash)!;
    expect(settled.verdict).toBeUndefined();
    expect(settled.conflict.map(({who}) => who)).toEqual(['mira', 'tove']);
    const made = decision({who: 'tove', when: '2026-03-01T13:00:00.000Z'});
    expect(settle([other, decision(), made]).get(hash)?.conflict).toEqual([]);
  });

  test('a waiver stands beside a verdict, and each can be undone', () => {
    const waiver = decision({decision: 'waive', rule: 'format/headed', reason: 'a quotation'});
    const undo = decision({decision: 'undo', rule: 'format/headed', when: '2026-03-02T10:00:00.000Z'});
    expect([...settle([waiver, decision()]).get(hash)!.waived.keys()]).toEqual(['format/headed']);
    const left = settle([waiver, decision(), undo]).get(hash)!;
    expect([...left.waived.keys()]).toEqual([]);
    expect(left.verdict?.decision).toBe('accept');
    expect(settle([waiver, undo]).size).toBe(0);
  });

  test('two files give the same in any order of merging, as far as times tell', () => {
    const distinct = fc.uniqueArray(someone, {selector: ({when}) => when, maxLength: 6});
    fc.assert(
      fc.property(distinct, fc.integer({min: 0, max: 6}), (all, cut) => {
        const merged = [...all.slice(cut), ...all.slice(0, cut)];
        expect(settle(merged)).toEqual(settle(all));
      }),
    );
  });
});
