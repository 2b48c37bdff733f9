import {describe, expect, test} from 'vitest';
import {renderExplain} from '../../../src/cli/terminal/explain.js';
import {cells} from '../../../src/report/width.js';
import {duplication, lengths, near, novelty, short} from '../../report/samples.js';

const explain = (subject: Parameters<typeof renderExplain>[0], width = 80) =>
  `\n${renderExplain(subject, {color: false, width})}`;

describe('renderExplain', () => {
  test('a rule', () => {
    expect(explain(near)).toMatchInlineSnapshot(`
      "
      duplicate/near
        Records that say nearly the same as another one.

        Looks at a record and the records like it, in the round and in references
        (part: \`text\`). Level in \`collapse:recommended\`: \`error\`. Since version 0.1.0.
        Silent where \`duplicate/exact\` reports.

      Why it matters
        Text that is repeated is learnt by heart instead of understood, and crowds out
        what is rare (arXiv:2107.06499). A hundred copies of one answer weigh as much
        as a hundred answers.

      What to do
        Keep one of the two. When both are wanted, say so with an override.

      Details
        Compares pairs of neighbouring words.

        What it cannot see:

        - translations
        - paraphrases that share no words, however close they are in what they mean
          to a reader

          rules:
            duplicate/near: off

      Options
        name       type             allowed         default
        threshold  number           0.5 to 1        0.8
            Lowest similarity that is reported.
        mode       string           "words", "a|b"  "words"
            What is compared.
        skip       list of strings                  []
            Ids that are left alone.
        deep       boolean                          false
            Looks twice.
        limit      integer          at least 1      3
            Neighbours per record.
        under      integer          at most 9       0
            At most nine.
        free       number                           0.5
            Any number.
        label      string                           ""
            Any text.

      In .collapserc
        rules:
          duplicate/near: [error, {threshold: 0.8}]

      Signals
        novelty
            One minus the highest similarity. From 0 to 1; high is better.

      Messages
        near
            Says nearly the same as {{id}}.

      Fails: one word changed, with {"threshold":0.5}
        Reference (trusted)
          {"text":"the old mill stands by the river"}
        Round
          {"text":"the mill stands by the river"}
          {"text":"the mill stood by the \\u202eriver"}

      Passes
        {"text":"the mill stands by the river"}
        {"id":"b","text":"tea is late today"}
      "
    `);
  });

  test('a record gate, narrow', () => {
    expect(explain(novelty, 50)).toMatchInlineSnapshot(`
      "
      novelty
        Lets a record through when it says something
        new.

        Judges every record, by its signals. On in
        \`collapse:recommended\`. Since version 0.1.0.

      Why it matters
        What is already known adds weight, not
        knowledge.

      What to do
        Drop the record.

      Details
        Looks at one number.

      Options
        name       type    allowed                           default
        minimum    number  0 to 1                            0.2
            Lowest novelty.
        else       string  "quarantine", "reject"            "reject"
            What becomes of a record that does not pass.
        onAbstain  string  "accept", "quarantine", "reject"  "accept"
            Verdict on a record that a signal does not
            apply to.

      In .collapserc
        gates:
          novelty: {minimum: 0.2}

      Signals
        novelty
      "
    `);
  });

  test('a round gate and a corpus rule name their measures', () => {
    expect(explain(duplication)).toContain('Measures\n  flagged.duplicate\n');
    expect(explain(lengths)).toContain('Measures\n  length.median\n      Median length. In words.\n');
  });

  test('a rule without options, messages and examples has no empty sections', () => {
    const titles = explain(short).match(/^\S.*$/gm);
    expect(titles).toEqual(['length/minimum', 'Why it matters', 'What to do', 'In .collapserc']);
  });

  test('prose keeps to the width', () => {
    const wide = {...near, options: {}, examples: {pass: [], fail: []}, why: '漢字'.repeat(300)};
    for (const line of explain(wide, 60).split('\n')) expect(cells(line)).toBeLessThanOrEqual(60);
  });

  test('a fenced block with blank lines stays as it is', () => {
    const text = explain({...near, details: 'Before.\n```yaml\na: 1\n\n  b: 2\n```\nAfter.'});
    expect(text).toContain('  Before.\n\n    a: 1\n\n      b: 2\n\n  After.\n');
  });

  test('text of a plugin is harmless', () => {
    const evil = '\x1b[2J\u202e';
    const text = explain({
      ...near,
      id: `x/${evil}`,
      why: evil,
      details: `- ${evil}\n\n| ${evil} |\n\n\`\`\`\n${evil}\n\`\`\``,
      options: {[evil]: {type: 'string', default: evil, enum: [evil], description: evil}},
      messages: {[evil]: evil},
      examples: {pass: [{label: evil, rows: [evil], options: {[evil]: 1}}], fail: []},
    });
    expect(text).not.toMatch(/[\x1b\u202e]/);
  });
});
