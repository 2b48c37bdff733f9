import {defineGate} from '../api.js';

export default defineGate({
  scope: 'record',
  id: 'attribution',
  summary:
    'Accepts only records that say where they come from, and answers that cite the sources they were given.',
  why: 'What is written back without its origin can neither be traced nor taken out again. Bidirectional RAG (arXiv:2512.22199) writes an answer back only when its citations match what was retrieved.',
  advice: 'Write the origin down where the record is made; have answers cite the ids of their sources.',
  details:
    'Judges by what is measured: the signal `provenance` of provenance/declared, and the citations of provenance/fabricated-citation. Switch on one of them, or both.\n\n`citations: strict` wants at least one citation of a source and none that is made up; `paper` is the rule of arXiv:2512.22199, for which one known citation is enough, whatever else is cited; `any` does not look. `density` wants citations in at least that share of the sentences.',
  since: '0.2.0',
  recommended: false,
  signals: [],
  optionalSignals: ['provenance', 'citations.known', 'citations.fabricated', 'citations.density'],
  limits: [{signal: 'citations.density', option: 'density'}],
  else: 'reject',
  onAbstain: 'quarantine',
  options: {
    citations: {
      type: 'string',
      enum: ['strict', 'paper', 'any'],
      default: 'strict',
      description: 'Which citations are wanted.',
    },
    density: {
      type: 'number',
      minimum: 0,
      maximum: 1,
      default: 0,
      description: 'Least share of sentences that cite a source.',
    },
  },
  judge(signals, {citations, density}) {
    const {
      provenance,
      'citations.known': known,
      'citations.fabricated': made,
      'citations.density': dense,
    } = signals;
    const refuse = (message: string, measured: number, limit: number) => ({
      pass: false,
      measured,
      limit,
      message,
    });
    if (provenance !== undefined && provenance < 1)
      return refuse('its declared origin is not valid', provenance, 1);
    if (known !== undefined && citations !== 'any' && known < 1)
      return refuse('cites none of its sources', known, 1);
    if (made !== undefined && citations === 'strict' && made > 0)
      return refuse(`cites ${made} ${made === 1 ? 'source' : 'sources'} that it was not given`, made, 0);
    if (dense !== undefined && dense < density)
      return refuse(
        `${(dense * 100).toFixed(0)} % of its sentences cite a source, at least ${density * 100} % wanted`,
        dense,
        density,
      );
    return {pass: true, measured: known ?? provenance ?? 1};
  },
});
