/**
 * A strict reader of the HTML that reports are written in: every tag closed in order, every attribute quoted,
 * no `<` and no loose `&` in text. What it takes, a browser cannot read in another way.
 */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: (Element | string)[];
}

const empty = new Set(['meta', 'input']);
const token =
  /<!doctype html>|<(?<close>\/)?(?<name>[a-z][a-z0-9]*)(?<attributes>(?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"<>]*")?)*)(?<self>\/)?>|(?<text>[^<]+)|(?<wrong><)/g;

/** Throws at the first place that is not well-formed. */
export function parseHtml(page: string): Element {
  const root: Element = {name: '#', attributes: {}, children: []};
  const open = [root];
  // Style sheet and script are no text: a browser reads them up to their end tags.
  const parts = page.split(/(?<=<(?:style|script)>)(.*?)(?=<\/(?:style|script)>)/s);
  if (parts.length < 3) throw new Error('No style sheet.');
  for (const [at, part] of parts.entries()) {
    if (at % 2 === 1) {
      open.at(-1)!.children.push(part);
      continue;
    }
    for (const {groups = {}, index} of part.matchAll(token)) {
      const {close, name, attributes = '', self, text, wrong} = groups;
      if (wrong !== undefined) throw new Error(`Not well-formed at: ${part.slice(index, index + 60)}`);
      if (text !== undefined) open.at(-1)!.children.push(decoded(text));
      if (name === undefined) continue;
      if (close !== undefined) {
        const last = open.pop();
        if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
        continue;
      }
      const element: Element = {name, attributes: read(attributes), children: []};
      open.at(-1)!.children.push(element);
      if (self === undefined && !empty.has(name)) open.push(element);
    }
  }
  if (open.length !== 1) throw new Error(`<${open.at(-1)!.name}> is not closed`);
  return root;
}

function read(text: string): Record<string, string> {
  const pairs = [...text.matchAll(/ ([a-zA-Z][a-zA-Z0-9-]*)(?:="([^"]*)")?/g)].map(
    ([, name, value = '']) => [name!, decoded(value)] as const,
  );
  const attributes = Object.fromEntries(pairs);
  if (Object.keys(attributes).length !== pairs.length) throw new Error(`Twice the same attribute: ${text}`);
  return attributes;
}

const entities: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'"};

function decoded(text: string): string {
  return text.replace(/&(#?\w+;)?/g, (_, name?: string) => {
    const character = entities[name?.slice(0, -1) ?? ''];
    if (character === undefined) throw new Error(`A loose & in: ${text.slice(0, 80)}`);
    return character;
  });
}

/** All elements below, in order. */
export function elements(element: Element): Element[] {
  return element.children.flatMap(child => (typeof child === 'string' ? [] : [child, ...elements(child)]));
}

export function textOf(element: Element): string {
  return element.children.map(child => (typeof child === 'string' ? child : textOf(child))).join('');
}

/** What there is without what it says: tags and the names of their attributes. */
export function structureOf(element: Element): string[] {
  return elements(element).map(({name, attributes}) => [name, ...Object.keys(attributes)].join(' '));
}
