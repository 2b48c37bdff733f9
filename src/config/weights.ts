import type {Config, WeightsSetting} from './config.js';
import {closed, type Schema} from './schema-parts.js';

/** What `--weights` does where the config does not say: the resampling of arXiv:2502.15654. */
export const weightDefaults: WeightsSetting = {
  signal: 'synthetic',
  power: 10,
  draws: 1.5,
  repeats: 3,
  of: 'accepted',
  onAbstain: 'mean',
};

/** Those of a config; absent in it where nothing was set, so that it is the same config as ever. */
export function weightsOf({weights}: Config): WeightsSetting {
  return weights ?? weightDefaults;
}

export const weightsSchema: Schema = {
  description: 'How `--weights` weighs records.',
  ...closed({
    signal: {
      type: 'string',
      minLength: 1,
      default: weightDefaults.signal,
      description: 'Signal of a record, from 0 to 1, that its weight is computed from.',
    },
    power: {
      type: 'number',
      minimum: 0.01,
      maximum: 100,
      default: weightDefaults.power,
      description: 'The weight is the signal, or 1 less it where low is good, to this power.',
    },
    draws: {
      type: 'number',
      minimum: 0.01,
      maximum: 1000,
      default: weightDefaults.draws,
      description: 'Draws that are planned, as a multiple of the records.',
    },
    repeats: {
      type: 'number',
      minimum: 1,
      maximum: 1000,
      default: weightDefaults.repeats,
      description: 'Times that a record may be expected to be drawn: larger weights are clipped to that.',
    },
    of: {
      enum: ['accepted', 'all'],
      default: weightDefaults.of,
      description: 'Records that get a weight.',
    },
    onAbstain: {
      enum: ['mean', 'zero'],
      default: weightDefaults.onAbstain,
      description:
        'Weight of a record that the signal does not apply to: the mean of the others, or 0. One that is missing weighs 0.',
    },
  }),
};
