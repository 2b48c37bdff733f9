import type {TailState} from '../../replenish/tail.js';
import type {TopicState, WantedTopic} from '../../replenish/topics.js';
import type {RunOptions} from '../check.js';
import type {MixMeasure} from './measure.js';

export interface ReplenishOptions extends RunOptions {
  /** Folder to write. Undefined writes nothing: a dry run. */
  readonly out: string | undefined;
  /** Replace what an earlier run left in that folder. */
  readonly overwrite?: boolean | undefined;
  /** Wanted survival, as a share of that of an honest sample of the reference. */
  readonly target: number;
  /** Most records to add, of a round of so many. */
  readonly budget: (round: number) => number;
}

/** What was found, and what it does to the round. */
export interface Replenished {
  readonly version: 1;
  readonly target: number;
  readonly reached: boolean;
  readonly records: {
    readonly round: number;
    readonly added: number;
    readonly budget: number;
    /** How many reach the target; null where as many as the round has, or all that have a missing word, do not. */
    readonly enough: number | null;
  };
  /** Rare words that records were chosen by: how many, of which the round had none, and the mix has none. */
  readonly chosenBy: {readonly words: number; readonly missing: number; readonly left: number};
  /** Rare words that the choice knew nothing of: what counts. */
  readonly judgedOn: {readonly before: TailState; readonly after: TailState};
  /** Null where the reference has too few texts for topics, or its profile says nothing of them. */
  readonly topics: {
    /** Topics that records were chosen by, with the records that were wanted and are left wanting. */
    readonly chosenBy: readonly (WantedTopic & {readonly left: number})[];
    /** Other topics, which the choice knew nothing of: what counts. */
    readonly before: TopicState;
    readonly after: TopicState;
  } | null;
  readonly measures: readonly MixMeasure[];
  /** As given; null where nothing was written. */
  readonly folder: string | null;
}
