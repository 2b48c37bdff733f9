/** The three things that a text can be to a claim, in the words of natural language inference. */
export const entailmentClasses = ['entailment', 'neutral', 'contradiction'] as const;
export type EntailmentClass = (typeof entailmentClasses)[number];

/** How sources stand to one claim: shares that add up to 1. */
export type EntailmentScores = Readonly<Record<EntailmentClass, number>>;

const spellings: Readonly<Record<string, EntailmentClass>> = {
  entailment: 'entailment',
  entailed: 'entailment',
  entail: 'entailment',
  supported: 'entailment',
  neutral: 'neutral',
  unknown: 'neutral',
  contradiction: 'contradiction',
  contradicted: 'contradiction',
  contradictory: 'contradiction',
  refuted: 'contradiction',
};

/**
 * Which class each output of a model is, in the order of its outputs, from entries such as `contradiction` or
 * `LABEL_0=contradiction`. There is no default: models differ in their order, and the wrong one turns a filter
 * round without a word.
 * @throws Error that says what to write.
 */
export function readLabelMap(entries: readonly string[]): {name: string; class: EntailmentClass}[] {
  const advice = 'Write the labels in the order of the model’s outputs, as `LABEL_0=contradiction`';
  const labels = entries.map(entry => {
    const [name = '', meaning = name] = entry.split('=').map(part => part.trim());
    const found = spellings[meaning.toLowerCase()];
    if (found === undefined)
      throw new Error(
        `\`labels\` has \`${entry}\`, which is none of ${entailmentClasses.join(', ')}. ${advice}`,
      );
    return {name, class: found};
  });
  const twice = labels.find((label, at) => labels.findIndex(other => other.class === label.class) !== at);
  if (twice !== undefined) throw new Error(`\`labels\` names ${twice.class} twice. ${advice}`);
  if (!labels.some(label => label.class === 'entailment'))
    throw new Error(`\`labels\` does not say which output is entailment. ${advice}`);
  return labels;
}

/**
 * Holds a label map against `id2label` of a model’s own config.json. Names that say nothing (`LABEL_0`) are
 * taken at the map’s word.
 * @throws Error that names both orders.
 */
export function checkLabelMap(map: readonly {name: string; class: EntailmentClass}[], config: unknown): void {
  const own = (config as {id2label?: unknown} | null)?.id2label;
  if (typeof own !== 'object' || own === null)
    throw new Error('The model’s config has no `id2label`, so the labels cannot be checked');
  const names = Object.entries(own)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, name]) => String(name));
  const order = (list: readonly string[]) => list.map(name => `\`${name}\``).join(', ');
  if (names.length !== map.length)
    throw new Error(`The model has ${names.length} labels (${order(names)}), the map names ${map.length}`);
  for (const [at, name] of names.entries()) {
    const elsewhere = map.findIndex((label, to) => to !== at && label.name === name);
    if (elsewhere >= 0)
      throw new Error(
        `The model’s own labels are ${order(names)}, the map names them in another order: ${order(map.map(label => label.name))}. Correct \`labels\``,
      );
    const says = spellings[name.toLowerCase()];
    if (says !== undefined && says !== map[at]!.class)
      throw new Error(
        `The model’s own labels are ${order(names)}, the map has ${order(map.map(label => label.class))}. Correct \`labels\``,
      );
  }
}
