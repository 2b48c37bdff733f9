/** One thing that is wrong with a config, and where. Lines and columns count from 1. */
export interface Problem {
  /** Config file relative to the working folder, or the preset, plugin or option it comes from. */
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
  /** What is wrong and what to do about it. */
  readonly message: string;
}

/** Everything that is wrong with a config, at once: a person fixes it in one go. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(render(problems));
    this.problems = problems;
  }
}

/** Beyond this many the message only counts: a broken file should not scroll the first error away. */
const shown = 50;

function render(problems: readonly Problem[]): string {
  const lines = problems.slice(0, shown).map(renderProblem);
  if (problems.length > shown) lines.push(`… and ${problems.length - shown} more.`);
  return lines.join('\n');
}

/** `.collapserc:9:5 Unknown option …` */
export function renderProblem({file, line, column, message}: Problem): string {
  if (file === undefined) return message;
  const place = line === undefined ? file : `${file}:${line}:${column ?? 1}`;
  return `${visible(place)} ${message}`;
}

/** A value from a config in backticks: short, on one line, without anything a terminal would act on. */
export function quote(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? String(value));
  return `\`${visible(text.length > 80 ? `${text.slice(0, 79)}…` : text)}\``;
}

/** "`off`, `warn` or `error`" */
export function alternatives(values: readonly string[], quoted = true): string {
  const words = quoted ? values.map(quote) : values;
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

/** Control, bidi and line-breaking characters as `\u{…}`. */
export function visible(text: string): string {
  return text.replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    character => `\\u{${character.charCodeAt(0).toString(16)}}`,
  );
}
