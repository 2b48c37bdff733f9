import {expect, test} from 'vitest';
import {formatNames, loadFormat} from '../../src/report/index.js';
import {clean, gates, rules} from './samples.js';

test('every format is loaded by its name and renders a report', async () => {
  for (const name of formatNames) {
    const render = await loadFormat(name);
    expect(render(clean, {color: false, width: 80, rules, gates})).toContain('1');
  }
});

test.each([
  ['jsn', 'Did you mean `json`?'],
  ['JSON', 'Did you mean `json`?'],
  ['stylsh', 'Did you mean `stylish`?'],
  ['constructor', ' Known formats: stylish, statistics, html, json, jsonl, sarif, github, junit, markdown.'],
])('%s is refused with what there is', async (name, hint) => {
  await expect(loadFormat(name)).rejects.toThrow(`Unknown format \`${name}\``);
  await expect(loadFormat(name)).rejects.toThrow(hint);
});

test('the name in the message is harmless', async () => {
  await expect(loadFormat('\x1b[2J')).rejects.toThrow('Unknown format `␛[2J`');
});
