/*
 * The profile file: versioned, checksummed sections of bytes in segments, one segment per run that extended
 * it. What the sections hold is the business of those who write them; `table.ts` helps with that.
 */
export {compactProfile, type MergeContext, type SectionMerge} from './compact.js';
export type {ProfileParams, ProfileSource} from './directory.js';
export {
  appendSegment,
  requireSameParams,
  type SegmentDraft,
  writeProfile,
} from './edit.js';
export {ProfileError} from './error.js';
export {type ProfileInfo, profileInfo} from './info.js';
export {isProfile, openProfile, type Profile, verifyProfile} from './read.js';
export type {Streamed} from './table.js';
