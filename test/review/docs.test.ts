import {readFileSync} from 'node:fs';
import {expect, test} from 'vitest';
import {formatDecision, parseDecision} from '../../src/decisions/decision.js';
import {keyHelp} from '../../src/review/keys.js';

const page = readFileSync(new URL('../../docs/review.md', import.meta.url), 'utf8');

test('docs/review.md lists the keys as the help does', () => {
  const rows = [...page.matchAll(/^\| (`.*`) \| (.*) \|$/gm)].map(([, keys, what]) => [
    keys!.replaceAll('`', ''),
    what,
  ]);
  expect(rows).toEqual(keyHelp.map(([keys, what]) => [keys, what]));
});

test('docs/review.md shows a decision as it is written', () => {
  const line = /^\{"when".*\}$/m.exec(page)![0].replace('7d0c…', '7d0c'.padEnd(32, '0'));
  expect(formatDecision(parseDecision(line))).toBe(`${line}\n`);
});
