import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import {bundledDetector, bundledWeights, bundledWeightsPath} from '../../src/detector/bundled.js';
import {percentileOf, thresholdOf} from '../../src/detector/detector.js';
import {explain} from '../../src/detector/explain.js';
import {decodeWeights, encodeWeights} from '../../src/detector/weights.js';

const file = readFileSync(bundledWeightsPath());

const brochure =
  'In conclusion, the journey toward a more sustainable harbor is not merely a technical challenge, but a profound opportunity for the entire community. By embracing innovative solutions and fostering collaboration between fishermen, engineers, and local residents, we can create a vibrant ecosystem that balances growth with stewardship.';
const diary =
  "Got to the pier about ten, no ferry. Dave from the bait shop said they'd hit something Tuesday and the other boat's up in Lowell getting painted, so that's that till Friday at least. I sat on the wall and ate Carol's egg sandwiches and watched two kids try to land a dogfish with a bit of clothesline.";

describe('the weights of the package', () => {
  it('are those that were measured', () => {
    // After training anew: write the new checksum and scores here, and the tables in docs/synthetic.md.
    expect(createHash('sha256').update(file).digest('hex')).toMatchInlineSnapshot(
      `"babc83c35298b89ada2eaef118bfb5519d4cd538e8a9f92c0b4ca200477f1e00"`,
    );
    expect(file.length).toBeLessThan(5_000_000);
    const scores = [brochure, diary].map(text =>
      (bundledDetector().analyse(text) as {score: number}).score.toFixed(3),
    );
    expect(scores).toMatchInlineSnapshot(`
      [
        "4.238",
        "-0.481",
      ]
    `);
  });

  it('survive being written and read', () => {
    expect(encodeWeights(decodeWeights(file)).equals(file)).toBe(true);
  });

  it('are refused when damaged or of another kind', () => {
    const damaged = Buffer.from(file);
    damaged[5000]! ^= 1;
    expect(() => decodeWeights(damaged)).toThrow('checksum');
    expect(() => decodeWeights(Buffer.from('{"weights": []}'))).toThrow('no file of detector weights');
  });

  it('put percentiles and thresholds in order', () => {
    const {tail} = bundledWeights();
    expect([...tail]).toEqual([...tail].sort((one, other) => one - other));
    let last = 0;
    for (let score = -8; score < 9; score += 0.1) {
      const percentile = percentileOf(tail, score);
      expect(percentile).toBeGreaterThan(last);
      expect(percentile).toBeLessThan(1);
      last = percentile;
    }
    for (const rate of [0.5, 0.1, 0.01, 0.001]) {
      expect(1 - percentileOf(tail, thresholdOf(tail, rate))).toBeCloseTo(rate, 6);
    }
  });
});

describe('explanations', () => {
  it('name traits and places of the text', () => {
    const text = `“${brochure}”`;
    const {traits, spans} = explain(bundledDetector(), text);
    expect(traits.length).toBeGreaterThan(0);
    expect(traits.every(({effect, value, usual}) => effect > 0 && value !== usual)).toBe(true);
    expect(spans.length).toBeGreaterThan(0);
    for (const {start, end} of spans) {
      expect(start).toBeLessThan(end);
      expect(text.slice(start, end)).toMatch(/^\S.*\S$/s);
      // Between words, not in them.
      expect(text.slice(start - 1, start + 1)).not.toMatch(/^\p{L}\p{L}$/u);
    }
  });

  it('are empty for a text without words', () => {
    expect(explain(bundledDetector(), '').spans).toEqual([]);
  });
});
