import {defineRecordRule} from '../../src/api.js';
import {familyOf} from './families.js';
import {createVerdictReader, verdictOptions} from './verdicts.js';

export default defineRecordRule({
  id: 'judge/self-judging',
  summary: 'Flags records whose judge is of the same family as the model that wrote them.',
  why: 'Models prefer what models like them write (arXiv:2404.13076), so a judge of the generator’s family passes the errors that both share.',
  advice: 'Take a judge of another family, or several.',
  details:
    'Families are told by names: what stands before the first number, without the organisation (`org/Tern-2-7b` is `tern`), and a few that go by several names. A judge or a generator without a name is not flagged.',
  since: '0.2.0',
  recommended: 'off',
  options: verdictOptions,
  messages: {same: 'Its judge `{{judge}}` and its generator `{{generator}}` are of one family, {{family}}'},
  examples: {
    pass: [{rows: [{prompt: 'Sail.', response: 'Done.', model: 'tern-2', judge: 'plover-1', verdict: 1}]}],
    fail: [
      {rows: [{prompt: 'Sail.', response: 'Done.', model: 'org/Tern-2-7b', judge: 'tern-3', verdict: 1}]},
    ],
  },
  create({options, report}) {
    const read = createVerdictReader(options);
    return ({generator, fields}) => {
      const family = generator === undefined ? undefined : familyOf(generator);
      if (generator === undefined || family === undefined) return;
      const judge = read(fields).find(({name}) => name !== undefined && familyOf(name) === family)?.name;
      if (judge !== undefined)
        report({
          messageId: 'same',
          data: {judge: judge.slice(0, 60), generator: generator.slice(0, 60), family},
        });
    };
  },
});
