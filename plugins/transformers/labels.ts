import {type Batch, shaped} from './ask.js';

/** The labels of a classifier, in the order of its outputs. @throws Error where its config has none. */
export function labelsOf(model: string, config: Readonly<Record<string, unknown>>): string[] {
  const own = config.id2label;
  if (typeof own !== 'object' || own === null || Object.keys(own).length === 0)
    throw new Error(
      `\`${model}\` is no classifier: its config.json has no \`id2label\`. Name another model, or add the labels to its config`,
    );
  return Object.entries(own)
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, name]) => String(name));
}

/** One number for each label, for each text. */
export function readLogits(model: string, {outputs, rows}: Batch, labels: number): Float32Array[] {
  const {data} = shaped(model, outputs.logits, [rows, labels], 'logits');
  return Array.from({length: rows}, (_, row) =>
    Float32Array.from({length: labels}, (__, label) => Number(data[row * labels + label])),
  );
}
