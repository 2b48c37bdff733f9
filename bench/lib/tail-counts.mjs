/**
 * What the gate `tail` says of many splits of one corpus, as `judge` of tail-splits.mjs says it (calibrate-tail
 * holds the first splits of each corpus against it), some ten times as fast: words, pairs, n-grams and sampling
 * keys of a record are looked up once, and tables that no gate reads are left out.
 */
import {hash1, hashAfter, start, vocabulary} from '../../dist/rules/tail/ngrams.js';
import {kindOf, leastHeldOut} from '../../dist/rules/tail/predictor.js';
import {mostDrawn, survivalOf} from '../../dist/rules/tail/rarefaction.js';
import {addRecord, budget, emptySample, entryRoom} from '../../dist/rules/tail/sample.js';
import {chanceOfFew, shareAbove} from '../../dist/rules/tail/share-above.js';
import {capacity, groupOf} from '../../dist/rules/tail/spectrum.js';
import {chanceOf, chanceOfWorst, leastRecords, leastTypes, tailOf} from '../../dist/rules/tail/survive.js';
import {coverageOf} from '../../dist/rules/tail/topics/coverage.js';
import {
  addRecord as addTopic,
  emptySample as emptyTopics,
  sampleSize,
} from '../../dist/rules/tail/topics/sample.js';
import {choosing, judging, mixPair, wordKey} from '../../dist/rules/tail/types.js';
import {gateOf} from './tail-splits.mjs';

/** Judges splits of records, which are lists of word hashes: a round and a reference, both of the same arrays. */
export function splitJudge(all) {
  const records = all.filter(words => words.length > 0);
  const units = Int8Array.from(records, words => groupOf(words) - choosing);
  const words = typesOf(
    records.map(hashes => Array.from(hashes, wordKey)),
    units,
  );
  const pairs = typesOf(records.map(pairsOf), units);
  const surprise = surpriseOf(records);
  const topics = topicsOf(records);
  return (round, reference) => {
    const [own, others] = [new Set(round), new Set(reference)];
    /** Of each record 1 for the round, 0 for the reference, -1 for neither. */
    const sides = Int8Array.from(records, words => (own.has(words) ? 1 : others.has(words) ? 0 : -1));
    const sizes = [1, 0].map(side => sizesOf(units, sides, side));
    const measures = {...survivals(words.split(sides), pairs.split(sides), sizes), ...surprise(sides)};
    return gateOf({...measures, ...topics(sides)});
  };
}

const pairsOf = hashes =>
  Array.from(hashes.subarray(1), (hash, at) => wordKey(mixPair(hashes[at] | 0, hash | 0)));

/** Records of a side by judging group. */
function sizesOf(units, sides, side) {
  const sizes = new Float64Array(judging);
  for (const [record, unit] of units.entries()) if (unit >= 0 && sides[record] === side) sizes[unit]++;
  return sizes;
}

/** Counts of all types of a corpus, and `split`, which tells the round's and the reference's apart. */
function typesOf(keysOfRecords, units) {
  const keys = Uint32Array.from(new Set(keysOfRecords.flat())).sort();
  const places = new Map(Array.from(keys, (key, place) => [key, place]));
  const lists = keysOfRecords.map(own => {
    const counts = new Map();
    for (const key of own) counts.set(places.get(key), (counts.get(places.get(key)) ?? 0) + 1);
    const types = Uint32Array.from(counts.keys()).sort();
    return {types, tokens: types.map(type => counts.get(type))};
  });
  const countsOf = () => ({
    holders: new Uint32Array(keys.length),
    chosen: new Uint32Array(keys.length),
    held: new Uint32Array(keys.length * judging),
  });
  const countHolders = ({holders}, {types}) => {
    for (let at = 0; at < types.length; at++) holders[types[at]]++;
  };
  /** Of the types before `end`. */
  const countGroups = ({chosen, held}, record, end) => {
    const {types, tokens} = lists[record];
    const unit = units[record];
    for (let at = 0; at < types.length && types[at] < end; at++) {
      if (unit < 0) chosen[types[at]] += tokens[at];
      else held[types[at] * judging + unit]++;
    }
  };
  const [reference, round] = [countsOf(), countsOf()];

  return {
    split(sides) {
      for (const counts of [round, reference]) for (const each of Object.values(counts)) each.fill(0);
      const counted = [...lists.keys()].filter(record => sides[record] >= 0);
      const sideOf = record => (sides[record] === 1 ? round : reference);
      for (const record of counted) countHolders(sideOf(record), lists[record]);
      const ends = [round, reference].map(({holders}) => endOf(keys, holders));
      for (const record of counted) countGroups(sideOf(record), record, ends[1]);
      const known = [];
      for (let type = 0; type < ends[1]; type++) if (reference.holders[type] > 0) known.push(type);
      return {
        choices: {
          keys: Uint32Array.from(known),
          tokens: Uint32Array.from(known, type => reference.chosen[type]),
        },
        /** Records of the round and of the reference that hold types, under the limit that both know. */
        heldBy(types) {
          const both = types.filter(type => type < Math.min(...ends));
          const held = [round, reference].map(counts => {
            const of = new Uint32Array(both.length * judging);
            for (let to = 0; to < both.length; to++) {
              for (let unit = 0; unit < judging; unit++)
                of[to * judging + unit] = counts.held[both[to] * judging + unit];
            }
            return of;
          });
          return {types: both.length, held};
        },
      };
    },
  };
}

/** Where the sampling limit of a side lies among keys in order: it halves until few enough types are under it. */
function endOf(keys, holders) {
  let used = 0;
  for (let type = 0; type < holders.length; type++) if (holders[type] > 0) used++;
  let end = keys.length;
  for (let limit = 2 ** 31; used > capacity; limit /= 2) {
    while (end > 0 && keys[end - 1] >= limit) if (holders[--end] > 0) used--;
  }
  return end;
}

/** As tail/survival measures it. */
function survivals(words, pairs, [ofRound, ofReference]) {
  const drawn = Math.min(mostDrawn(ofRound), mostDrawn(ofReference));
  const records = [ofRound, ofReference].map(sizes => sizes.reduce((sum, size) => sum + size, 0));
  const survive = ({heldBy}, {keys}) => {
    const {types, held} = heldBy(keys);
    if (types < leastTypes || Math.min(...records) < leastRecords || drawn < leastRecords / 2)
      return undefined;
    return {
      round: survivalOf(held[0], ofRound, drawn),
      reference: survivalOf(held[1], ofReference, drawn),
    };
  };
  const rare = tailOf(words.choices, 0.05);
  const first = survive(words, rare);
  if (first === undefined) return {};
  const tests = [
    {id: 'tail.survival', survival: first, weight: 2},
    {id: 'tail.next-survival', survival: survive(words, tailOf(words.choices, 0.1, rare.most)), weight: 1},
    {id: 'tail.pair-survival', survival: survive(pairs, tailOf(pairs.choices, 0.05)), weight: 1},
  ].filter(({survival}) => survival !== undefined);
  return {
    ...Object.fromEntries(
      tests.map(({id, survival: {round, reference}}) => [
        id,
        {value: round.value, reference: reference.value},
      ]),
    ),
    'tail.p': {
      value: chanceOfWorst(tests.map(({survival, weight}) => ({chance: chanceOf(survival), weight}))),
    },
  };
}

/** Records as a sampling rule keeps them, each key once, in the order of their keys: `[key, entry, holders]`. */
function sampledAs(records, entryOf) {
  const byKey = new Map();
  for (const [record, words] of records.entries()) {
    const entry = entryOf(words);
    const known = byKey.get(entry.key);
    if (known === undefined) byKey.set(entry.key, {entry, holders: [record]});
    else known.holders.push(record);
  }
  return [...byKey.values()].sort((a, b) => a.entry.key - b.entry.key);
}

const isOn = (side, sides, holders) => holders.some(record => sides[record] === side);

/** As tail/surprise measures it. */
function surpriseOf(records) {
  const ids = new Map();
  const idOf = hash => {
    if (!ids.has(hash)) ids.set(hash, ids.size);
    return ids.get(hash);
  };
  const before = [hash1(start), hashAfter(hash1(start), start)];
  const startIds = before.map(idOf);
  const texts = sampledAs(records, words => {
    const sample = emptySample();
    addRecord(sample, words);
    return [...sample.entries.values()][0];
  }).map(({entry, holders}) => {
    let [last1, last2] = before;
    const grams = new Uint32Array(3 * entry.words.length);
    for (const [at, word] of entry.words.entries()) {
      const [one, two, three] = [hash1(word), hashAfter(last1, word), hashAfter(last2, word)];
      grams.set([idOf(one), idOf(two), idOf(three)], 3 * at);
      [last1, last2] = [one, two];
    }
    return {kind: kindOf(entry.key), room: entry.words.length + entryRoom, grams, holders};
  });
  const models = [0, 1].map(() => ({cells: new Uint32Array(4 * ids.size), tokens: 0, distinct: 0}));

  return sides => {
    const [reference, round] = [0, 1].map(side => {
      const kept = [];
      let room = 0;
      for (const text of texts) {
        if (room >= budget) break;
        if (!isOn(side, sides, text.holders)) continue;
        kept.push(text);
        room += text.room;
      }
      return kept;
    });
    const ofKind = (texts, wanted) => texts.filter(({kind}) => kind === wanted);
    if ([0, 1].some(kind => ofKind(reference, kind).length < leastHeldOut) || round.length === 0) return {};
    const kinds = [0, 1].map(kind => {
      train(models[kind], ofKind(reference, 1 - kind), startIds);
      const scored = texts =>
        Float64Array.from(texts, ({grams}) => bitsPerWord(models[kind], grams, startIds));
      return {values: scored(ofKind(round, kind)).sort(), heldOut: scored(ofKind(reference, kind)).sort()};
    });
    return {
      'surprise.above90': {...shareAbove(kinds, 0.1), reference: 0.1},
      'surprise.p': {value: chanceOfFew(kinds, 0.1)},
    };
  };
}

/** Of an n-gram: how often it was seen, how often a word followed it, how many different ones, whether it is known. */
const [seen, followed, followers, known] = [0, 1, 2, 3];

function train(model, texts, startIds) {
  const {cells} = model;
  cells.fill(0);
  model.tokens = 0;
  model.distinct = 0;
  for (const id of startIds) cells[4 * id + known] = 1;
  const follow = (context, gram) => {
    if (cells[gram + seen]++ === 0) cells[context + followers]++;
    cells[context + followed]++;
    cells[gram + known] = 1;
  };
  for (const {grams} of texts) {
    let [last1, last2] = startIds.map(id => 4 * id);
    for (let at = 0; at < grams.length; at += 3) {
      const [one, two, three] = [4 * grams[at], 4 * grams[at + 1], 4 * grams[at + 2]];
      if (cells[one + seen]++ === 0) model.distinct++;
      cells[one + known] = 1;
      follow(last1, two);
      follow(last2, three);
      last1 = one;
      last2 = two;
    }
    model.tokens += grams.length / 3;
  }
}

function bitsPerWord({cells, tokens, distinct}, grams, startIds) {
  let bits = 0;
  let [last1, last2] = startIds.map(id => 4 * id);
  const find = (context, gram) => (context >= 0 && cells[gram + known] === 1 ? gram : -1);
  const interpolated = (context, gram, shorter) => {
    const all = context < 0 ? 0 : cells[context + followed];
    if (all === 0) return shorter;
    const different = cells[context + followers] || 1;
    return ((gram < 0 ? 0 : cells[gram + seen]) + different * shorter) / (all + different);
  };
  for (let at = 0; at < grams.length; at += 3) {
    const one = find(0, 4 * grams[at]);
    const two = find(last1, 4 * grams[at + 1]);
    const three = find(last2, 4 * grams[at + 2]);
    let p = ((one < 0 ? 0 : cells[one + seen]) + distinct / vocabulary) / (tokens + distinct);
    p = interpolated(last1, two, p);
    p = interpolated(last2, three, p);
    bits -= Math.log2(p);
    last1 = one;
    last2 = two;
  }
  return bits / (grams.length / 3);
}

/** As tail/topics measures it. */
function topicsOf(records) {
  const texts = sampledAs(records, words => {
    const sample = emptyTopics();
    addTopic(sample, words, {id: '', text: ''});
    return [...sample.entries.values()][0];
  });
  return sides => {
    const [reference, round] = [0, 1].map(side => {
      const kept = texts.filter(({holders}) => isOn(side, sides, holders)).slice(0, sampleSize);
      const entries = new Map(kept.map(({entry}) => [entry.key, {...entry}]));
      return {entries, limit: Number.POSITIVE_INFINITY};
    });
    const {topics} = coverageOf(round, reference) ?? {};
    if (topics === undefined) return {};
    const halved = topics.filter(({status}) => status === 'halved' || status === 'lost').length;
    return {'tail.topics-halved': {value: halved / topics.length}};
  };
}
