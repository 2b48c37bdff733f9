import {existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/**
 * Everything that is written from what rules and gates say about themselves, by path in the checkout.
 * `source` is the tool: `{rules, gates, ruleDoc, gateDoc, configSchema, exampleConfig}`. The picture of the
 * demo stays as it is where none is given: it needs a build.
 */
export function pages(
  {rules, gates, ruleDoc, gateDoc, configSchema, exampleConfig, provenanceSchema},
  readme,
  picture,
) {
  const known = {
    rules: new Map(rules.map(rule => [rule.id, rule])),
    gates: new Map(gates.map(gate => [gate.id, gate])),
  };
  return new Map([
    ...rules.map(rule => [`docs/rules/${rule.id}.md`, ruleDoc(rule)]),
    ...gates.map(gate => [`docs/gates/${gate.id}.md`, gateDoc(gate)]),
    ['docs/rules/README.md', index('Rules', rulesIntro, ruleTable(rules, './'))],
    ['docs/gates/README.md', index('Gates', gatesIntro, gateTable(gates, './'))],
    ['schema/collapserc.json', `${JSON.stringify(configSchema(known), null, 2)}\n`],
    ['schema/provenance.json', `${JSON.stringify(provenanceSchema, null, 2)}\n`],
    ['.collapserc.example', exampleConfig(known)],
    [
      'README.md',
      filled(readme, {
        ...(picture !== undefined && {picture}),
        rules: ruleTable(rules, 'docs/rules/'),
        gates: gateTable(gates, 'docs/gates/'),
      }),
    ],
  ]);
}

/** What is not as it should be: `{file, problem}` for pages that are missing, stale or without a source. */
export function differences(root, expected) {
  const found = [];
  for (const [file, text] of expected) {
    const full = path.join(root, file);
    if (!existsSync(full)) found.push({file, problem: 'missing'});
    else if (readFileSync(full, 'utf8') !== text) found.push({file, problem: 'stale'});
  }
  for (const folder of ['docs/rules', 'docs/gates']) {
    if (!existsSync(path.join(root, folder))) continue;
    for (const name of readdirSync(path.join(root, folder), {recursive: true})) {
      const file = `${folder}/${name.replaceAll('\\', '/')}`;
      if (file.endsWith('.md') && !expected.has(file)) found.push({file, problem: 'without a rule or gate'});
    }
  }
  return found;
}

/** Brings the checkout up to date; returns what was done. */
export function update(root, expected) {
  const found = differences(root, expected);
  for (const {file} of found) {
    const full = path.join(root, file);
    if (!expected.has(file)) rmSync(full);
    else {
      mkdirSync(path.dirname(full), {recursive: true});
      writeFileSync(full, expected.get(file));
    }
  }
  return found;
}

const rulesIntro =
  'Rules look at records and say what they saw; [gates](../gates/README.md) decide. A level says how a ' +
  'finding counts: `warn` only reports, `error` rejects the record (through the gate `findings`).';
const gatesIntro =
  'Gates turn what [rules](../rules/README.md) saw into verdicts. A record gate accepts, quarantines or ' +
  'rejects a record; a round gate passes or fails the round as a whole.';

function index(title, intro, table) {
  return `# ${title}\n\n${intro}\n\n${table}\n`;
}

const looksAt = {
  record: 'one record',
  pair: 'a record and those like it',
  group: 'records that share a key',
  corpus: 'the whole corpus',
};

function ruleTable(rules, base) {
  const rows = rules.map(({id, summary, kind, recommended}) => [
    `[${id}](${base}${id}.md)`,
    summary,
    looksAt[kind],
    recommended,
  ]);
  return table(['rule', 'what it does', 'looks at', 'level'], rows);
}

function gateTable(gates, base) {
  const rows = gates.map(({id, summary, scope, recommended}) => [
    `[${id}](${base}${id}.md)`,
    summary,
    scope === 'record' ? 'each record' : 'the round',
    recommended ? 'on' : 'off',
  ]);
  return table(['gate', 'what it does', 'judges', 'by default'], rows);
}

function table(header, rows) {
  const line = cells => `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [header, header.map(() => '---'), ...rows].map(line).join('\n');
}

/** The text with each `<!-- generated:name -->` block filled anew. */
function filled(text, blocks) {
  for (const [name, block] of Object.entries(blocks)) {
    const [open, close] = [`<!-- generated:${name} -->`, `<!-- /generated:${name} -->`];
    const [start, end] = [text.indexOf(open), text.indexOf(close)];
    if (start < 0 || end < start) throw new Error(`README.md needs the lines \`${open}\` and \`${close}\`.`);
    text = `${text.slice(0, start)}${open}\n\n${block}\n\n${text.slice(end)}`;
  }
  return text;
}
