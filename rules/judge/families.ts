/** Families whose models go by names that do not begin alike. */
const aliases: readonly (readonly [RegExp, string])[] = [
  [/(?:^|[-_/])(?:gpt|chatgpt|text[-_]davinci|davinci|o[134](?:-|$))/, 'gpt'],
  [/llama|vicuna|alpaca/, 'llama'],
  [/mistral|mixtral|codestral|ministral/, 'mistral'],
  [/claude/, 'claude'],
  [/gemini|gemma|palm|bard/, 'gemini'],
  [/qwen|qwq/, 'qwen'],
  [/deepseek/, 'deepseek'],
];

/** Family of a model by its name; undefined for a name without letters. */
export function familyOf(name: string): string | undefined {
  const folded = name.trim().toLowerCase();
  const known = aliases.find(([pattern]) => pattern.test(folded));
  if (known !== undefined) return known[1];
  return /^[a-z]+/.exec(folded.slice(folded.lastIndexOf('/') + 1))?.[0];
}
