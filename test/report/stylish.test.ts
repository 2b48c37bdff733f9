import {describe, expect, test} from 'vitest';
import type {Excerpt} from '../../src/api.js';
import type {FindingReport, Report} from '../../src/report/report.js';
import {difference} from '../../src/report/stylish/difference.js';
import {renderStylish, type StylishOptions} from '../../src/report/stylish.js';
import {cells} from '../../src/report/width.js';
import {clean, full, gates, rules} from './samples.js';

const plain: StylishOptions = {color: false, width: 80, rules, gates};
const render = (report: Report, options: Partial<StylishOptions> = {}) =>
  `\n${renderStylish(report, {...plain, ...options})}`;

const hostile = '\x1b]0;owned\x07\x1b[2J\u202egnp.exe\u2066\n\rPASS\x9b31m\u{e0041}';

describe('whole reports', () => {
  test('a failed round at 80 columns', () => {
    expect(render(full)).toMatchInlineSnapshot(`
      "
      data/round3.jsonl
          12  error  Says nearly the same as an earlier record.         duplicate/near
                     └ near copy of \`x\`, data/other.jsonl:12 (similarity 0.93,
                       verified)
                       here   the harbour was [-quiet-] when the first boats came in …
                       there  the harbour was {+silent+} when the first boats came …
                     └ about 99 % of its words stand inside human/letters.jsonl:7
                       (trusted reference human.profile, estimated)
          19  warn   signal \`novelty\` is missing: no rule that is on    gate/novelty
                     gives it
        1093  error  Unexpected token } in JSON at column 17. Mend the  malformed
                     line or remove it.

      data/short.jsonl
           3  warn   Has 2 words.                                       length/minimum

      … and 411 more of duplicate/near (raise with --max-findings)
      … and 3 more of gate/novelty (raise with --max-findings)
      … and 1 more of length/minimum (raise with --max-findings)

      Rules             level        findings  records  share
        duplicate/near  error             412      101  8.4 %
          why  Text that is repeated is learnt by heart instead of understood, and
               crowds out what is rare (arXiv:2107.06499).
          do   Keep one of the two. When both are wanted, say so with an override.
        gate/novelty    error, warn         4        4  0.3 %
          why  What is already known adds weight, not knowledge.
          do   Drop the record.
        malformed       error               1        1  0.1 %
          why  A line that is no record is data nobody checked.
          do   Mend or remove the line, or allow some with \`--max-malformed N\`.
        length/minimum  warn                2        2  0.2 %
          why  Very short records teach a format and nothing else.
          do   Remove them or join them.
        More on each of them: collapse explain duplicate/near

      The round as a whole
        warn   No record has 1,000 words or more.
               length/spread

      Records by length
                         share  reference
        up to 99        50.0 %     25.0 %
        100 to 999      50.0 %     62.5 %
        1,000 and more     0 %     12.5 %

      Sources by length
             other source  overlap
        web  web             100 %
        web  mail           25.0 %

      Measures                          value            interval  reference     accepted
        flagged.duplicate               8.4 %     7.0 % to 10.1 %
        length.median               182 words  171.3 to 190 words  240 words  185.5 words
        tail.survival@gate:novelty     0.1235

      Gates            judges  measured  limit
        ✘ findings     record    91.7 %      0  1,103 of 1,203 records accepted,
                                                100 rejected
        ✘ novelty      record    99.7 %         1,199 of 1,203 records accepted,
                                                3 quarantined, 1 rejected
        ✘ duplication  round      8.4 %  5.0 %  8.4 % of the records repeat others; at
                                                most 5 % may.
          do   Generate with more varied prompts, or run \`collapse filter\` and train
               on what it keeps.
        – tail         round                    Not judged: there is no reference to
                                                compare with.

      Held against human.profile (trusted, 12,000 records).
      FAIL  round gate duplication failed; 1 malformed line, 0 allowed
            1,204 records: 1,100 accepted (91.4 %), 3 quarantined (0.2 %),
            100 rejected (8.3 %), 1 malformed (0.1 %)
      "
    `);
  });

  test('a failed round on a wide terminal', () => {
    expect(render(full, {width: 120})).toMatchInlineSnapshot(`
      "
      data/round3.jsonl
          12  error  Says nearly the same as an earlier record.                            duplicate/near
                     └ near copy of \`x\`, data/other.jsonl:12 (similarity 0.93, verified)
                       here   the harbour was [-quiet-] when the first boats came in with their nets still wet [-and-]
                       there  the harbour was {+silent+} when the first boats came {+back+} in with their nets still wet
                     └ about 99 % of its words stand inside human/letters.jsonl:7 (trusted reference human.profile, estimated)
          19  warn   signal \`novelty\` is missing: no rule that is on gives it              gate/novelty
        1093  error  Unexpected token } in JSON at column 17. Mend the line or remove it.  malformed

      data/short.jsonl
           3  warn   Has 2 words.                                                          length/minimum

      … and 411 more of duplicate/near (raise with --max-findings)
      … and 3 more of gate/novelty (raise with --max-findings)
      … and 1 more of length/minimum (raise with --max-findings)

      Rules             level        findings  records  share
        duplicate/near  error             412      101  8.4 %
          why  Text that is repeated is learnt by heart instead of understood, and crowds out what is rare
               (arXiv:2107.06499).
          do   Keep one of the two. When both are wanted, say so with an override.
        gate/novelty    error, warn         4        4  0.3 %
          why  What is already known adds weight, not knowledge.
          do   Drop the record.
        malformed       error               1        1  0.1 %
          why  A line that is no record is data nobody checked.
          do   Mend or remove the line, or allow some with \`--max-malformed N\`.
        length/minimum  warn                2        2  0.2 %
          why  Very short records teach a format and nothing else.
          do   Remove them or join them.
        More on each of them: collapse explain duplicate/near

      The round as a whole
        warn   No record has 1,000 words or more.
               length/spread

      Records by length
                         share  reference
        up to 99        50.0 %     25.0 %
        100 to 999      50.0 %     62.5 %
        1,000 and more     0 %     12.5 %

      Sources by length
             other source  overlap
        web  web             100 %
        web  mail           25.0 %

      Measures                          value            interval  reference     accepted
        flagged.duplicate               8.4 %     7.0 % to 10.1 %
        length.median               182 words  171.3 to 190 words  240 words  185.5 words
        tail.survival@gate:novelty     0.1235

      Gates            judges  measured  limit
        ✘ findings     record    91.7 %      0  1,103 of 1,203 records accepted, 100 rejected
        ✘ novelty      record    99.7 %         1,199 of 1,203 records accepted, 3 quarantined, 1 rejected
        ✘ duplication  round      8.4 %  5.0 %  8.4 % of the records repeat others; at most 5 % may.
          do   Generate with more varied prompts, or run \`collapse filter\` and train on what it keeps.
        – tail         round                    Not judged: there is no reference to compare with.

      Held against human.profile (trusted, 12,000 records).
      FAIL  round gate duplication failed; 1 malformed line, 0 allowed
            1,204 records: 1,100 accepted (91.4 %), 3 quarantined (0.2 %), 100 rejected (8.3 %), 1 malformed (0.1 %)
      "
    `);
  });

  test('a failed round on a narrow terminal, in ASCII', () => {
    expect(render(full, {width: 50, unicode: false})).toMatchInlineSnapshot(`
      "
      data/round3.jsonl
          12  error  Says nearly the same as an earlier
                     record. duplicate/near
                     \`- near copy of \`x\`,
                        data/other.jsonl:12 (similarity
                        0.93, verified)
                        here   …harbour was [-quiet-] w…
                        there  …harbour was {+silent+} …
                     \`- about 99 % of its words stand
                        inside human/letters.jsonl:7
                        (trusted reference
                        human.profile, estimated)
          19  warn   signal \`novelty\` is missing: no
                     rule that is on gives it
                     gate/novelty
        1093  error  Unexpected token } in JSON at
                     column 17. Mend the line or remove
                     it. malformed

      data/short.jsonl
           3  warn   Has 2 words. length/minimum

      ... and 411 more of duplicate/near (raise with --max-findings)
      ... and 3 more of gate/novelty (raise with --max-findings)
      ... and 1 more of length/minimum (raise with --max-findings)

      Rules             level        findings  records  share
        duplicate/near  error             412      101  8.4 %
          why  Text that is repeated is learnt by heart
               instead of understood, and crowds out
               what is rare (arXiv:2107.06499).
          do   Keep one of the two. When both are
               wanted, say so with an override.
        gate/novelty    error, warn         4        4  0.3 %
          why  What is already known adds weight, not
               knowledge.
          do   Drop the record.
        malformed       error               1        1  0.1 %
          why  A line that is no record is data nobody
               checked.
          do   Mend or remove the line, or allow some
               with \`--max-malformed N\`.
        length/minimum  warn                2        2  0.2 %
          why  Very short records teach a format and
               nothing else.
          do   Remove them or join them.
        More on each of them: collapse explain duplicate/near

      The round as a whole
        warn   No record has 1,000 words or more.
               length/spread

      Records by length
                         share  reference
        up to 99        50.0 %     25.0 %
        100 to 999      50.0 %     62.5 %
        1,000 and more     0 %     12.5 %

      Sources by length
             other source  overlap
        web  web             100 %
        web  mail           25.0 %

      Measures                          value            interval  reference     accepted
        flagged.duplicate               8.4 %     7.0 % to 10.1 %
        length.median               182 words  171.3 to 190 words  240 words  185.5 words
        tail.survival@gate:novelty     0.1235

      Gates            judges  measured  limit
        x findings     record    91.7 %      0
          1,103 of 1,203 records accepted, 100 rejected
        x novelty      record    99.7 %
          1,199 of 1,203 records accepted,
          3 quarantined, 1 rejected
        x duplication  round      8.4 %  5.0 %
          8.4 % of the records repeat others; at most
          5 % may.
          do   Generate with more varied prompts, or run
               \`collapse filter\` and train on what it
               keeps.
        - tail         round
          Not judged: there is no reference to compare
          with.

      Held against human.profile (trusted, 12,000
        records).
      FAIL  round gate duplication failed; 1 malformed
            line, 0 allowed
            1,204 records: 1,100 accepted (91.4 %),
            3 quarantined (0.2 %), 100 rejected (8.3 %),
            1 malformed (0.1 %)
      "
    `);
  });

  test('hostile text in every place', () => {
    const finding = full.findings[0]!;
    const related = finding.related![0]!;
    const record = {id: hostile, path: `${hostile}.jsonl`, line: 3};
    const report: Report = {
      ...full,
      references: [{path: hostile, role: 'trusted', records: 1}],
      measures: {[hostile]: {view: 'all', value: 1}},
      gates: [{id: hostile, scope: 'round', status: 'fail', message: hostile}],
      counts: {[hostile]: {findings: 2, records: 1, errors: 1, warnings: 1}},
      findings: [
        {
          rule: hostile,
          level: 'error',
          record,
          message: `Holds ${hostile}.`,
          related: [
            {...related, record, excerpt: {here: `one ${hostile} two`, there: 'one fine two'}},
            {...related, record, relation: 'same', origin: {reference: hostile, role: 'previous'}},
          ],
        },
      ],
    };
    const text = render(report, {width: 100});
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u{e0000}-\u{e007f}]/u);
    // Only lines of ours begin at the margin.
    expect(text).not.toMatch(/^PASS/m);
    expect(text).toMatchInlineSnapshot(`
      "
      ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS⟨U+009B⟩31m⟨U+E0041⟩.jsonl
          3  error  Holds                                         ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍…
                    ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS⟨
                    U+009B⟩31m⟨U+E0041⟩.
                    └ near copy of \`␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍…\`,
                      ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS⟨U+009B⟩31m…:3 (similarity 0.93,
                      verified)
                      here   one [-␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS⟨U+009B⟩31m⟨U+E0041⟩-] two
                      there  one {+fine+} two
                    └ same text as \`␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍…\`,
                      ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS⟨U+009B⟩31m…:3 (previous reference
                      ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍…, verified)

      … and 1 more of ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍… (raise with --max-findings)

      Rules                                       level        findings  records  share
        ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍…  error, warn         2        1  0.1 %

      The round as a whole
        warn   No record has 1,000 words or more.
               length/spread

      Records by length
                         share  reference
        up to 99        50.0 %     25.0 %
        100 to 999      50.0 %     62.5 %
        1,000 and more     0 %     12.5 %

      Sources by length
             other source  overlap
        web  web             100 %
        web  mail           25.0 %

      Measures                                        value
        ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS…      1

      Gates                                         judges
        ✘ ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍…  round   ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS⟨U+
                                                            009B⟩31m⟨U+E0041⟩

      Held against ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍PASS⟨U+009B⟩31m… (trusted, 1 record).
      FAIL  round gate ␛]0;owned␇␛[2J⟨U+202E⟩gnp.exe⟨U+2066⟩⏎␍… failed; 1 malformed line, 0 allowed
            1,204 records: 1,100 accepted (91.4 %), 3 quarantined (0.2 %), 100 rejected (8.3 %),
            1 malformed (0.1 %)
      "
    `);
    const colored = renderStylish(report, {...plain, color: true});
    expect(colored.replace(/\x1b\[\d+m/g, '')).not.toContain('\x1b');
  });
});

describe('empty states', () => {
  test('a clean round is short', () => {
    expect(render(clean)).toMatchInlineSnapshot(`
      "
      PASS  1,204 records: all accepted, no findings
      "
    `);
  });

  test('a clean round is green', () => {
    expect(renderStylish(clean, {...plain, color: true})).toBe(
      '\x1b[32m\x1b[1mPASS\x1b[22m\x1b[39m  1,204 records: all accepted, no findings\n',
    );
  });

  test('no records', () => {
    const totals = {records: 0, accepted: 0, quarantined: 0, rejected: 0, malformed: 0};
    expect(render({...clean, totals})).toBe('\nPASS  no records to judge\n');
  });

  test('a round of malformed lines only', () => {
    const totals = {records: 2, accepted: 0, quarantined: 0, rejected: 0, malformed: 2};
    const report: Report = {
      ...clean,
      verdict: 'fail',
      totals,
      gates: [
        {
          id: 'novelty',
          scope: 'record',
          status: 'abstain',
          message: 'there were no records to judge',
          verdicts: {accept: 0, quarantine: 0, reject: 0},
        },
        {id: 'duplication', scope: 'round', status: 'abstain', message: 'no `flagged.duplicate`'},
      ],
    };
    expect(render(report)).toMatchInlineSnapshot(`
      "
      Gates            judges
        – novelty      record  Not judged: there were no records.
        – duplication  round   Not judged: there were no records.

      FAIL  2 malformed lines, 0 allowed
            2 lines read, none of them a record
      "
    `);
    const {limits: _, ...old} = report;
    expect(render(old)).toContain('FAIL  2 malformed lines\n');
    expect(render({...report, totals: {...totals, records: 1, malformed: 1}})).toMatch(
      /FAIL {2}1 malformed line, 0 allowed\n {6}1 line read, which is no record\n$/,
    );
  });

  test('one record', () => {
    const totals = {...clean.totals, records: 1, accepted: 1};
    expect(render({...clean, totals})).toBe('\nPASS  1 record: accepted, no findings\n');
  });

  test('a reference is read, not judged', () => {
    const reading = (report: Report) => render(report, {reading: true}).trimEnd().split('\n').at(-1);
    const measures = {'flagged.duplicate': {view: 'all', value: 2 / 60}} as const;
    const totals = {records: 60, accepted: 60, quarantined: 0, rejected: 0, malformed: 0};
    expect(reading({...clean, totals})).toBe('READ  60 records');
    expect(reading({...clean, totals, measures})).toBe('READ  60 records, 2 repeat earlier ones');
    const one = {...clean, totals: {...totals, records: 3, malformed: 1}};
    expect(reading({...one, measures: {'flagged.duplicate': {view: 'all', value: 0.5}}})).toBe(
      'READ  2 records, 1 repeats an earlier one, 1 malformed line left out',
    );
    expect(render(full, {reading: true})).not.toContain('@accepted');
  });

  test('passed with warnings, none of them listed', () => {
    const counts = {'length/minimum': {findings: 1200, records: 1200, errors: 0, warnings: 1200}};
    expect(render({...clean, counts})).toMatchInlineSnapshot(`
      "
      … and 1,200 findings of length/minimum (raise with --max-findings)

      Rules             level  findings  records   share
        length/minimum  warn      1,200    1,200  99.7 %
          why  Very short records teach a format and nothing else.
          do   Remove them or join them.
        More on each of them: collapse explain length/minimum

      PASS  1,204 records: 1,204 accepted (100 %), 0 quarantined, 0 rejected,
            0 malformed
      "
    `);
  });
});

describe('details', () => {
  const near = full.findings[0]!;
  const listed = (findings: readonly FindingReport[], width = 80) =>
    render({...clean, findings, counts: {}}, {width}).split('\nPASS')[0];

  test('files keep their order, also when their findings are mixed', () => {
    const at = (path: string, line: number): FindingReport => ({
      rule: 'length/minimum',
      level: 'warn',
      record: {id: `line:${line}`, path, line},
      message: 'Has 2 words.',
    });
    expect(listed([at('b.jsonl', 1), at('a.jsonl', 123456), at('b.jsonl', 20)])).toMatchInlineSnapshot(`
      "
      b.jsonl
             1  warn   Has 2 words.          length/minimum
            20  warn   Has 2 words.          length/minimum

      a.jsonl
        123456  warn   Has 2 words.          length/minimum
      "
    `);
  });

  test('relations in words; more than three are counted', () => {
    const [related] = near.related!;
    const {excerpt: _, ...bare} = related!;
    const all = (['same', 'near', 'inside', 'holds', 'near'] as const).map(relation => ({...bare, relation}));
    expect(
      listed(
        [
          {...near, related: all.slice(1)},
          {...near, related: all},
        ],
        110,
      ),
    ).toMatchInlineSnapshot(`
      "
      data/round3.jsonl
         12  error  Says nearly the same as an earlier record.  duplicate/near
                    └ near copy of \`x\`, data/other.jsonl:12 (similarity 0.93, verified)
                    └ 93 % of its words stand inside \`x\`, data/other.jsonl:12 (verified)
                    └ holds 93 % of the words of \`x\`, data/other.jsonl:12 (verified)
                      … and 1 more
         12  error  Says nearly the same as an earlier record.  duplicate/near
                    └ same text as \`x\`, data/other.jsonl:12 (verified)
                    └ near copy of \`x\`, data/other.jsonl:12 (similarity 0.93, verified)
                    └ 93 % of its words stand inside \`x\`, data/other.jsonl:12 (verified)
                      … and 2 more
      "
    `);
  });

  test('what the message says is not said again', () => {
    const [related] = near.related!;
    const message = 'Near-duplicate of the earlier record `x` (data/other.jsonl:12), similarity 0.93';
    const {excerpt: _, ...bare} = related!;
    expect(
      listed(
        [
          {...near, message, related: [related!]},
          {...near, message, related: [{...bare, verified: false}]},
          {...near, message, related: [bare]},
        ],
        125,
      ),
    ).toMatchInlineSnapshot(`
      "
      data/round3.jsonl
         12  error  Near-duplicate of the earlier record \`x\` (data/other.jsonl:12), similarity 0.93  duplicate/near
                    └ here   the harbour was [-quiet-] when the first boats came in with their nets still wet [-and-]
                      there  the harbour was {+silent+} when the first boats came {+back+} in with their nets still wet
         12  error  Near-duplicate of the earlier record \`x\` (data/other.jsonl:12), similarity 0.93  duplicate/near
                    └ estimated from sketches, not verified on the texts
         12  error  Near-duplicate of the earlier record \`x\` (data/other.jsonl:12), similarity 0.93  duplicate/near
      "
    `);
  });

  test('a message on line 12 does not name line 1', () => {
    const [related] = near.related!;
    const record = {id: 'x', path: 'data/other.jsonl', line: 1};
    const message = 'Same text as `y` (data/other.jsonl:12)';
    expect(listed([{...near, message, related: [{...related!, record}]}])).toContain('└ near copy of `x`');
  });

  test('a similarity is never rounded up to what it is not', () => {
    const [related] = near.related!;
    expect(listed([{...near, related: [{...related!, similarity: 0.7999}]}])).toContain('similarity 0.79');
  });

  test('wide characters keep the columns', () => {
    const wide = {...near, message: '漢字 '.repeat(12).trim(), related: []};
    const text = listed([wide, {...near, related: []}])!;
    const columns = text
      .split('\n')
      .filter(line => line.includes('duplicate/near'))
      .map(line => cells(line.slice(0, line.indexOf('duplicate/near'))));
    expect(new Set(columns).size).toBe(1);
    for (const line of text.split('\n')) expect(cells(line)).toBeLessThanOrEqual(80);
  });

  test('a message of a hundred thousand characters is cut', () => {
    const text = listed([{...near, message: 'x'.repeat(100_000), related: []}])!;
    expect(text.length).toBeLessThan(1500);
  });
});

describe('difference', () => {
  const show = (pair: Excerpt, room = 80) =>
    difference(pair, room).map(side => side.map(({text, same}) => (same ? text : `<${text}>`)).join(''));

  test('marks words that only one side has', () => {
    expect(show({here: 'the old mill stands', there: 'the new mill still stands'})).toEqual([
      'the <old> mill stands',
      'the <new> mill <still> stands',
    ]);
  });

  test('joins neighbouring changes and compares characters where words have no blanks', () => {
    expect(show({here: 'a b c d', there: 'a x y d'})).toEqual(['a <b c> d', 'a <x y> d']);
    expect(show({here: '今日は雨です', there: '今日は雪です'})).toEqual(['今日は<雨>です', '今日は<雪>です']);
  });

  test('takes the end of a cut excerpt for unknown, of a whole one for different', () => {
    expect(show({here: 'one two…', there: 'one two three'})).toEqual(['one two…', 'one two three']);
    expect(show({here: 'one two', there: 'one two three'})).toEqual(['one two', 'one two <three>']);
  });

  test('keeps the first difference in sight', () => {
    const same = 'every word here is the same '.repeat(3);
    const [here, there] = show({here: `${same}but this`, there: `${same}but that`}, 30);
    expect(here).toMatch(/^….*but <this>$/);
    expect(there).toMatch(/^….*but <that>$/);
  });

  test('cuts what is too long', () => {
    const sides = difference({here: 'x'.repeat(300), there: `${'漢'.repeat(90)} y`}, 20, 4);
    for (const side of sides) {
      const size = side.reduce((sum, {text, same}) => sum + cells(text) + (same ? 0 : 4), 0);
      expect(size).toBeLessThanOrEqual(20);
    }
  });

  test('equal and empty excerpts have no difference', () => {
    expect(show({here: 'same', there: 'same'})).toEqual(['same', 'same']);
    expect(show({here: '', there: ''})).toEqual(['', '']);
  });
});

test('a change: what it brings, or that it brings nothing', () => {
  const change = {base: 'HEAD', files: 2, moved: 0, added: 1, stayed: 3, gone: 1};
  const none = {...clean.totals, records: 0, accepted: 0};
  const last = (report: Report) => render(report, {width: 100}).trimEnd().split('\n').slice(-3);
  expect(render({...clean, change}, {width: 100})).toContain(
    '1 new record in 2 changed files since HEAD; 3 records stayed or moved, 1 is gone.',
  );
  const unjudged = {...clean, references: [], totals: none};
  expect(last({...unjudged, change: {...change, added: 0, moved: 1}}).join('\n')).toContain(
    'PASS  no new records since HEAD: 2 data files changed, 3 records stayed or moved, 1 is gone; 1 data\n      file moved as it is',
  );
  expect(last({...unjudged, change: {...change, added: 0, files: 0}}).at(-1)).toBe(
    'PASS  no new records since HEAD: no data file changed',
  );
});

test('the round as a whole: what rules say of it, and the tables behind that alone', () => {
  const {tables = []} = full;
  const rows = Array.from({length: 9}, (_, at) => [`band ${at}`, at / 10, [0, 1] as const, null]);
  const many = {...tables[0]!, rows};
  const loud = {rule: 'length/spread', level: 'error', view: 'all', message: 'Only short records.'} as const;
  const round = (report: Report) => {
    const text = render(report);
    return text.slice(text.indexOf('The round as a whole'), text.indexOf('Measures'));
  };
  expect(round({...full, roundFindings: [loud], tables: [many, tables[1]!]})).toMatchInlineSnapshot(`
    "The round as a whole
      error  Only short records.
             length/spread

    Records by length
               share
      band 0     0 %
      band 1  10.0 %
      band 2  20.0 %
      band 3  30.0 %
      band 4  40.0 %
      … and 4 more: --output html=FILE shows all

    Sources by length
           other source  overlap
      web  web             100 %
      web  mail           25.0 %

    "
  `);
  const silent = render({...clean, tables});
  expect(silent).not.toContain('Records by length');
  const twice = [many, {...many, view: 'accepted', title: 'Accepted by length'} as const];
  expect(round({...full, roundFindings: [loud], tables: twice})).not.toContain('Records by length');
  expect(render({...full, roundFindings: [loud], tables}, {reading: true})).not.toContain('Only short');
});
