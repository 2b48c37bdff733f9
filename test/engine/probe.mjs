/**
 * A plugin whose rules say what the records' own fields tell them to say, so that a test writes down in its
 * rows what is to happen. Plain objects: it is loaded by the built program too, from anywhere.
 */

const about = {why: 'For tests.', advice: 'None.', since: '0.0.0', messages: {}, options: {}};
const examples = {pass: [], fail: []};

/** What was called, for tests that run it in their own thread. */
export const calls = {batches: [], features: [], observed: [], rests: []};
/** Called when the round is judged, when the scan is over and nothing is written yet. */
export const hooks = {round() {}};
export function forget() {
  for (const list of Object.values(calls)) list.length = 0;
}

/** Reports `flag` as an error, and gives the signal that `score` asks for. */
const flags = {
  ...about,
  kind: 'record',
  id: 'probe/flags',
  summary: 'Flags records with a field `flag`.',
  recommended: 'error',
  examples,
  messages: {flagged: 'flagged: {{why}}'},
  signals: {'probe.score': {description: 'The field `score`', range: [0, 1], better: 'high'}},
  create: ({report, signal}) =>
    function look({fields}) {
      if (fields.throw === 'record') throw new Error('the record rule broke');
      if (fields.flag !== undefined) report({messageId: 'flagged', data: {why: String(fields.flag)}});
      if (fields.score === 'not-applicable' || fields.score === 'missing') {
        signal('probe.score', {absent: fields.score, reason: 'the row says so'});
      } else if (fields.score === 'nan') signal('probe.score', Number.NaN);
      else if (fields.score !== undefined) signal('probe.score', fields.score);
    },
};

/** Reads a computed feature and a provided one, both twice. */
const features = {
  ...about,
  kind: 'record',
  id: 'probe/features',
  summary: 'Reads features.',
  recommended: 'off',
  examples,
  needs: ['size'],
  messages: {read: 'shout {{shout}}, size {{size}}'},
  create: ({report, feature}) =>
    function look(record) {
      const [shout] = [feature(record, 'shout'), feature(record, 'shout')];
      report({messageId: 'read', data: {shout, size: feature(record, 'size')}});
    },
};

/** Throws for a record of that id as soon as it has a neighbour. */
const pairs = {
  ...about,
  kind: 'pair',
  id: 'probe/pairs',
  summary: 'Throws for the record `throw-pair`.',
  recommended: 'off',
  examples,
  duplicates: false,
  neighbours: () => [{relation: 'near', minimum: 0.5}],
  create: () =>
    function look({record}) {
      if (record.id === 'throw-pair') throw new Error('the pair rule broke');
    },
};

/** Near-duplicates of another part: prompts. */
const prompts = {
  ...about,
  kind: 'pair',
  id: 'probe/prompts',
  on: 'prompt',
  summary: 'Names the prompt that a prompt repeats.',
  recommended: 'off',
  examples,
  duplicates: true,
  messages: {repeats: 'repeats the prompt of {{id}}'},
  neighbours: () => [{relation: 'same', minimum: 1}],
  create: ({report}) =>
    function look(_, neighbours) {
      const [first] = neighbours;
      if (first) report({messageId: 'repeats', data: {id: first.record.id}, related: [first]});
    },
};

/** Asks for one role only, and not for the round. */
const previous = {
  ...prompts,
  id: 'probe/previous',
  on: 'text',
  summary: 'Names the record of an earlier round that a text repeats.',
  messages: {repeats: 'repeats {{id}} of an earlier round'},
  neighbours: () => [{relation: 'same', minimum: 1, round: false, roles: ['previous']}],
};

/** Names the members of a group on its first record, and gives every member the group's size. */
const groups = {
  ...about,
  kind: 'group',
  id: 'probe/groups',
  summary: 'Lists the members of a group.',
  recommended: 'off',
  examples,
  limit: 5,
  messages: {members: 'members: {{ids}}'},
  signals: {'probe.members': {description: 'Members of its group', range: [0, 5], better: 'low'}},
  key: record => record.fields.group,
  create: ({report, signal}) =>
    function look({records}) {
      if (records.some(({fields}) => fields.throw === 'group')) throw new Error('the group rule broke');
      report(records[0], {messageId: 'members', data: {ids: records.map(({id}) => id).join(' ')}});
      for (const record of records) signal(record, 'probe.members', records.length);
    },
};

/** Adds up the field `bit`: with powers of two the sum names the set of records that were seen. */
const bits = {
  ...about,
  kind: 'corpus',
  id: 'probe/bits',
  summary: 'Adds up the field `bit`.',
  recommended: 'off',
  examples,
  version: 1,
  views: ['all', 'accepted', 'gate:probe/score', 'gate:findings'],
  measures: {'probe.bits': 'Sum of the field `bit`', 'probe.seen': 'Records seen'},
  init: () => ({bits: 0, seen: 0}),
  observe(summary, {id, fields}) {
    if (fields.throw === 'corpus') throw new Error('the corpus rule broke');
    calls.observed.push(id);
    summary.bits += Number(fields.bit ?? 0);
    summary.seen += 1;
  },
  merge(into, from) {
    into.bits += from.bits;
    into.seen += from.seen;
  },
  measure: ({bits: value, seen}, reference) => ({
    'probe.bits': {value, ...(reference && {reference: reference.bits})},
    'probe.seen': {value: seen, ...(reference && {reference: reference.seen})},
  }),
  encode: summary => new TextEncoder().encode(JSON.stringify(summary)),
  decode: bytes => JSON.parse(new TextDecoder().decode(bytes)),
};

/** The same, by taking out of all records what a view leaves out. */
const rests = {
  ...bits,
  id: 'probe/rests',
  views: ['all', 'accepted', 'gate:probe/score', 'gate:findings'],
  measures: {'probe.rests': 'Sum of the field `bit`'},
  observe(summary, {id, fields}) {
    calls.rests.push(id);
    summary.bits += Number(fields.bit ?? 0);
    summary.seen += 1;
  },
  subtract(from, what) {
    from.bits -= what.bits;
    from.seen -= what.seen;
  },
  measure: ({bits: value}) => ({'probe.rests': {value}}),
};

/** Both again, for which a sample is enough; they name what they saw. */
const names = {
  observe(summary, {id}) {
    summary.ids.push(id);
  },
  init: () => ({ids: []}),
  merge(into, from) {
    into.ids.push(...from.ids);
  },
  sampled: true,
  views: ['all', 'accepted'],
};
const listed = (name, {ids}, {table, view}) => {
  table({
    id: `${name}.${view}`,
    title: 'Ids',
    columns: [{id: 'id', title: 'Id'}],
    rows: [[ids.toSorted().join(' ')]],
  });
  return {};
};
const samples = {
  ...bits,
  ...names,
  id: 'probe/samples',
  measures: {'probe.sampled': 'Records of the reference'},
  measure(summary, reference, context) {
    listed('samples', summary, context);
    return reference ? {'probe.sampled': {value: reference.ids.length}} : {};
  },
};
const rested = {
  ...samples,
  id: 'probe/rested',
  measures: {},
  measure: (summary, _, context) => listed('rested', summary, context),
  subtract(from, what) {
    const gone = new Set(what.ids);
    from.ids = from.ids.filter(id => !gone.has(id));
  },
};

/** Says what the gates did: by the field `bit`, before and after. Also tells of the round as a whole. */
const compares = {
  ...rests,
  id: 'probe/compares',
  views: ['all', 'accepted'],
  measures: {'probe.before': 'Bits before', 'probe.after': 'Bits after'},
  messages: {sum: 'the bits of {{view}} are {{bits}}'},
  observe(summary, {fields}) {
    summary.bits += Number(fields.bit ?? 0);
    summary.seen += 1;
  },
  measure({bits: value}, _reference, {view, report, table}) {
    report({messageId: 'sum', data: {view, bits: value}});
    const columns = [{id: 'bits', title: 'Bits'}];
    table({id: 'probe.sum', title: 'First', columns, rows: []});
    table({id: 'probe.sum', title: 'Sum', columns, rows: Array.from({length: 300}, () => [value])});
    return {};
  },
  compare({before, after, gate, reference}, {view}) {
    if (view !== (gate === undefined ? 'accepted' : `gate:${gate}`)) throw new Error('another view');
    return {
      'probe.before': {value: before.bits, ...(reference && {reference: reference.bits})},
      'probe.after': {value: after.bits},
    };
  },
};

/** The same without a way to subtract. */
const observes = {
  ...compares,
  id: 'probe/observes',
  subtract: undefined,
  measures: {'probe.seen-before': 'Bits before', 'probe.seen-after': 'Bits after'},
  measure: () => ({}),
  compare: ({before, after}) => ({
    'probe.seen-before': {value: before.bits},
    'probe.seen-after': {value: after.bits},
  }),
};

/** Reads what a corpus rule keeps of the references. */
const reads = {
  ...about,
  kind: 'record',
  id: 'probe/reads',
  summary: 'Says what the references hold.',
  recommended: 'off',
  examples,
  reads: ['probe/compares'],
  messages: {known: 'the references hold {{bits}}'},
  create({report, reference}) {
    const known = reference('probe/compares');
    return function look({fields}) {
      if (fields.read !== undefined) reference(fields.read);
      report({messageId: 'known', data: {bits: known === undefined ? 'nothing' : String(known.bits)}});
    };
  },
};

/** Judges by whichever of two scores there is. */
const either = {
  ...about,
  scope: 'record',
  id: 'probe/either',
  summary: 'Wants high scores.',
  recommended: false,
  signals: [],
  optionalSignals: ['probe.score', 'probe.never'],
  else: 'quarantine',
  onAbstain: 'reject',
  judge: signals => ({pass: Object.values(signals).every(value => value >= 0.5), message: 'low'}),
};

const score = {
  ...about,
  scope: 'record',
  id: 'probe/score',
  summary: 'Wants a high score.',
  recommended: false,
  signals: ['probe.score'],
  else: 'quarantine',
  onAbstain: 'accept',
  options: {least: {type: 'number', default: 0.5, description: 'Least score.'}},
  judge(signals, {least}) {
    const measured = signals['probe.score'];
    if (measured === 666) throw new Error('the record gate broke');
    return {pass: measured >= least, measured, limit: least};
  },
};

const round = {
  ...about,
  scope: 'round',
  id: 'probe/round',
  summary: 'Fails when too much is accepted.',
  recommended: false,
  measures: ['probe.seen@accepted'],
  onAbstain: 'fail',
  options: {
    most: {type: 'number', default: 1e9, description: 'Most records.'},
    mode: {type: 'string', default: 'judge', description: 'What it does.'},
  },
  judge(measures, {most, mode}) {
    const {value} = measures['probe.seen@accepted'];
    hooks.round();
    if (mode === 'throw') throw new Error('the round gate broke');
    if (mode === 'nonsense') return {status: 'perhaps', message: 'it depends'};
    if (mode === 'nan') return {status: 'pass', measured: Number.NaN, message: 'nothing to see'};
    return {
      status: value <= most ? 'pass' : 'fail',
      measured: value,
      limit: most,
      message: `${value} accepted`,
    };
  },
};

export default {
  name: 'probe',
  rules: [
    flags,
    features,
    pairs,
    prompts,
    previous,
    groups,
    bits,
    rests,
    compares,
    observes,
    reads,
    samples,
    rested,
  ],
  gates: [score, either, round],
  features: {
    shout(record) {
      calls.features.push(record.id);
      return record.text.toUpperCase();
    },
  },
  providers: {
    size: {
      batch: 3,
      async provide(records) {
        calls.batches.push(records.map(({id}) => id));
        const {throw: order} = records[0].fields;
        if (order === 'provider') throw new Error('the model is not there');
        if (order === 'provider-short') return [1];
        return records.map(({text}) => text.length);
      },
    },
  },
};
