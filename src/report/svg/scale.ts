import type {MeasureUnit} from '../../api.js';
import {quantity} from '../numbers.js';

/**
 * Where numbers stand on a line. Pictures are drawn in percent of their width, so that one drawing fits a
 * telephone and a desk, and its text keeps its size.
 */
export interface Scale {
  readonly low: number;
  readonly high: number;
  /** Round numbers from `low` to `high`. */
  readonly ticks: readonly number[];
  /** Percent of the width, 0 to 100, to two decimals. */
  at(value: number): number;
}

/** The smallest scale with round ends that holds all values that are finite. */
export function scaleOf(values: readonly number[], parts: number): Scale {
  const finite = values.filter(Number.isFinite);
  const least = finite.length === 0 ? 0 : Math.min(...finite);
  const most = finite.length === 0 ? 0 : Math.max(...finite);
  // Halves: the distance between the two largest numbers is no number.
  const half = most / 2 - least / 2;
  // Ticks have twelve digits: numbers that only differ after the ninth are drawn as one.
  const apart = half > Math.max(1e-300, 1e-9 * Math.max(Math.abs(least), Math.abs(most)));
  const width = apart ? half : Math.max(Math.abs(least) / 10, 0.5);
  const step = roundStep((width / parts) * 2);
  const first = Math.floor(least / step);
  const last = Math.max(first + 1, Math.ceil(most / step));
  const low = tick(first, step);
  const high = tick(last, step);
  const ticks = Array.from({length: last - first + 1}, (_, at) => tick(first + at, step));
  const span = high / 2 - low / 2;
  return {
    low,
    high,
    ticks,
    at: value => round((Math.min(Math.max(value / 2 - low / 2, 0), span) / span) * 100),
  };
}

/** A scale for bars: a bar's length says how much it is, so it begins at 0. */
export function barScale(values: readonly number[]): Scale {
  return scaleOf([0, ...values], 4);
}

/**
 * A scale for marks, whose place alone counts. It is never so narrow that next to nothing looks like much:
 * at least 10 points of a share, a fifth of other numbers.
 */
export function markScale(values: readonly number[], unit: MeasureUnit | undefined): Scale {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return scaleOf([0, 1], 2);
  const [least, most] = [Math.min(...finite), Math.max(...finite)];
  const narrow = unit === 'share' ? 0.1 : Math.max(Math.abs(least), Math.abs(most)) / 5;
  const widen = Math.max(0, narrow - (most - least)) / 2;
  const within = (value: number) =>
    unit === 'share' && least >= 0 && most <= 1 ? Math.min(1, Math.max(0, value)) : value;
  return scaleOf([within(least - widen), within(most + widen)], 2);
}

/** The number at a tick, as short as it can be said. */
export function tickText(value: number, unit: MeasureUnit | undefined): string {
  return unit === 'share' ? `${Number((value * 100).toPrecision(6))} %` : quantity(value);
}

/** To two decimals: a hundredth of a percent is less than a pixel. */
export function round(percent: number): number {
  return Math.round(percent * 100) / 100;
}

/** 1, 2 or 5 times a power of ten, at least `wanted`. */
function roundStep(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(Math.min(wanted, 1e307)));
  return power * ([1, 2, 5].find(factor => factor * power >= wanted * (1 - 1e-12)) ?? 10);
}

/** `3 * 0.1` is 0.30000000000000004, which nobody wants to read. */
function tick(at: number, step: number): number {
  const value = Number((at * step).toPrecision(12));
  return Math.min(Number.MAX_VALUE, Math.max(-Number.MAX_VALUE, value));
}
