import {describe, expect, test} from 'vitest';
import {gateDoc, ruleDoc} from '../../src/report/markdown.js';
import {duplication, lengths, near, novelty, short} from './samples.js';

const headings = (page: string) => page.split('\n').filter(line => /^#/.test(line));

describe('ruleDoc', () => {
  test('has everything the rule says about itself, in a fixed order', () => {
    const page = ruleDoc(near);
    expect(headings(page)).toEqual([
      ...['# duplicate/near', '## What it flags', '## Why it matters', '## What to do', '## Details'],
      ...['## Options', '## Configuration', '## Signals', '## Messages', '## Examples'],
      ...['### Fails: one word changed, with `{"threshold":0.5}`', '### Passes'],
    ]);
    expect(page).toContain('Level in `collapse:recommended`: `error`. Since version 0.1.0.');
    expect(page).toContain(
      '| `threshold` | number | 0.5 to 1 | `0.8` | Lowest similarity that is reported. |',
    );
    expect(page).toContain('| `mode` | string | "words", "a\\|b" | `"words"` | What is compared. |');
    expect(page).toContain('| `limit` | integer | at least 1 | `3` |');
    expect(page).toContain('| `under` | integer | at most 9 | `0` |');
    expect(page).toContain('```yaml\nrules:\n  duplicate/near: [error, {threshold: 0.8}]\n```');
    expect(page).toContain('From 0 to 1; high is better.');
    expect(page).toContain(
      'Reference (trusted):\n\n```jsonl\n{"text":"the old mill stands by the river"}\n```',
    );
    expect(page).toContain(
      '```jsonl\n{"text":"the mill stands by the river"}\n{"id":"b","text":"tea is late today"}',
    );
    expect(page).toContain('the \\u202eriver');
    expect(page.endsWith('```\n')).toBe(true);
  });

  test('has no empty sections', () => {
    expect(headings(ruleDoc(short))).toEqual([
      ...['# length/minimum', '## What it flags', '## Why it matters', '## What to do', '## Configuration'],
    ]);
    // A rule that is off by default is shown switched on.
    expect(ruleDoc(short)).toContain('  length/minimum: warn\n');
    expect(ruleDoc(short)).toContain('(part: `response`)');
  });

  test('a corpus rule says what it measures', () => {
    expect(headings(ruleDoc(lengths))).toContain('## What it measures');
    expect(ruleDoc(lengths)).toContain('| `length.median` | Median length. In words. |');
  });

  test('table cells may hold pipes, line breaks and backticks', () => {
    const page = ruleDoc({...near, messages: {a: 'one | two\nthree', 'b`c': 'x'}});
    expect(page).toContain('| `a` | one \\| two three |');
    expect(page).toContain('| `` b`c `` | x |');
  });
});

describe('gateDoc', () => {
  test('a record gate has its own options and those of every record gate', () => {
    const page = gateDoc(novelty);
    expect(page).toContain('Judges every record, by its signals. On in `collapse:recommended`.');
    expect(page.match(/^\| `\w+`/gm)).toEqual(['| `minimum`', '| `else`', '| `onAbstain`']);
    expect(page).toContain('| `else` | string | "quarantine", "reject" | `"reject"` |');
    expect(page).toContain('## Signals\n\n- `novelty`\n');
    expect(page).toContain('gates:\n  novelty: {minimum: 0.2}\n');
  });

  test('a round gate names its measures', () => {
    const page = gateDoc(duplication);
    expect(page).toContain('Judges the round, by its measures. Not in `collapse:recommended`.');
    expect(page).toContain('| `onAbstain` | string | "pass", "fail", "abstain" | `"pass"` |');
    expect(page).toContain('## Measures\n\n- `flagged.duplicate`\n');
    expect(page).toContain('  duplication: on\n');
  });
});
