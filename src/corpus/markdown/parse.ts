import {visible} from '../errors.js';
import {tooMuch} from './bounds.js';
import {type FrontMatter, frontMatterOf, type Matter, parseMatter} from './front-matter.js';
import {type Block, proseOf} from './prose.js';
import {type Dialect, parseTree} from './tree.js';

export interface Markdown {
  readonly fields: Extract<Matter, {fields: unknown}>['fields'];
  readonly blocks: readonly Block[];
  /** UTF-16 code units of the front matter, its fences included. */
  readonly matterEnd: number;
}

/** What is wrong with a file, and where. */
export interface Broken {
  readonly reason: string;
  readonly line: number;
}

/** Reads a Markdown file whole: front matter, and prose by its tree with lines and offsets of the file. */
export async function parseMarkdownFile(text: string, dialect: Dialect): Promise<Markdown | Broken> {
  const matter = frontMatterOf(text);
  const parsed = await parseMatter(text, matter);
  if ('reason' in parsed) return parsed;
  const refused = tooMuch(text);
  if (refused !== undefined) return refused;
  try {
    const tree = await parseTree(
      text.slice(0, matter?.end ?? 0).replace(/[^\r\n]/g, ' ') + text.slice(matter?.end ?? 0),
      dialect,
    );
    return {fields: parsed.fields, blocks: proseOf(tree), matterEnd: matter?.end ?? 0};
  } catch (error) {
    return broken(error, dialect, matter);
  }
}

function broken(error: unknown, dialect: Dialect, matter: FrontMatter | undefined): Broken {
  if (error instanceof RangeError)
    return {reason: 'Nested too deeply to be read; take the nesting out', line: 1};
  const {reason, message, line, place} = error as {
    reason?: string;
    message: string;
    line?: number;
    place?: {line?: number; start?: {line: number}};
  };
  // Only the MDX parser refuses a text.
  if (dialect !== 'mdx') throw error;
  const at = line ?? place?.line ?? place?.start?.line ?? (matter === undefined ? 1 : 2);
  return {reason: `It is not MDX at line ${at}: ${visible(reason ?? message, 160)}`, line: at};
}
