// AssemblyScript, compiled by `npm run build:kernel` into ../kernel.wasm.ts: from the UTF-8 bytes of a text to
// what the detector of machine text looks at. What that is and why is told in ../style.ts.

import {hashes, tokens} from './memory';

export {forest} from './forest';
export {known, ngrams, weigh} from './ngrams';
export {measure} from './style';
export {readBytes, tokenise} from './tokenise';

export function tokensAt(): usize { return tokens; }
export function hashesAt(): usize { return hashes; }
