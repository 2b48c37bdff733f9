import {createTwoFilesPatch} from 'diff';
import type {Calibrated} from './choose.js';

type Yaml = typeof import('yaml');
type Document = ReturnType<Yaml['parseDocument']>;

/** The config with the limits that were found, and everything else as it stands. An empty text becomes a config. */
export async function editConfig(
  text: string,
  limits: readonly Calibrated[],
  levels: ReadonlyMap<string, string>,
): Promise<string> {
  const yaml = await import('yaml');
  let edited = text;
  for (const limit of limits)
    if (limit.chosen !== null)
      edited = edit(yaml, edited, limit, limit.chosen.limit, levels.get(limit.id) ?? 'warn');
  return edited;
}

/** Replaces what stands there where it can: a config written anew would look like another. */
function edit(
  yaml: Yaml,
  text: string,
  {kind, id, option}: Calibrated,
  value: number,
  level: string,
): string {
  const document = yaml.parseDocument(text);
  const at = kind === 'rule' ? ['rules', id] : ['gates', id];
  const node = document.getIn(at, true);
  const options = optionsAt(yaml, document, at);
  const old = options && document.getIn([...options, option], true);
  const replaced = (from: unknown, by: string) => {
    const [start, end] = (from as {range: [number, number]}).range;
    return text.slice(0, start) + by + text.slice(end);
  };
  if (yaml.isScalar(old)) return replaced(old, String(value));
  if (yaml.isScalar(node)) {
    const word = text.slice(...(node.range!.slice(0, 2) as [number, number]));
    // As JSON where the value was.
    const key = word.startsWith('"') ? `"${option}"` : option;
    return replaced(node, kind === 'rule' ? `[${word}, {${key}: ${value}}]` : `{${key}: ${value}}`);
  }
  if (options !== undefined) document.setIn([...options, option], value);
  else {
    const entry = document.createNode(kind === 'rule' ? [level, {[option]: value}] : {[option]: value});
    (entry as {flow?: boolean}).flow = true;
    document.setIn(at, entry);
  }
  return isJson(text)
    ? `${JSON.stringify(document.toJS(), null, 2)}\n`
    : document.toString({lineWidth: 0, flowCollectionPadding: false});
}

/** Where the options of an entry stand, `[warn, {fpr: 0.01}]` or `{minimum: 0.2}`; undefined where it has none. */
function optionsAt(yaml: Yaml, document: Document, at: readonly string[]): (string | number)[] | undefined {
  const node = document.getIn(at, true);
  if (yaml.isMap(node)) return [...at];
  if (yaml.isSeq(node) && yaml.isMap(node.get(1, true))) return [...at, 1];
  return undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The lines to paste: one for each rule or gate, with all of its options that were found. */
export function configLines(limits: readonly Calibrated[], levels: ReadonlyMap<string, string>): string[] {
  const of = (kind: Calibrated['kind']) => {
    const options = new Map<string, string[]>();
    for (const limit of limits)
      if (limit.kind === kind && limit.chosen !== null)
        options.set(limit.id, [...(options.get(limit.id) ?? []), `${limit.option}: ${limit.chosen.limit}`]);
    return [...options].map(([id, list]) => {
      const given = `{${list.join(', ')}}`;
      return kind === 'rule' ? `  ${id}: [${levels.get(id) ?? 'warn'}, ${given}]` : `  ${id}: ${given}`;
    });
  };
  const [rules, gates] = [of('rule'), of('gate')];
  return [
    ...(rules.length > 0 ? ['rules:', ...rules] : []),
    ...(gates.length > 0 ? ['gates:', ...gates] : []),
  ];
}

/** What an edit would change, as a unified diff. */
export function diffOf(name: string, before: string, after: string): string {
  return createTwoFilesPatch(name, name, before, after, '', '', {context: 2});
}
