import type {Look} from './look.js';

/** A file that `collapse init` would write. */
export interface Proposal {
  /** From the folder. */
  readonly path: string;
  readonly text: string;
  readonly why: string;
  readonly executable?: boolean;
}

/** What to write, and what to do by hand where a file is there already. */
export interface Plan {
  readonly files: readonly Proposal[];
  readonly byHand: readonly string[];
}

export function propose(look: Look): Plan {
  const {has} = look;
  const files: Proposal[] = [{path: '.collapserc', text: configText(look), why: 'what is checked, and how'}];
  const byHand: string[] = [];
  if (has.preCommit) {
    byHand.push(`Add the hook to .pre-commit-config.yaml:\n${indent(preCommitRepo)}`);
  } else if (has.husky) {
    files.push({
      path: '.husky/pre-commit',
      text: `${command} --quiet\n`,
      why: 'checks what is staged before each commit',
      executable: true,
    });
  } else if (has.git) {
    files.push({
      path: '.pre-commit-config.yaml',
      text: `repos:\n${preCommitRepo}`,
      why: 'checks what is staged before each commit (https://pre-commit.com; then run `pre-commit install`)',
    });
  }
  if (has.github) {
    files.push({
      path: '.github/workflows/collapse.yml',
      text: workflow,
      why: 'checks what a pull request brings',
    });
  }
  return {files, byHand};
}

const command = 'npx --no collapse check --staged';

const preCommitRepo = `  - repo: https://github.com/collapse-gate/collapse-gate
    rev: v0.1.0
    hooks:
      - id: collapse
`;

const workflow = `name: collapse
on: pull_request
permissions:
  contents: read
jobs:
  collapse:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          fetch-depth: 0 # where the branch began must be known
      - uses: collapse-gate/collapse-gate@v0.1.0
        with:
          since: origin/\${{ github.base_ref }}
`;

function configText(look: Look): string {
  const {files, bytes, rows, recognised, textField, benchmarks, hasCard, over} = look;
  const seen = rows === 0 ? 'no rows' : `${rows} rows, ${recognised} of them of a known shape`;
  return [
    '# What collapse-gate checks here. Every key: .collapserc.example of the package; in force: `collapse config`.',
    `# Found: ${files} files with ${megabytes(bytes)}; looked at ${seen}.`,
    ...(over.length > 0
      ? [`# Not read: ${over.slice(0, 3).map(quiet).join(', ')}${over.length > 3 ? ' and more' : ''}.`]
      : []),
    ...(hasCard ? ['# README.md is a data set card.'] : []),
    'extends: collapse:recommended',
    '',
    ...(textField === undefined
      ? []
      : [
          '# Where the text is: the rows are of no shape that is known.',
          'fields:',
          `  text: ${textField}`,
          '',
        ]),
    '# Corpora to hold new records against: `trusted` (written by people), `previous` (accepted before) or',
    '# `benchmark` (must not leak in). With `--staged` and `--since` the rest of the data is one by itself.',
    ...(benchmarks.length > 0
      ? [
          '# These look like benchmarks by their names:',
          '#references:',
          ...benchmarks.map(path => `#  - {path: ${JSON.stringify(path)}, role: benchmark}`),
        ]
      : ['#references:', '#  - {path: corpora/human.jsonl, role: trusted}']),
    '',
    '# Levels and options of rules: off, warn (report), error (reject the record).',
    '#rules:',
    '#  duplicate/near: [error, {threshold: 0.85}]',
    '',
    '# Files that are no data (or a .collapseignore beside this file).',
    '#ignore: [scratch/**]',
    '',
  ].join('\n');
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** A file name within a comment: it must not end it. */
function quiet(path: string): string {
  return path.replace(/[\p{C}\u2028\u2029]/gu, '?');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ').trimEnd();
}
