// AssemblyScript, compiled by `npm run build:kernel` into ../kernel.wasm.ts: from the UTF-8 bytes of a text to
// what the detector of machine text looks at. What that is and why is told in ../style.ts.

import {hashCount, hashes, tokens} from './memory';

export {bytesFor} from './memory';
export {hit, hitsAt, ngrams, squares, sum} from './ngrams';
export {measure} from './style';
export {tokenise} from './tokenise';

export function tokensAt(): usize { return tokens; }
export function hashesAt(): usize { return hashes; }
