import type {Measure} from './report.js';

/** The name of a measure, without the view that its key may end with: `length.median@accepted`. */
export function measureName(key: string, {view}: Pick<Measure, 'view'>): string {
  return key.endsWith(`@${view}`) ? key.slice(0, -view.length - 1) : key;
}
