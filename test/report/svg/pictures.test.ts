import {expect, test} from 'vitest';
import type {Markup} from '../../../src/report/markup.js';
import {barChart} from '../../../src/report/svg/bars.js';
import {numberLine} from '../../../src/report/svg/line.js';
import {heatMap, labelsOf, strengthOf} from '../../../src/report/svg/matrix.js';
import {scaleOf} from '../../../src/report/svg/scale.js';
import {proportions, widths} from '../../../src/report/svg/shares.js';
import {type Element, elements, parseHtml, textOf} from '../html/parse.js';

function drawn({markup}: Markup): Element[] {
  return elements(parseHtml(`<style></style>${markup}`));
}

function ofClass(all: readonly Element[], name: string): Element[] {
  return all.filter(({attributes}) => attributes.class === name);
}

const at = (element: Element | undefined, ...names: string[]) => names.map(name => element?.attributes[name]);

test('bars: from 0 to the value, whiskers to both ends, the reference as a diamond', () => {
  // Values and intervals reach 0.8: the scale is 0, 0.2, 0.4, 0.6, 0.8.
  const all = drawn(
    barChart(
      [
        {label: 'list', value: 0.4, interval: [0.3, 0.5], reference: 0.6},
        {label: 'prose', value: 0.8},
        {label: 'none', value: null, interval: null, reference: null},
      ],
      'share',
    ),
  );
  expect(ofClass(all, 'bar').map(bar => at(bar, 'x', 'width'))).toEqual([
    ['0%', '50%'],
    ['0%', '100%'],
    ['0%', '0%'],
  ]);
  const whiskers = ofClass(all, 'whisker');
  expect(whiskers).toHaveLength(1);
  expect(elements(whiskers[0]!).map(line => at(line, 'x1', 'x2', 'y1', 'y2'))).toEqual([
    ['37.5%', '62.5%', '13', '13'],
    ['37.5%', '37.5%', '9', '17'],
    ['62.5%', '62.5%', '9', '17'],
  ]);
  expect(ofClass(all, 'reference').map(mark => at(mark, 'x'))).toEqual([['75%']]);
  expect(
    elements(ofClass(all, 'axis')[0]!).map(tick => [textOf(tick), ...at(tick, 'x', 'text-anchor')]),
  ).toEqual([
    ['0 %', '0%', 'start'],
    ['40 %', '50%', 'middle'],
    ['80 %', '100%', 'end'],
  ]);
  expect(ofClass(all, 'value').map(textOf)).toEqual(['40.0 %', '80.0 %', '–']);
  expect(all.filter(({name}) => name === 'title').map(textOf)).toEqual([
    'list: 40.0 %; interval 30.0 % to 50.0 %; reference 60.0 %',
    'prose: 80.0 %',
    'none: not known',
  ]);
});

test('bars: what is under 0 goes to the left', () => {
  // -10, 0, 10, 20, 30: zero stands at a quarter.
  const all = drawn(
    barChart(
      [
        {label: 'a', value: -10},
        {label: 'b', value: 30},
      ],
      undefined,
    ),
  );
  expect(ofClass(all, 'bar').map(bar => at(bar, 'x', 'width'))).toEqual([
    ['0%', '25%'],
    ['25%', '75%'],
  ]);
  expect(at(ofClass(all, 'zero')[0], 'x1', 'x2')).toEqual(['25%', '25%']);
});

test('a number on its line, with interval, reference and limit', () => {
  const marks = {value: 5, interval: [4, 7.5] as const, reference: 2.5, limit: 10};
  const all = drawn(numberLine(marks, scaleOf([0, 10], 2), 'words'));
  expect(at(ofClass(all, 'dot')[0], 'cx')).toEqual(['50%']);
  expect(at(elements(ofClass(all, 'whisker')[0]!)[0], 'x1', 'x2')).toEqual(['40%', '75%']);
  expect(at(ofClass(all, 'reference')[0], 'x')).toEqual(['25%']);
  expect(at(ofClass(all, 'limit')[0], 'x1', 'x2')).toEqual(['100%', '100%']);
  expect(all.filter(({name}) => name === 'text').map(textOf)).toEqual(['0', '10']);
});

test('parts of a whole add up to it, and what is there can be seen', () => {
  expect(widths([50, 25, 25, 0])).toEqual([50, 25, 25, 0]);
  expect(widths([0, 0])).toEqual([0, 0]);
  const rare = widths([999_999, 1, 0]);
  expect(rare[1]).toBe(0.4);
  expect(rare[0]! + rare[1]!).toBeCloseTo(100, 10);
  const bar = drawn(
    proportions([
      {name: 'accepted', count: 3},
      {name: 'rejected', count: 1},
    ]),
  ).filter(({name}) => name === 'rect');
  expect(bar.map(part => at(part, 'class', 'x', 'width'))).toEqual([
    ['accepted', '0%', '75%'],
    ['rejected', '75%', '25%'],
  ]);
});

test('a heat map: a square of 36 pixels a pair, the stronger the larger', () => {
  const squares = [
    {row: 'a', column: 'a', value: 1},
    {row: 'a', column: 'b', value: 0.5},
    {row: 'b', column: 'b', value: 0},
    {row: 'b', column: 'c', value: null},
  ];
  expect(labelsOf(squares)).toEqual({rows: ['a', 'b', 'c'], columns: ['a', 'b', 'c']});
  const all = drawn(heatMap(squares, 'share'));
  const heat = ofClass(all, 'heat');
  // One character is 6.3 pixels, so 7; 10 more to the left, at the top 0.71 of them and 14 more.
  expect(heat.map(square => at(square, 'x', 'y', 'fill-opacity'))).toEqual([
    ['18', '20', '1'],
    ['54', '20', '0.54'],
    ['54', '56', '0.08'],
  ]);
  const texts = (name: string) => ofClass(all, name).map(textOf);
  expect([texts('strong'), texts('weak')]).toEqual([['100'], ['50', '0']]);
  expect(all.filter(({name}) => name === 'title').map(textOf)[1]).toBe('a × b: 50.0 %');
  expect(texts('label')).toEqual(['a', 'b', 'c', 'a', 'b', 'c']);
});

test('a heat map of sources by formats keeps its sides apart, and one value has a middle colour', () => {
  const squares = [
    {row: 'web', column: 'list', value: 3},
    {row: 'mail', column: 'prose', value: 3},
  ];
  expect(labelsOf(squares)).toEqual({rows: ['web', 'mail'], columns: ['list', 'prose']});
  expect(strengthOf(squares)(3)).toBe(0.54);
  expect(ofClass(drawn(heatMap([], undefined)), 'heat')).toEqual([]);
});
