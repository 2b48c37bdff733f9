// AssemblyScript, compiled by `npm run build:kernel` into ../kernel.wasm.ts: reads lines of JSON where they
// stand, as bytes, so that no string is made of what nobody asks for. ../../line-reader.ts says what for; what
// is not plain and valid JSON is left to JSON.parse, whose answers the tests hold this against.

export {append, appendBreak, begin, bytesForChunk, isWide, units} from './text';
export {fieldsAt, forget, readLine} from './line';
