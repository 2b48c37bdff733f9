import type {PartName, RecordParts} from '../../src/api.js';

/** What a model would have said: questions and rejected answers may say anything. */
export function answerPart(parts: RecordParts): PartName {
  if (parts.hasPart('chosen')) return 'chosen';
  return parts.hasPart('response') ? 'response' : 'text';
}

const longest = 90;

/** A stretch of text in one line, cut where it is long. */
export function excerptOf(text: string): string {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
