import type {Dataset} from '../api.js';
import type {Config, RuleSetting} from '../config/config.js';
import type {Registry} from '../config/registry.js';
import type {Input} from '../corpus/input.js';
import type {Reference} from '../profile/reference.js';

/** A data set folder that is scanned. */
export interface ScannedDataset extends Omit<Dataset, 'splits'> {
  readonly splits: readonly {
    readonly name: string;
    /** Inputs that it is made of, and the reference that it is, by their names. */
    readonly inputs: readonly string[];
    readonly reference?: string;
  }[];
}

/** The data set as rules see it, once it was read. */
export function readDataset(
  {splits, ...rest}: ScannedDataset,
  inputs: readonly Pick<Input, 'path'>[],
  recordsPerInput: readonly number[],
  references: readonly Reference[],
): Dataset {
  const rows = new Map(inputs.map(({path}, index) => [path, recordsPerInput[index]!]));
  const held = new Map(references.map(({path, records}) => [path, records]));
  const sum = (paths: readonly string[]) => paths.reduce((all, path) => all + (rows.get(path) ?? 0), 0);
  return {
    ...rest,
    splits: splits.map(({name, inputs: own, reference}) => {
      const known = reference === undefined ? 0 : held.get(reference);
      const isRead = rest.whole && known !== undefined && (own.length > 0 || reference !== undefined);
      return {name, rows: isRead ? sum(own) + known : undefined};
    }),
  };
}

/** The config of a scan of anything else: rules on what a card says have nothing to look at, and cost nothing. */
export function withoutDatasetRules(config: Config, {rules}: Registry): Config {
  const isAbout = (id: string) => {
    const rule = rules.get(id);
    return rule?.kind === 'corpus' && rule.ofDataset === true;
  };
  const off = (settings: Readonly<Record<string, RuleSetting>>) =>
    Object.fromEntries(
      Object.entries(settings).map(([id, setting]) => [
        id,
        isAbout(id) ? ({...setting, level: 'off'} as const) : setting,
      ]),
    );
  return {
    ...config,
    rules: off(config.rules),
    overrides: config.overrides.map(override => ({...override, rules: off(override.rules)})),
  };
}
