// AssemblyScript, compiled by `npm run build:kernel` into ../kernel.wasm.ts: the inner loop of every scan. From
// the UTF-8 bytes of one text to its words, word pairs, sketch and fingerprints. What these are and why is
// told in ../../text.ts; test/features/oracle.ts computes the same in plain code.

import {words} from './memory';

export {hashBands} from './bands';
export {foundAt, foundLists, seekPhrases, seekSigns} from './keywords';
export {bytesToSummarise, bytesToTokenise} from './memory';
export {elementsAt, pair} from './pairs';
export {repeats} from './repeats';
export {sketch} from './sketch';
export {exactHigh, exactLow, tokenise} from './tokenise';
export {fingerprintsAt, winnow} from './winnow';

export function wordsAt(): usize { return words; }
