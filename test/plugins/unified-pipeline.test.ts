import fc from 'fast-check';
import remarkParse from 'remark-parse';
import remarkStringify from 'remark-stringify';
import retextEnglish from 'retext-english';
import retextRepeatedWords from 'retext-repeated-words';
import {unified} from 'unified';
import {VFile} from 'vfile';
import {expect, test} from 'vitest';
import {lint, retextRule} from '../../plugins/unified/index.js';
import {placesIn} from '../../plugins/unified/points.js';
import {definePlugin, openGate} from '../../src/index.js';
import {checkIn, folder} from '../engine/rounds.js';

const config = {
  rules: {'*': 'off', 'synthetic/assistant-boilerplate': 'error', 'duplicate/exact': 'error'},
  gates: {duplication: 'off'},
} as const;
const residue = '# Harbour\n\nNine boats came in.\n\nAs an AI language model, I cannot count them.\n';

test('in a remark pipeline, what rules say are messages with their places, and the tree stays as it is', async () => {
  const gate = await openGate({config, cache: false});
  const pipeline = unified().use(remarkParse).use(lint, {gate}).use(remarkStringify);
  const file = await pipeline.process(new VFile({path: 'harbour.md', value: residue}));
  expect(String(file)).toBe(residue);
  const [message] = file.messages;
  expect(message).toMatchObject({source: 'collapse', ruleId: 'synthetic/assistant-boilerplate', fatal: true});
  const {start, end} = message!.place as {start: {line: number; offset: number}; end: {offset: number}};
  expect(start.line).toBe(5);
  expect(residue.slice(start.offset, end.offset)).toContain('As an AI language model');
  expect(file.data.collapse).toMatchObject({verdict: 'reject'});
  // A file that repeats an earlier one of the same gate; many at once are judged one after the other.
  const more = await Promise.all(
    ['a.md', 'b.md'].map(path => pipeline.process(new VFile({path, value: 'Nine boats.'}))),
  );
  expect(more.map(({messages}) => messages.map(({ruleId}) => ruleId))).toEqual([[], ['duplicate/exact']]);
  await gate.close();
  await expect(pipeline.process('late')).rejects.toThrow();
});

test('in a retext pipeline, with the fields that a rule reads, and what a gate refuses by itself', async () => {
  const gate = await openGate({
    config: {
      rules: {'*': 'off', 'detector/score': 'warn'},
      gates: {detector: {maximum: 0.5}, duplication: 'off'},
    },
    cache: false,
  });
  const run = async (fields: Record<string, unknown>) => {
    const file = new VFile('Nine boats came in.');
    const pipeline = unified().use(retextEnglish).use(lint, {gate, fields});
    await pipeline.run(pipeline.parse(file), file);
    return file.messages.map(({ruleId, reason}) => `${ruleId}: ${reason}`);
  };
  expect(await run({cls_confidence: 0.2})).toEqual([]);
  expect(await run({cls_confidence: 0.9})).toEqual([
    'gate/detector: the detector says 0.9, at most 0.5 wanted',
  ]);
  expect(await run({})).toEqual([
    'gate/detector: signal `detector` is missing: there is no score at `cls_confidence`',
  ]);
  await gate.close();
});

test('retext plugins are rules, with the places that they name', async () => {
  const ours = definePlugin({
    name: 'ours',
    rules: [
      retextRule({
        id: 'ours/repeated-words',
        use: [retextRepeatedWords],
        part: 'response',
        recommended: 'error',
      }),
    ],
  });
  const root = folder({
    'round.jsonl': [
      {prompt: 'the the', response: 'Nine boats came in.'},
      {prompt: 'How many?', response: 'Nine boats came came in.'},
      {text: 'no answer here here'},
    ],
  });
  const {scan} = await import('../../src/index.js');
  const report = await scan(['round.jsonl'], {
    cwd: root,
    cache: false,
    plugins: [ours],
    config: {rules: {'*': 'off', 'ours/repeated-words': 'error'}, gates: {duplication: 'off'}},
  });
  expect(report.findings.map(({record, message, span}) => [record.line, message, span])).toEqual([
    [2, expect.stringContaining('came'), {part: 'response', start: 11, end: 20}],
  ]);
  expect(report.totals).toMatchObject({accepted: 2, rejected: 1});
  expect((await checkIn(root, {rules: {'*': 'off'}})).report.totals.accepted).toBe(3);
});

test('a retext plugin that wants to be waited for ends the run with the name of its rule', async () => {
  const slow = () => async () => {};
  const ours = definePlugin({name: 'ours', rules: [retextRule({id: 'ours/slow', use: [slow]})]});
  const gate = await openGate({config: {}, plugins: [ours], cache: false});
  await expect(gate.judge([{text: 'Nine boats.'}]).next()).rejects.toThrow('ours/slow');
});

test('places are those of lines and columns, whatever ends a line', () => {
  const text = fc
    .array(fc.constantFrom('a', 'é', '\n', '\r', '\r\n', '𝄞'), {maxLength: 30})
    .map(parts => parts.join(''));
  fc.assert(
    fc.property(text, fc.nat(40), (value, offset) => {
      const {start} = placesIn(value)(offset, offset);
      const before = value.slice(0, start.offset);
      // Between `\r` and `\n` a line has not ended.
      fc.pre(!(before.endsWith('\r') && value[start.offset] === '\n'));
      const lines = before.split(/\r\n|\r|\n/);
      expect([start.line, start.column]).toEqual([lines.length, lines.at(-1)!.length + 1]);
    }),
  );
});
