import {parseArgs} from 'node:util';
import {closest} from '../corpus/closest.js';
import {UsageError} from './exit.js';
import type {Options} from './options.js';

type Values<O extends Options> = {
  readonly [Name in keyof O]?: O[Name]['type'] extends 'boolean'
    ? boolean
    : O[Name] extends {multiple: true}
      ? readonly string[]
      : string;
};

export interface Arguments<O extends Options> {
  readonly values: Values<O>;
  readonly positionals: readonly string[];
}

/** Parses a command's arguments. Throws UsageError that names the flag, with the one that may be meant. */
export function parse<const O extends Options>(
  command: string,
  args: readonly string[],
  options: O,
): Arguments<O> {
  const config = Object.fromEntries(
    Object.entries(options).map(([name, {type, short, multiple}]) => [
      name,
      {type, ...(short !== undefined && {short}), ...(multiple !== undefined && {multiple})},
    ]),
  );
  try {
    const {values, positionals} = parseArgs({args: [...args], options: config, allowPositionals: true});
    return {values: values as Values<O>, positionals};
  } catch (error) {
    const {message} = error as Error;
    const unknown = /Unknown option '(-[^']*)'/.exec(message)?.[1];
    if (unknown === undefined) throw new UsageError(`${message}\nSee \`collapse ${command} --help\`.`);
    const meant = closest(unknown.replace(/^-+/, ''), Object.keys(options));
    const hint = meant === undefined ? '' : ` Did you mean \`--${meant}\`?`;
    throw new UsageError(
      `Unknown option \`${unknown}\` for \`collapse ${command}\`.${hint}\nSee \`collapse ${command} --help\`.`,
    );
  }
}

/** A whole number from `least`, or undefined when the flag is not there. */
export function wholeNumber(flag: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (/^\d{1,9}$/.test(value) && number >= least) return number;
  throw new UsageError(`\`--${flag}\` must be a whole number from ${least}, found \`${value}\`.`);
}

/** Splits `ROLE=PATH`; without a known role in front, all of it is the path. */
export function parseReference(text: string): {path: string; role: string} {
  const role = /^(trusted|previous|benchmark|machine)=/.exec(text)?.[1];
  return role === undefined ? {path: text, role: 'trusted'} : {path: text.slice(role.length + 1), role};
}

/** Splits `NAME=PATH`. */
export function parseOutput(text: string): {name: string; path: string} {
  const at = text.indexOf('=');
  if (at <= 0 || at === text.length - 1) {
    throw new UsageError(`\`--output ${text}\`: write it as NAME=PATH, for example html=report.html.`);
  }
  return {name: text.slice(0, at), path: text.slice(at + 1)};
}
