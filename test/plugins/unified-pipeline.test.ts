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

/** Says something of each long word: at the node, at a point, or at no place. */
function longWords() {
  return (tree: unknown, file: VFile) => {
    visit(tree as Node, node => {
      if (node.type !== 'WordNode' || node.position === undefined) return;
      const {start, end} = node.position;
      const length = end.offset! - start.offset!;
      if (length > 8) file.message('long word', {place: node.position, source: 'ours', ruleId: 'long'});
      else if (length === 8) file.message('eight letters', {place: start});
      else if (length === 7) file.message('seven letters');
    });
  };
}

interface Node {
  readonly type: string;
  readonly children?: readonly Node[];
  readonly position?: NonNullable<Parameters<VFile['message']>[1]> & {
    readonly start: {readonly line: number; readonly column: number; readonly offset?: number};
    readonly end: {readonly line: number; readonly column: number; readonly offset?: number};
  };
}

function visit(node: Node, look: (node: Node) => void): void {
  look(node);
  for (const child of node.children ?? []) visit(child, look);
}

test('retext plugins say through a rule what they say by themselves, at the same places', async () => {
  const use = [retextRepeatedWords, longWords];
  const ours = definePlugin({name: 'ours', rules: [retextRule({id: 'ours/prose', use})]});
  const gate = await openGate({
    config: {rules: {'*': 'off', 'ours/prose': 'warn'}},
    plugins: [ours],
    cache: false,
  });
  const words = [
    'Nine',
    'boats',
    'boats',
    'came',
    'lighthouse',
    'harbours',
    'lantern',
    'é',
    '𝄞',
    'the',
    'The',
  ];
  const text = fc
    .array(fc.tuple(fc.constantFrom(...words), fc.constantFrom(' ', ' ', '. ', '\n', '\r\n\n', ', “')), {
      minLength: 1,
      maxLength: 40,
    })
    .map(parts => parts.flat().join(''));
  await fc.assert(
    fc.asyncProperty(text, async value => {
      const file = new VFile(value);
      const processor = unified().use(retextEnglish).use(use);
      await processor.run(processor.parse(file), file);
      const direct = file.messages.map(({reason, source, ruleId, place}) => [
        `${reason} (${source === undefined ? 'retext' : `${source}:${ruleId}`})`,
        place === undefined ? undefined : 'start' in place ? place.start.offset : place.offset,
        place === undefined ? undefined : 'start' in place ? place.end.offset : place.offset,
      ]);
      for await (const {findings} of gate.judge([{text: value}]))
        expect(findings.map(({message, span}) => [message, span?.start, span?.end])).toEqual(direct);
    }),
    {numRuns: 60},
  );
  await gate.close();
});

test('in a pipeline rules find what `check` finds, in the same places', async () => {
  const texts = [
    residue,
    'Nine boats came in.',
    'Nine boats  came in.',
    'Certainly! Here is the log.\r\n\r\nI hope this helps!\n\nSincerely,\n[Your Name]\n',
    'The lamp 𝄞 was lit.<|im_end|>\n\nAs an AI language model, I was not there.\n',
  ];
  const rules = {
    '*': 'off',
    'synthetic/assistant-boilerplate': 'error',
    'synthetic/chat-residue': 'warn',
    'duplicate/exact': 'warn',
    'duplicate/near': 'warn',
  } as const;
  const gate = await openGate({config: {rules, gates: {duplication: 'off'}}, cache: false});
  const seen: unknown[] = [];
  for (const [at, value] of texts.entries()) {
    const file = new VFile({path: `${at}.md`, value});
    const pipeline = at % 2 === 0 ? unified().use(remarkParse) : unified().use(retextEnglish);
    const processor = pipeline.use(lint, {gate});
    await processor.run(processor.parse(file), file);
    for (const {ruleId, fatal, place} of file.messages) {
      const [start, end] = place && 'start' in place ? [place.start.offset, place.end.offset] : [];
      seen.push([at, ruleId, fatal ? 'error' : 'warn', start, end]);
    }
  }
  await gate.close();
  const root = folder({'round.jsonl': texts.map((text, at) => ({id: `${at}.md`, text}))});
  const {report} = await checkIn(root, {rules, gates: {duplication: 'off'}});
  const checked = report.findings.map(({record, rule, level, span}) => [
    record.line! - 1,
    rule,
    level,
    span?.part === 'text' ? span.start : undefined,
    span?.part === 'text' ? span.end : undefined,
  ]);
  expect(seen).toEqual(checked);
  expect(new Set(checked.map(([, rule]) => rule)).size).toBeGreaterThan(2);
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
