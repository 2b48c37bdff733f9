import {expect, test} from 'vitest';
import {loadConfig} from '../../src/config/load.js';
import {createPlan} from '../../src/engine/plan.js';
import {createScanner, type ScanTask} from '../../src/engine/scanner.js';

const {config, registry} = await loadConfig({cwd: import.meta.dirname, config: {}});
const plan = createPlan(config, registry);

function task(index: number, texts: readonly string[]): ScanTask {
  const lines = texts.map(text => `${JSON.stringify({id: `${index}-${text.length}`, text})}\n`).join('');
  return {
    index,
    input: 0,
    start: 0,
    last: true,
    firstLine: 0,
    bytes: new Uint8Array(Buffer.from(lines)),
  };
}

test('chunks that are scanned at the same time do not get into one another', async () => {
  const scanner = () =>
    createScanner(plan, [{path: 'a.jsonl'}], {withRuns: false, dense: false, nameAll: true});
  const tasks = [
    task(0, ['The lamp is lit at dusk.', 'Nobody came up the stairs.']),
    task(1, ['Thirty-one metres of stone, and the sea around it.']),
  ];
  const one = scanner();
  const apart = [await one.scan(tasks[0]!), await one.scan(tasks[1]!)];
  const other = scanner();
  expect(await Promise.all(tasks.map(each => other.scan(each)))).toEqual(apart);
  expect(apart.map(({names}) => [...names.values()].map(({id}) => id))).toEqual([['0-24', '0-26'], ['1-50']]);
});
