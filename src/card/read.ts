import {readFileSync, statSync} from 'node:fs';
import type {Declaration} from '../api.js';
import {position, start} from '../config/yaml-places.js';
import {depth, maxAliases} from '../config/yaml-structure.js';
import {InputError, visible} from '../corpus/errors.js';
import {frontMatterOf} from '../corpus/markdown/front-matter.js';

/** Cards with hundreds of configurations have some 100 KB of YAML. */
const maxYaml = 2 ** 20;
const maxFile = 16 * 2 ** 20;
const maxDepth = 64;

/** Keys that only cards of data sets have, on the Hub. */
const ofDatasets =
  /^(?:configs|dataset_info|size_categories|task_categories|task_ids|annotations_creators|language_creators|source_datasets|multilinguality|paperswithcode_id)[ \t]*:/m;
const ofAnything = /^(?:license|language|tags|pretty_name)[ \t]*:/m;
/** Those of models, demos, and pages of a website. */
const ofOthers =
  /^(?:library_name|pipeline_tag|base_model|model-index|inference|sdk|app_file|layout|permalink)[ \t]*:/m;

/** A card, and where its keys stand. */
export interface Card extends Declaration {
  /** Where a value stands, for messages: `README.md:12:5`. */
  readonly at: (...path: readonly (string | number)[]) => string;
}

/**
 * The card at the beginning of a README; undefined where there is no file, or what it begins with is no card of
 * a data set. @throws InputError with line and column for YAML that cannot be read.
 */
export async function readCard(file: string, shown: string): Promise<Card | undefined> {
  const size = statSync(file, {throwIfNoEntry: false});
  if (!size?.isFile() || size.size > maxFile) return undefined;
  const text = readFileSync(file, 'utf8').replace(/^\ufeff/, '');
  const matter = frontMatterOf(text);
  if (matter === undefined) return undefined;
  const {yaml} = matter;
  const isCard = ofDatasets.test(yaml) || (ofAnything.test(yaml) && !ofOthers.test(yaml));
  return isCard ? parseCard(yaml, shown) : undefined;
}

async function parseCard(yaml: string, shown: string): Promise<Card> {
  if (yaml.length > maxYaml) throw unreadable(shown, 1, 1, `its YAML is larger than ${maxYaml >> 20} MiB`);
  const {Composer, isAlias, isMap, isScalar, isSeq, LineCounter, Parser} = await import('yaml');
  const lines = new LineCounter();
  // A blank line in the place of the fence: lines are those of the file.
  const text = `\n${yaml}`;
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  if (depth(tokens) > maxDepth)
    throw unreadable(shown, 2, 1, `it is nested more than ${maxDepth} levels deep`);
  const composer = new Composer({uniqueKeys: false, schema: 'core', lineCounter: lines, logLevel: 'silent'});
  const [document] = [...composer.compose(tokens, true, text.length)];
  const [error] = document?.errors ?? [];
  if (error !== undefined) {
    const {line, column} = position(lines, error.pos[0]);
    throw unreadable(shown, line, column, visible(error.message.split('\n', 1)[0]!, 160));
  }
  let value: unknown;
  try {
    value = document?.toJS({maxAliasCount: maxAliases});
  } catch (problem) {
    const grows = (problem as Error).name === 'ReferenceError';
    throw unreadable(
      shown,
      2,
      1,
      grows
        ? 'it has aliases that grow without bound, or that nothing is named for'
        : 'it cannot be resolved',
    );
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw unreadable(shown, 2, 1, 'it is no mapping of keys to values');

  const place = (path: readonly (string | number)[]) => {
    let node: unknown = document?.contents;
    let offset = 1;
    for (const step of path) {
      if (isAlias(node)) node = node.resolve(document!);
      let found: unknown;
      if (isSeq(node)) found = node.items[Number(step)];
      else if (isMap(node)) {
        const pair = node.items.find(({key}) => isScalar(key) && String(key.value) === String(step));
        if (pair === undefined) break;
        offset = start(pair.key);
        node = pair.value;
        continue;
      }
      if (found === undefined) break;
      offset = start(found);
      node = found;
    }
    return position(lines, offset);
  };
  return {
    path: shown,
    fields: value as Record<string, unknown>,
    line: (...path) => (path.length === 0 ? 1 : place(path).line),
    at: (...path) => {
      const {line, column} = place(path);
      return `${shown}:${line}:${column}`;
    },
  };
}

function unreadable(shown: string, line: number, column: number, why: string): InputError {
  return new InputError(
    `Cannot read the card \`${visible(shown, 200)}:${line}:${column}\``,
    why,
    'Mend the YAML between `---`, or name the data files instead of the folder.',
  );
}
