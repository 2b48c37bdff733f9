import type {Example, Gate, Rule} from '../api.js';
import {exampleBlocks, numbers, optionRows, setting, standing} from './facts.js';
import {escapeJson} from './sanitize.js';

/** The documentation page of a rule, made from what its file says about it. Ends with a newline. */
export function ruleDoc(rule: Rule): string {
  const messages = Object.entries(rule.messages).map(([id, text]) => [code(id), text]);
  return page(rule, rule.kind === 'corpus' ? 'What it measures' : 'What it flags', [
    ...section('Messages', table(['id', 'message'], messages)),
    ...section('Examples', [
      ...rule.examples.fail.flatMap(example => renderExample('Fails', example)),
      ...rule.examples.pass.flatMap(example => renderExample('Passes', example)),
    ]),
  ]);
}

/** The documentation page of a record gate or a round gate. Ends with a newline. */
export function gateDoc(gate: Gate): string {
  return page(gate, 'What it decides', []);
}

function page(subject: Rule | Gate, heading: string, more: readonly string[]): string {
  const options = optionRows(subject).map(({name, type, range, default: value, description}) => [
    code(name),
    type,
    range,
    code(value),
    description,
  ]);
  const blocks = [
    `# ${subject.id}`,
    standing(subject).join(' '),
    ...section(heading, [subject.summary]),
    ...section('Why it matters', [subject.why]),
    ...section('What to do', [subject.advice]),
    ...section('Details', subject.details ? [subject.details.trim()] : []),
    ...section('Options', table(['option', 'type', 'allowed', 'default', 'description'], options)),
    ...section('Configuration', ['In `.collapserc`:', fence('yaml', setting(subject))]),
    ...numbers(subject).flatMap(({title, rows}) => section(title, meanings(rows))),
    ...more,
  ];
  return `${blocks.join('\n\n')}\n`;
}

function renderExample(outcome: string, example: Example): string[] {
  const options = Object.keys(example.options ?? {}).length > 0;
  const label = example.label ? `: ${example.label}` : '';
  const withOptions = options ? `, with ${code(escapeJson(JSON.stringify(example.options)))}` : '';
  const blocks = exampleBlocks(example);
  return [
    `### ${outcome}${label}${withOptions}`,
    ...blocks.flatMap(({title, lines}) => [
      ...(blocks.length > 1 ? [`${title}:`] : []),
      fence('jsonl', lines),
    ]),
  ];
}

/** A table, or a list where there are only names: gates take numbers that a rule explains. */
function meanings(rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  if (rows.every(([, meaning]) => meaning === ''))
    return [rows.map(([name]) => `- ${code(name)}`).join('\n')];
  return table(
    ['name', 'meaning'],
    rows.map(([name, meaning]) => [code(name), meaning]),
  );
}

/** A heading and what stands under it; nothing when there is nothing under it. */
function section(title: string, blocks: readonly string[]): string[] {
  return blocks.length > 0 ? [`## ${title}`, ...blocks] : [];
}

function fence(language: string, lines: readonly string[]): string {
  return [`\`\`\`${language}`, ...lines, '```'].join('\n');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|').replace(/\s*\n\s*/g, ' ')).join(' | ')} |`;
  return [[line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')];
}

/** A code span that may hold backticks itself. */
function code(text: string): string {
  const longest = Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const ticks = '`'.repeat(longest + 1);
  const blank = longest > 0 ? ' ' : '';
  return `${ticks}${blank}${text}${blank}${ticks}`;
}
