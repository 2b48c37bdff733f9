/**
 * How long novelty/semantic takes for a record, by the number of embeddings that are held of the reference:
 * `npm run build && node bench/novelty-search.mjs`. The numbers are random; the work does not depend on them.
 */
import {hold, nothingHeld} from '../dist/rules/novelty/held.js';
import {createSearch} from '../dist/rules/novelty/nearest.js';

const size = 384;
const queries = 40;
let state = 1;
function next() {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state / 2 ** 32;
}
const vector = () => Int8Array.from({length: size}, () => Math.round((next() + next() - 1) * 127));

for (const count of [1000, 10_000, 100_000]) {
  const held = nothingHeld();
  for (let at = 0; at < count; at++) {
    const hash = at.toString(16).padStart(32, '0');
    hold(held, {hash}, () => ({kind: '384', vector: vector(), id: `r${at}`, path: 'a', line: at}));
  }
  const nearest = createSearch(held);
  const asked = Array.from({length: queries}, vector);
  nearest(asked[0], '384');
  // Time of the processor, so that other work on the machine does not count.
  const before = process.cpuUsage();
  for (const query of asked) nearest(query, '384');
  const milliseconds = process.cpuUsage(before).user / 1e3 / queries;
  console.log(`${count} embeddings of ${size} numbers: ${milliseconds.toFixed(2)} ms of one core a record`);
}
