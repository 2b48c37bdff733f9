import {expect, test} from 'vitest';
import type {Exhibition} from '../../../src/report/exhibit.js';
import {renderHtml} from '../../../src/report/html.js';
import {differenceOf, passageOf} from '../../../src/report/passages.js';
import {spreadOf} from '../../../src/report/spread.js';
import {full, gates, rules} from '../samples.js';
import {elements, parseHtml, structureOf, textOf} from './parse.js';

function exhibition(text: string): Exhibition {
  const record = {id: text, path: text, line: 12};
  return {
    all: 4120,
    spreads: new Map([['novelty', spreadOf([0, 0.2, 0.5, 0.5, 1])]]),
    exhibits: [
      {
        record,
        source: text,
        verdict: 'quarantine',
        findings: [{rule: 'duplicate/near', level: 'error', message: text}],
        reasons: [{gate: 'novelty', message: text}],
        signals: {novelty: 0.5, synthetic: {absent: 'not-applicable', reason: text}},
        other: {name: text, relation: 'Near'},
        shown: {
          fields: {licence: text},
          texts: [
            {
              name: 'prompt',
              kind: 'own',
              passage: passageOf(`${text}\nwas late`, [{part: 'prompt', start: 0, end: 3}], 100),
            },
            {
              name: 'response',
              kind: 'difference',
              passage: differenceOf('the tide was in', 'the tide is in', 100, 9)!,
            },
          ],
        },
      },
    ],
  };
}

const page = (text: string) => renderHtml(full, {rules, gates, exhibition: exhibition(text)});

test('a record is shown as a reviewer sees it, under the rule that speaks first of it', () => {
  const root = parseHtml(page('letters.jsonl'));
  const found = elements(root);
  const [record] = found.filter(({attributes}) => attributes.class === 'record');
  expect(record?.attributes).toMatchObject({'data-verdict': 'quarantined', 'data-rule': 'duplicate/near'});
  const inside = elements(record!);
  const of = (name: string) => inside.filter(element => element.name === name).map(textOf);
  expect([of('mark'), of('del'), of('ins')]).toEqual([['let'], ['only there', 'is'], ['only here', 'was']]);
  const said = textOf(record!);
  expect(said).toContain('0.5 above 60 % of this round');
  expect(said).toContain('not-applicable: letters.jsonl');
  expect(said).toContain('novelty');
  expect(said).toContain('licence');
  expect(textOf(root)).toContain('1 of the 4,120 records that something was said about can be opened');
});

test.each(['</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\u202e\x1b[2J\ud800'])(
  'hostile text of a record stays text: %j',
  text => {
    expect(structureOf(parseHtml(page(text)))).toEqual(structureOf(parseHtml(page('letters.jsonl'))));
    expect(page(text)).not.toMatch(/[\x00-\x08\x0b-\x1f\u202e]|\p{Cs}/u);
  },
);
