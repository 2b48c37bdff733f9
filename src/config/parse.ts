import type {Document, YAMLError} from 'yaml';
import {ConfigError, type Problem, quote} from './error.js';
import type {Source} from './source.js';
import {locate, position} from './yaml-places.js';
import {depth, maxAliases, structureProblems} from './yaml-structure.js';

/** Far above any real config; keeps the parser's time and recursion within bounds. */
const maxBytes = 2 ** 20;
const maxDepth = 64;

/**
 * Parses YAML 1.2, of which JSON is a part. An empty text is an empty config.
 * @throws ConfigError with the line and column of every syntax error.
 */
export async function parseSource(bytes: Uint8Array, name: string, dir: string): Promise<Source> {
  if (bytes.length > maxBytes) {
    throw failed(
      name,
      `has ${bytes.length} bytes; a config may have at most ${maxBytes}. Is it the right file?`,
    );
  }
  const text = decode(bytes, name);
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const tokens = [...new yaml.Parser(lines.addNewLine).parse(text)];
  if (depth(tokens) > maxDepth) throw failed(name, `is nested more than ${maxDepth} levels deep.`);
  const composer = new yaml.Composer({uniqueKeys: false, stringKeys: true, lineCounter: lines});
  const [document, second] = [...composer.compose(tokens, true, text.length)];
  if (document === undefined) throw failed(name, 'could not be read as YAML.');
  const problems = [
    ...[...document.errors, ...document.warnings].map(error => at(error.pos[0], sentence(error, text))),
    ...(second === undefined
      ? []
      : [at(second.range[0], 'A second YAML document starts here. Keep only one.')]),
    ...structureProblems(document, yaml, at),
  ];
  if (problems.length > 0) throw new ConfigError(problems);
  const value: unknown = toPlain(document, name) ?? {};
  return {name, dir, value, locate: (path, what) => locate(document, path, what, lines, yaml)};

  function at(offset: number, message: string): Problem {
    return {file: name, ...position(lines, offset), message};
  }
}

function decode(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw failed(name, 'is not valid UTF-8. Save it as UTF-8 text.');
  }
}

function failed(name: string, message: string): ConfigError {
  return new ConfigError([{message: `Config ${quote(name)} ${message}`}]);
}

function toPlain(document: Document.Parsed, name: string): unknown {
  try {
    return document.toJS({maxAliasCount: maxAliases});
  } catch {
    throw failed(name, 'has aliases of aliases that grow without bound. Write the values out.');
  }
}

/** The YAML library's message as a sentence, with what to do where its wording does not say. */
function sentence({code, message, pos: [offset]}: YAMLError, text: string): string {
  if (code === 'NON_STRING_KEY') return 'A key must be plain text.';
  const [first = ''] = message.split('\n');
  const line = text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset);
  const hint = /^[\s{,-]*\*/.test(line) ? ' Something that starts with `*` must stand in quotes.' : '';
  return `${first.replace(/[.:]?$/, '.')}${hint}`;
}
