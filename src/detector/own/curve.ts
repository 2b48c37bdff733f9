/** Figures of the receiver operating characteristic, with 95 % intervals. */

export type Interval = readonly [low: number, high: number];

/** Area under the curve (Mann and Whitney): ties count half. */
export function areaOf(human: readonly number[], machine: readonly number[]): number {
  const {inHuman} = placements(human, machine);
  return inHuman.reduce((sum, value) => sum + value, 0) / Math.max(1, machine.length);
}

/**
 * The area's interval (DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988), on the scale of the logit so that it
 * stays within 0 and 1. Two sets without overlap have no spread to go by: then the rule of three.
 */
export function areaInterval(human: readonly number[], machine: readonly number[]): Interval {
  const {inHuman, inMachine} = placements(human, machine);
  const area = mean(inHuman);
  const deviation = Math.sqrt(variance(inHuman) / machine.length + variance(inMachine) / human.length);
  if (area === 0 || area === 1 || deviation === 0) {
    const room = 3 / Math.min(human.length, machine.length);
    return [Math.max(0, area - room), Math.min(1, area + room)];
  }
  const logit = Math.log(area / (1 - area));
  const spread = (1.96 * deviation) / (area * (1 - area));
  return [1 / (1 + Math.exp(spread - logit)), 1 / (1 + Math.exp(-spread - logit))];
}

/** Share of the machine set above the score that at most a share `fpr` of the human set exceeds. */
export function rateOf(human: readonly number[], machine: readonly number[], fpr: number): number {
  const threshold = [...human].sort((one, other) => other - one)[Math.floor(fpr * human.length)]!;
  return machine.filter(score => score > threshold).length / machine.length;
}

/** For each machine score the share of human scores below it, and for each human one that of machine scores above. */
function placements(human: readonly number[], machine: readonly number[]) {
  const [h, m] = [Float64Array.from(human).sort(), Float64Array.from(machine).sort()];
  const below = (sorted: Float64Array, value: number) =>
    (firstFrom(sorted, value, false) + firstFrom(sorted, value, true)) / 2 / sorted.length;
  return {
    inHuman: machine.map(score => below(h, score)),
    inMachine: human.map(score => 1 - below(m, score)),
  };
}

/** How many are below the value, or with `upTo` below or equal. */
function firstFrom(sorted: Float64Array, value: number, upTo: boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value || (upTo && sorted[middle] === value)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function variance(values: readonly number[]): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0) / Math.max(1, values.length - 1);
}
