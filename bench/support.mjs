#!/usr/bin/env node
/**
 * What grounding/support is worth: claims made from sources by controlled edits. Needs a build.
 *   node bench/support.mjs FILE... [--field question] [--documents 1000] [--seed 1]
 *                          [--model FOLDER --labels contradiction,entailment,neutral [--dtype q8] [--max-tokens N] [--padded]]
 * A document of the file is the source; the claim is one of its sentences, kept in meaning (as it is, in lower
 * case, cut at a comma, joined with the next, a number written otherwise) or changed (a number, a name, a
 * negation, a unit, a sentence from another document). A claim counts as flagged when the gate `support`
 * would refuse it, or with `--model` when the gate `entailment` would by that model (`@huggingface/transformers`
 * must be installed where its folder is). Precision is over all claims of the table, so it depends on the mix of edits.
 *
 * Rows `{a, b, paraphrase}` are pairs: `b` is held against `a`, and the table says how many are flagged of
 * those that say the same in other words, and of the others.
 */
import {readFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import transformers from '../dist/plugins/transformers/index.js';
import {claimsOf, readSources} from '../dist/rules/grounding/support-claims.js';
import {tokensOf} from '../dist/rules/grounding/tokens.js';
import {sentencesOf} from '../dist/src/features/sentences.js';
import entailmentGate from '../dist/src/gates/entailment.js';
import supportGate from '../dist/src/gates/support.js';
import {createRandom} from './lib/random.mjs';
import {markdownTable} from './lib/table.mjs';

const {values, positionals} = parseArgs({
  allowPositionals: true,
  options: {
    field: {type: 'string', default: 'text'},
    documents: {type: 'string', default: '1000'},
    seed: {type: 'string', default: '1'},
    show: {type: 'string'},
    model: {type: 'string'},
    labels: {type: 'string', default: 'contradiction,entailment,neutral'},
    dtype: {type: 'string', default: 'fp32'},
    'max-tokens': {type: 'string', default: '0'},
    padded: {type: 'boolean', default: false},
  },
});
const defaultsOf = gate =>
  Object.fromEntries(Object.entries(gate.options).map(([name, {default: value}]) => [name, value]));
const entailment = values.model === undefined ? undefined : providerOf(resolve(values.model));

function providerOf(model) {
  const {dtype, padded} = values;
  const nli = {
    model,
    labels: values.labels.split(','),
    dtype,
    padded,
    maxTokens: Number(values['max-tokens']),
  };
  return transformers({options: {cache: false, nli}, folder: dirname(model)}).providers.entailment;
}
const random = createRandom();
const below = count => Math.floor(random.float() * count);
const pick = list => list[below(list.length)];
const spelled = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

function splice(text, {start, end}, by) {
  return text.slice(0, start) + by + text.slice(end);
}

const auxiliary = /\b(is|was|are|were|has|had|can|could|will|would|should|may|might|must)\b(?! not|n't)/;

/** Each gives the claim, or undefined where a sentence does not lend itself to the edit. */
const kept = {
  'as it is': ({sentence}) => sentence,
  'lower case': ({sentence}) => sentence.toLowerCase(),
  'cut at a comma': ({sentence}) => {
    const at = sentence.lastIndexOf(', ');
    return at > sentence.length / 2 ? `${sentence.slice(0, at)}.` : undefined;
  },
  'two joined': ({sentence, next}) => next && `${sentence.replace(/[.!?]+$/, '')}, and ${next}`,
  'number respelled': ({sentence, tokens}) => {
    const numbers = tokens.filter(({kind, key}) => kind === 'number' && /^\d+$/.test(key));
    if (numbers.length === 0) return undefined;
    const token = pick(numbers);
    const digits = /\d/.test(sentence.slice(token.start, token.end));
    const value = Number(token.key);
    if (digits && value >= 1000)
      return sentence.replace(/\d[\d,]*/, match => Number(match.replaceAll(',', '')).toLocaleString('en-US'));
    if (digits && value <= 12)
      return splice(sentence, {start: token.start, end: token.start + token.key.length}, spelled[value]);
    return digits ? undefined : splice(sentence, token, token.key);
  },
};
const changed = {
  'number changed': ({sentence, tokens}) => {
    const numbers = tokens.filter(({start, end}) => /^[$€£¥]?\d/.test(sentence.slice(start, end)));
    if (numbers.length === 0) return undefined;
    const {start} = pick(numbers);
    const [digits] = /\d[\d,.]*\d|\d/.exec(sentence.slice(start));
    const at = sentence.indexOf(digits, start);
    const value = Number(digits.replaceAll(',', ''));
    const other =
      value + (below(2) === 0 || value < 3 ? 1 : -1) * (1 + below(Math.max(2, Math.floor(value / 2))));
    return splice(sentence, {start: at, end: at + digits.length}, String(other));
  },
  'name swapped': ({sentence, tokens, names}) => {
    const own = tokens.filter(({kind}) => kind === 'name');
    return own.length === 0 ? undefined : splice(sentence, pick(own), pick(names));
  },
  'name within the source swapped': ({sentence, tokens, sourceNames}) => {
    const own = tokens.filter(({kind}) => kind === 'name');
    if (own.length === 0) return undefined;
    const token = pick(own);
    const others = sourceNames.filter(name => name !== sentence.slice(token.start, token.end));
    return others.length === 0 ? undefined : splice(sentence, token, pick(others));
  },
  negated: ({sentence}) => (auxiliary.test(sentence) ? sentence.replace(auxiliary, '$1 not') : undefined),
  'unit changed': ({sentence}) => {
    const units = [
      ['km', 'miles'],
      ['miles', 'km'],
      ['hours', 'minutes'],
      ['minutes', 'hours'],
      ['days', 'weeks'],
      ['weeks', 'days'],
      ['pounds', 'ounces'],
      ['feet', 'inches'],
      ['years', 'months'],
      ['inches', 'feet'],
      ['%', ' km'],
    ];
    for (const [from, to] of units) {
      const found = new RegExp(`(\\d ?)${from}(?![a-z])`).exec(sentence);
      if (found)
        return splice(
          sentence,
          {start: found.index + found[1].length, end: found.index + found[0].length},
          to,
        );
    }
    return undefined;
  },
  'from elsewhere': ({other}) => other,
};

function nameList(texts) {
  return texts.flatMap(text =>
    tokensOf(text, 400)
      .filter(({kind}) => kind === 'name')
      .map(({start, end}) => text.slice(start, end)),
  );
}

/** Claims of a file, each with its source and whether it should be refused. */
function claimsIn(file) {
  const lines = readFileSync(file, 'utf8').split('\n');
  const rows = lines.filter(line => line.trim() !== '').map(line => JSON.parse(line));
  if (rows[0].paraphrase !== undefined) return pairsOf(rows.slice(0, Number(values.documents)));
  const texts = rows
    .map(row => row[values.field])
    .filter(text => typeof text === 'string')
    .slice(0, Number(values.documents));
  const names = nameList(texts);
  const claims = [];
  for (const [at, text] of texts.entries()) {
    random.seed(Number(values.seed), at);
    const sentences = sentencesOf(text).map(({start, end}) => text.slice(start, end));
    const index = below(sentences.length);
    const elsewhere = texts[(at + 1 + below(texts.length - 1)) % texts.length];
    const sentence = sentences[index];
    const given = {
      sentence,
      next: sentences[index + 1],
      tokens: tokensOf(sentence, 400),
      names,
      sourceNames: nameList([text]),
      other: pick(sentencesOf(elsewhere).map(({start, end}) => elsewhere.slice(start, end))),
    };
    for (const [wanted, edits] of [
      [false, kept],
      [true, changed],
    ]) {
      for (const [name, edit] of Object.entries(edits)) {
        const claim = edit(given);
        if (claim === undefined || (wanted && sentences.includes(claim))) continue;
        claims.push({name, wanted, claim, text});
      }
    }
  }
  return claims;
}

const pairsOf = rows =>
  rows.map(({a, b, paraphrase}) => ({
    name: paraphrase ? 'paraphrase' : 'another text',
    wanted: !paraphrase,
    claim: b,
    text: a,
  }));

/** Whether the gate refuses the claim; undefined for one without content. */
function refusedByWords({claim, text}) {
  const claims = claimsOf(claim, sentencesOf(claim), readSources([text], sentencesOf));
  if (claims.length === 0) return undefined;
  const signals = {
    support: Math.min(...claims.map(({share}) => share)),
    'support.mismatches': claims.flatMap(({mismatches}) => mismatches).length,
  };
  return !supportGate.judge(signals, defaultsOf(supportGate)).pass;
}

async function refusedByModel(claims) {
  const records = claims.map(({claim, text}) => ({response: claim, text: claim, fields: {contexts: [text]}}));
  const verdicts = [];
  for (let at = 0; at < records.length; at += entailment.batch) {
    const given = await entailment.provide(records.slice(at, at + entailment.batch), {
      feature: record => sentencesOf(record.response),
    });
    for (const scores of given) {
      if ('absent' in scores) verdicts.push(undefined);
      else {
        const shares = scores.map(score => score.entailment);
        const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
        const signals = {entailment: Math.min(...shares), 'entailment.mean': mean};
        verdicts.push(!entailmentGate.judge(signals, defaultsOf(entailmentGate)).pass);
      }
    }
  }
  return verdicts;
}

async function measure(file) {
  const claims = claimsIn(file);
  const verdicts = entailment ? await refusedByModel(claims) : claims.map(refusedByWords);
  const counts = {};
  for (const [at, {name, wanted, claim, text}] of claims.entries()) {
    const flagged = verdicts[at];
    if (flagged === undefined) continue;
    counts[name] ??= {wanted, total: 0, flagged: 0};
    counts[name].total++;
    if (flagged) counts[name].flagged++;
    if (values.show === name && flagged !== wanted) console.log(JSON.stringify({claim, text}));
  }
  return counts;
}

const percent = share => `${(share * 100).toFixed(1)} %`;
for (const file of positionals) {
  const counts = Object.entries(await measure(file));
  const rows = counts.map(([name, {wanted, total, flagged}]) => [
    name,
    wanted ? 'yes' : 'no',
    total,
    percent(flagged / total),
  ]);
  console.log(
    `\n${file.split('/').pop()}\n\n${markdownTable(['edit', 'to be flagged', 'claims', 'flagged'], rows)}`,
  );
  const sum = (wanted, key) =>
    counts.filter(([, count]) => count.wanted === wanted).reduce((all, [, count]) => all + count[key], 0);
  const [hits, alarms] = [sum(true, 'flagged'), sum(false, 'flagged')];
  console.log(`\nprecision ${percent(hits / (hits + alarms))}, recall ${percent(hits / sum(true, 'total'))}`);
}
