import type {Gate} from '../api.js';
import duplication from './duplication.js';
import findings from './findings.js';
import novelty from './novelty.js';

/** All bundled gates, in the order in which they judge and are listed. */
const gates: readonly Gate[] = [findings, novelty, duplication];

export default gates;
