import type {Gate, OptionSchema, OptionSchemas, Rule} from '../api.js';
import {flow} from './flow.js';
import type {Registry} from './registry.js';

/**
 * A `.collapserc` that documents every key, rule and gate. As it stands it is what holds without a config;
 * lines that start with `#` and no space are settings to uncomment.
 */
export function exampleConfig(registry: Pick<Registry, 'rules' | 'gates'>): string {
  const rules = [...registry.rules.values()].flatMap(ruleLines);
  const gates = [...registry.gates.values()].flatMap(gateLines);
  return `${[...head, ...section('rules', rules), ...gateHead, ...section('gates', gates), ...tail].join('\n')}\n`;
}

const head = `\
# .collapserc: which records of a corpus may be trained on. YAML; JSON works too.
# The nearest one from the working folder upwards is used. This file says what holds without one:
# copy it, and keep only what you change. \`collapse config\` shows what is in force, and why.
# Lines that start with # and no space are settings to uncomment.

# Completion and checks in editors.
#$schema: ./node_modules/collapse-gate/schema/collapserc.json

# What to start from, in order; later ones win, and this file wins over all of them. A preset
# (collapse:recommended, collapse:strict, plugin:preset), a file (./team.yaml) or a package.
# A config that names nothing starts from collapse:recommended.
extends: collapse:recommended

# Plugins: paths or packages, looked up from the folder of the file that names them.
#plugins:
#  - ./rules/our-plugin.js
#  - name: collapse-gate/transformers
#    options:
#      embedding:
#        model: ./models/all-MiniLM-L6-v2

# Where records keep what. Known shapes (plain text, chat, Alpaca, ShareGPT, preference) need no mapping.
# Roles: text, prompt, response, messages, chosen, rejected, id, source, generator. A path like meta.id,
# samples[0].text or messages[*].content, or several that are tried in order.
#fields:
#  text: body
#  id: [meta.id, uuid]

# What one record is, in formats that do not say. text: line, paragraph or file; markdown: file, or section
# (one for each heading).
#records:
#  text: paragraph
#  markdown: section

# What candidates are held against: profiles, files, folders or glob patterns, relative to the folder of
# this file. trusted (usually human-written), previous (rounds already accepted), benchmark (must not leak in)
# or machine (samples of a suspected generator).
#references:
#  - corpora/human.profile
#  - path: corpora/exam.jsonl
#    role: benchmark

# Rules look and report. off, warn (report only), error (the gate \`findings\` rejects the record), or
# [level, {options}]. \`family/*\` sets the level of a family. What an entry does not say stays as it is.`.split(
  '\n',
);

const gateHead = `\

# Gates decide. on, off, or options (it is then on). \`else\` is the verdict on a record that does not
# pass, \`onAbstain\` what happens where the gate does not apply.`.split('\n');

const tail = `\

# Rules that differ for some records: those that match \`files\` (globs relative to the folder of this
# file) and \`where\` (field path to a value, or to a list of values). Later ones win.
#overrides:
#  - files: wiki/**
#    where:
#      lang: [de, fr]
#    rules:
#      '*': warn

# Findings that somebody has taken on: they are counted apart and reject nothing. Each has a rule or family,
# \`files\` or \`records\` (ids or hashes), a reason and, if you like, the last day that it holds.
#waivers:
#  - rule: duplicate/*
#    files: templates/**
#    reason: Templates repeat themselves on purpose.
#    until: 2030-12-31

# How \`collapse filter --weights\` weighs records for a trainer: by a signal from 0 to 1, to a power. Records
# may be expected to be drawn \`repeats\` times at most, when there are \`draws\` times as many draws as records.
#weights:
#  signal: synthetic
#  power: 10
#  draws: 1.5
#  repeats: 3
#  of: accepted # or all
#  onAbstain: mean # or zero

# Files to leave out when folders and patterns are expanded. Globs, relative to the folder of this file.
ignore: []

# Malformed records that a run may have and still pass.
maxMalformed: 0

# Findings per rule that a report lists. All are counted.
maxFindings: 50

# Megabytes of a round above which corpus rules that a sample is enough for (tail, format, homogeneity …) read
# one record in 2, 4, 8 …, chosen by a hash of its text and id. 0: they always read all.
sampleAbove: 32

# Lowest level at which findings make \`check\` exit with 1: warn, error or never.
failOn: error`.split('\n');

function section(key: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [`${key}: {}`] : [`${key}:`, ...lines];
}

function ruleLines(rule: Rule): string[] {
  const [first, ...rest] = optionLines(rule.options);
  const comment = `  # ${oneLine(rule.summary)}`;
  if (first === undefined) return [comment, `  ${rule.id}: ${rule.recommended}`];
  const options = [`    ${first[0]}`, `    - ${first[1]}`, ...rest.flat().map(line => `      ${line}`)];
  return [comment, `  ${rule.id}:`, `    - ${rule.recommended}`, ...options];
}

function gateLines(gate: Gate): string[] {
  const isRecord = gate.scope === 'record';
  const options = [
    ...optionLines(gate.options).flat(),
    ...(isRecord ? [`else: ${gate.else} # quarantine or reject`] : []),
    `onAbstain: ${gate.onAbstain} # ${isRecord ? 'accept, quarantine or reject' : 'pass, fail or abstain'}`,
  ];
  const comment = `  # ${oneLine(gate.summary)}`;
  if (gate.recommended) return [comment, `  ${gate.id}:`, ...options.map(line => `    ${line}`)];
  return [
    comment,
    `  ${gate.id}: off`,
    '  # Its options, which turn it on:',
    ...options.map(line => `  #   ${line}`),
  ];
}

/** For each option a comment and its line. */
function optionLines(options: OptionSchemas): [comment: string, line: string][] {
  return Object.entries<OptionSchema>(options).map(([name, schema]) => [
    `# ${oneLine(schema.description)}${bounds(schema)}`,
    `${name}: ${flow(schema.default)}`,
  ]);
}

function bounds(schema: OptionSchema): string {
  if (schema.type === 'string' && schema.enum) return ` One of ${schema.enum.join(', ')}.`;
  if (schema.type !== 'integer' && schema.type !== 'number') return '';
  const {minimum, maximum} = schema;
  if (minimum !== undefined && maximum !== undefined) return ` From ${minimum} to ${maximum}.`;
  if (minimum !== undefined) return ` At least ${minimum}.`;
  return maximum === undefined ? '' : ` At most ${maximum}.`;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
