import type {Example, Gate, Rule} from '../../api.js';
import {exampleBlocks, isGate, numbers, optionRows, setting, standing} from '../../report/facts.js';
import {visible} from '../../report/sanitize.js';
import {createStyle, type Style, type StyleOptions} from '../../report/style.js';
import type {Subject} from '../../report/subject.js';
import {table, wrap} from '../../report/width.js';

/** The documentation of a rule, a gate or what else findings speak of, wrapped to the terminal. Ends with a newline. */
export function renderExplain(subject: Rule | Gate | Subject, options: StyleOptions): string {
  // Prose is hard to read in longer lines.
  const style = createStyle({...options, width: Math.min(options.width, 100)});
  const {paint} = style;
  const declared = 'options' in subject ? subject : undefined;
  const blocks = [
    [paint.bold(paint.cyan(visible(subject.id))), ...prose(subject.summary, style)],
    declared ? prose(standing(declared).join(' '), style).map(paint.dim) : [],
    section('Why it matters', prose(subject.why, style), style),
    section('What to do', prose(subject.advice, style), style),
    section('Details', prose(subject.details ?? '', style), style),
    ...(declared ? declaredBlocks(declared, style) : []),
  ];
  return `${blocks
    .filter(lines => lines.length > 0)
    .map(lines => lines.map(line => line.trimEnd()).join('\n'))
    .join('\n\n')}\n`;
}

/** What a rule or gate declares: options, numbers, messages, examples. */
function declaredBlocks(subject: Rule | Gate, style: Style): string[][] {
  return [
    section('Options', optionLines(subject, style), style),
    section(
      'In .collapserc',
      setting(subject).map(line => `  ${visible(line)}`),
      style,
    ),
    ...numbers(subject).map(({title, rows}) => section(title, definitions(rows, style), style)),
    ...(isGate(subject) ? [] : ruleBlocks(subject, style)),
  ];
}

function ruleBlocks(rule: Rule, style: Style): string[][] {
  const {green, red} = style.paint;
  return [
    section('Messages', definitions(Object.entries(rule.messages), style), style),
    ...rule.examples.fail.map(example => renderExample(red('Fails'), example, style)),
    ...rule.examples.pass.map(example => renderExample(green('Passes'), example, style)),
  ];
}

function section(title: string, lines: readonly string[], {paint}: Style): string[] {
  return lines.length > 0 ? [paint.bold(title), ...lines] : [];
}

function optionLines(subject: Rule | Gate, style: Style): string[] {
  const rows = optionRows(subject);
  if (rows.length === 0) return [];
  const [header = [], ...body] = table(
    [
      ['  name', 'type', 'allowed', 'default'],
      ...rows.map(row => [`  ${row.name}`, row.type, row.range, row.default].map(visible)),
    ],
    ['left', 'left', 'left', 'left'],
  );
  const {cyan, dim} = style.paint;
  return [
    dim(header.join('  ')),
    ...body.flatMap(([name = '', ...rest], at) => [
      [cyan(name), ...rest].join('  '),
      ...indented(rows[at]!.description, 6, style),
    ]),
  ];
}

function definitions(rows: readonly (readonly [string, string])[], style: Style): string[] {
  return rows.flatMap(([name, meaning]) => [
    `  ${style.paint.cyan(visible(name))}`,
    ...(meaning === '' ? [] : indented(meaning, 6, style)),
  ]);
}

function renderExample(outcome: string, example: Example, style: Style): string[] {
  const blocks = exampleBlocks(example);
  const options = example.options ? `, with ${JSON.stringify(example.options)}` : '';
  return [
    `${outcome}${visible(`${example.label ? `: ${example.label}` : ''}${options}`)}`,
    ...blocks.flatMap(({title, lines}) => [
      ...(blocks.length > 1 ? [style.paint.dim(`  ${title}`)] : []),
      ...lines.flatMap(line => indented(line, blocks.length > 1 ? 4 : 2, style)),
    ]),
  ];
}

/** Markdown paragraphs and lists wrapped, fenced blocks as they are. */
function prose(markdown: string, style: Style): string[] {
  const lines: string[] = [];
  for (const block of blocksOf(markdown)) {
    if (lines.length > 0) lines.push('');
    if (block.startsWith('```')) {
      const code = block.split('\n').filter(line => !line.startsWith('```'));
      lines.push(...code.map(line => `    ${visible(line)}`));
    } else if (/^\s*([-*]|\d+\.) /.test(block)) {
      for (const item of block.split(/\n(?=\s*(?:[-*]|\d+\.) )/)) lines.push(...hanging(item, style));
    } else if (block.startsWith('|')) {
      lines.push(...block.split('\n').map(line => `  ${visible(line)}`));
    } else lines.push(...indented(block, 2, style));
  }
  return lines;
}

function blocksOf(markdown: string): string[] {
  const parts = markdown.split(/^(```[\s\S]*?^```)$/m);
  const blocks = parts.flatMap(part => (part.startsWith('```') ? [part] : part.split(/\n{2,}/)));
  return blocks.map(block => block.replace(/^\n+|\n+$/g, '')).filter(block => block !== '');
}

function hanging(item: string, style: Style): string[] {
  const [first = '', ...rest] = indented(item.trim(), 4, style);
  return [first.slice(2), ...rest];
}

function indented(text: string, indent: number, {width}: Style): string[] {
  const line = visible(text.replace(/\s*\n\s*/g, ' '));
  return wrap(line, width - indent).map(part => ' '.repeat(indent) + part);
}
