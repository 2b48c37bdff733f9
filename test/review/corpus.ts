import {writeFileSync} from 'node:fs';
import {join} from 'node:path';

const lines = [
  'The keeper counted the boats twice before he wrote the number into the book.',
  'Rope is sold by the arm here, and the arm is that of whoever sells it.',
  'On windy days the bread is baked at night, when the chimney draws better.',
];

/** A round in which each of three texts comes back twice, once nearly. */
export function writeRound(folder: string): void {
  const rows = lines.flatMap((text, at) => [
    {id: `first-${at}`, text: `${text} ${text.toUpperCase()} It was told again in spring.`},
    {id: `again-${at}`, text: `${text} ${text.toUpperCase()} It was told again in spring.`},
    {id: `near-${at}`, text: `${text} ${text.toUpperCase()} It was told again in \x1b[2J\u202e spring.`},
  ]);
  writeFileSync(join(folder, 'round.jsonl'), rows.map(row => `${JSON.stringify(row)}\n`).join(''));
}
