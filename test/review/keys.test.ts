import {expect, test} from 'vitest';
import {actionOf, firstPress, type Press, pasteOf} from '../../src/review/keys.js';
import {type Action, reduce} from '../../src/review/reduce.js';
import {type State, startState} from '../../src/review/state.js';
import {someCases} from './cases.js';

/** What is typed all at once, taken one key after the other; commands are told by their names. */
function typed(input: string, key: Press['key'] = {}, from: State = startState(someCases(8))) {
  let state = from;
  const commands: string[] = [];
  for (let left: string | undefined = input; left !== undefined; ) {
    const {press, rest} = firstPress(left, key, state);
    left = rest;
    const meant = actionOf(press, state, 10);
    if (typeof meant === 'string') commands.push(meant);
    else if (meant !== undefined) state = reduce(state, meant as Action);
  }
  return {state, commands};
}

test('Enter and the keys after it may come at once', () => {
  const {state} = typed('/near\rja');
  expect(state.filter).toBe('near');
  expect(state.mode.kind).toBe('browse');
  expect(state.marks.size).toBe(1);
  expect(state.cursor).toBeGreaterThan(0);
});

test('keys that are no letters are known among others', () => {
  expect(typed('/neas\x7fr\r').state.filter).toBe('near');
  expect(typed('j\x03').commands).toEqual(['quit']);
  expect(typed('/ab\x1a').commands).toEqual(['suspend']);
});

test('pasted text is written where text is asked for, and never decides', () => {
  const waiving = typed('w').state;
  const pasted = reduce(waiving, pasteOf('one\nA\r\ntwo', waiving));
  expect(pasted.mode).toMatchObject({kind: 'reason', text: 'one A two'});
  const browsing = startState(someCases(8));
  const unmoved = reduce(browsing, pasteOf('arA', browsing));
  expect(unmoved.marks.size).toBe(0);
  expect(unmoved.notice).toContain('not taken for keys');
});
