import {expect, test} from 'vitest';
import {renderHtml} from '../../src/report/html.js';
import {renderSummary} from '../../src/report/job-summary.js';
import type {Report} from '../../src/report/report.js';
import {sampling} from '../../src/report/sampling.js';
import {renderStylish} from '../../src/report/stylish.js';
import {full, gates, rules} from './samples.js';

const sampled: Report = {
  ...full,
  sample: {oneIn: 8, rules: ['tail/survival', 'tail/topics', 'format/concentration', 'homogeneity/voice']},
};
const options = {rules, gates, color: false, unicode: true, width: 200};
const sentence = 'The rules of format, homogeneity and tail on the round as a whole read 1 record in 8';

test('says once which families read a sample, and how to have all', () => {
  expect(sampling(sampled)).toMatch(sentence);
  expect(sampling({sample: {oneIn: 2, rules: ['tail/survival']}})).toMatch('The rules of tail on');
  expect(sampling(full)).toBeUndefined();
});

test.each([
  ['the terminal', (report: Report) => renderStylish(report, options)],
  ['the page', (report: Report) => renderHtml(report, {rules, gates})],
  ['the job summary', (report: Report) => renderSummary(report, {rules, gates})],
])('%s says so, and nothing where all was read', (_, render) => {
  expect(render(sampled)).toContain(sentence);
  expect(render(full)).not.toContain('1 record in');
});
