/** A value as YAML on one line; text only stands without quotes where it cannot be anything else. */
export function flow(value: unknown): string {
  if (typeof value === 'string') return scalar(value);
  if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(([key, item]) => `${scalar(key)}: ${flow(item)}`);
  return `{${members.join(', ')}}`;
}

function scalar(text: string): string {
  const isPlain = /^[A-Za-z][\w./*-]*$/.test(text) && !/^(true|false|null)$/i.test(text);
  return isPlain ? text : JSON.stringify(text).replace(/[^\x20-\x7e\p{L}\p{N}]/gu, escapeCharacter);
}

/** JSON leaves bidi controls and their like as they are; a terminal would act on them. */
function escapeCharacter(character: string): string {
  const units = Array.from({length: character.length}, (_, index) => character.charCodeAt(index));
  return units.map(unit => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
