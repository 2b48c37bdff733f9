import {describe, expect, test} from 'vitest';
import {createScoreReader} from '../../../rules/grounding/scores.js';
import {checkLabelMap, readLabelMap} from '../../../src/api.js';

const order = ['contradiction', 'entailment', 'neutral'];

describe('scores', () => {
  test('a list in the order of the labels is the scores of one claim', () => {
    expect(createScoreReader(order, false)([0.1, 0.7, 0.2])).toEqual([{entailment: 0.7, contradiction: 0.1}]);
  });

  test('the wrong order gives another answer: that is why there is no default', () => {
    const other = createScoreReader(['entailment', 'neutral', 'contradiction'], false);
    expect(other([0.1, 0.7, 0.2])).toEqual([{entailment: 0.1, contradiction: 0.2}]);
    expect(createScoreReader([], false)([[0.1, 0.7, 0.2]])).toContain('`labels` does not say which is which');
  });

  test('logits need softmax, and are refused without', () => {
    expect(createScoreReader(order, false)([-2, 3, 0])).toContain('set `logits`');
    const [score] = createScoreReader(order, true)([0, Math.log(3), 0]) as [{entailment: number}];
    expect(score.entailment).toBeCloseTo(0.6);
  });

  test.each([
    ['0.9', 'string is no score'],
    [null, 'null is no score'],
    [Number.NaN, 'NaN is no share of 1'],
    [[], 'it is an empty list'],
    [{a: 1}, 'none of its labels (`a`) is entailment'],
    [[0.5, Number.NaN], 'of claim 2: NaN is no share of 1'],
    [{entailment: 0.9, neutral: 0.9, contradiction: 0.1}, 'its shares add up to 1.90'],
  ])('%j is not read: %s', (value, reason) => {
    expect(createScoreReader([], false)(value)).toContain(reason);
  });
});

describe('labels', () => {
  const map = readLabelMap(['LABEL_0=contradiction', 'LABEL_1=entailment', 'LABEL_2=neutral']);

  test('agree with the model’s own', () => {
    checkLabelMap(map, {id2label: {0: 'contradiction', 1: 'entailment', 2: 'neutral'}});
    checkLabelMap(map, {id2label: {0: 'LABEL_0', 1: 'LABEL_1', 2: 'LABEL_2'}});
  });

  test('that differ from the model’s own are an error with both orders', () => {
    expect(() => checkLabelMap(map, {id2label: {0: 'entailment', 1: 'neutral', 2: 'contradiction'}})).toThrow(
      'The model’s own labels are `entailment`, `neutral`, `contradiction`, the map has `contradiction`, `entailment`, `neutral`. Correct `labels`',
    );
    expect(() => checkLabelMap(map, {id2label: {0: 'a', 1: 'b'}})).toThrow('The model has 2 labels');
    expect(() => checkLabelMap(map, {})).toThrow('no `id2label`');
  });

  test('that say nothing, or the same twice, are errors', () => {
    expect(() => readLabelMap(['LABEL_0'])).toThrow('none of entailment, neutral, contradiction');
    expect(() => readLabelMap(['entailment', 'entailed'])).toThrow('names entailment twice');
    expect(() => readLabelMap(['neutral'])).toThrow('does not say which output is entailment');
  });
});
