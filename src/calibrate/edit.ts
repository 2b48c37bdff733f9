import {createTwoFilesPatch} from 'diff';
import type {Calibrated} from './choose.js';

type Yaml = typeof import('yaml');
type Document = ReturnType<Yaml['parseDocument']>;

/** The config with the limits that were found, comments and order kept. An empty text becomes a config. */
export async function editConfig(
  text: string,
  limits: readonly Calibrated[],
  levels: ReadonlyMap<string, string>,
): Promise<string> {
  const yaml = await import('yaml');
  const document = yaml.parseDocument(text);
  for (const {kind, id, option, chosen} of limits) {
    if (chosen === null) continue;
    const at = kind === 'rule' ? ['rules', id] : ['gates', id];
    const place = optionPlace(yaml, document, at);
    if (place === undefined) {
      const value =
        kind === 'rule'
          ? [levelAt(document, at) ?? levels.get(id) ?? 'warn', {[option]: chosen.limit}]
          : {[option]: chosen.limit};
      const node = document.createNode(value);
      (node as {flow?: boolean}).flow = true;
      // What is said behind the old value is said of the new one.
      const comment = (document.getIn(at, true) as {comment?: string | null} | undefined)?.comment;
      if (comment) (node as {comment?: string}).comment = comment;
      document.setIn(at, node);
    } else document.setIn([...place, option], chosen.limit);
  }
  return document.toString({lineWidth: 0, flowCollectionPadding: false});
}

/** Where the options of an entry stand, `[warn, {fpr: 0.01}]` or `{minimum: 0.2}`; undefined where it has none. */
function optionPlace(yaml: Yaml, document: Document, at: readonly string[]): (string | number)[] | undefined {
  const node = document.getIn(at, true);
  if (yaml.isMap(node)) return [...at];
  if (yaml.isSeq(node) && yaml.isMap(node.get(1, true))) return [...at, 1];
  return undefined;
}

function levelAt(document: Document, at: readonly string[]): string | undefined {
  const value = document.getIn(at);
  if (typeof value === 'string') return value;
  const first = document.getIn([...at, 0]);
  return typeof first === 'string' ? first : undefined;
}

/** The lines to paste. */
export function configLines(limits: readonly Calibrated[], levels: ReadonlyMap<string, string>): string[] {
  const found = limits.flatMap(limit => (limit.chosen === null ? [] : [{...limit, chosen: limit.chosen}]));
  const of = (kind: Calibrated['kind']) => found.filter(limit => limit.kind === kind);
  const line = ({kind, id, option, chosen}: (typeof found)[number]) =>
    kind === 'rule'
      ? `  ${id}: [${levels.get(id) ?? 'warn'}, {${option}: ${chosen.limit}}]`
      : `  ${id}: {${option}: ${chosen.limit}}`;
  return [
    ...(of('rule').length > 0 ? ['rules:', ...of('rule').map(line)] : []),
    ...(of('gate').length > 0 ? ['gates:', ...of('gate').map(line)] : []),
  ];
}

/** What an edit would change, as a unified diff. */
export function diffOf(name: string, before: string, after: string): string {
  return createTwoFilesPatch(name, name, before, after, '', '', {context: 2});
}
