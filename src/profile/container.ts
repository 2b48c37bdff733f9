/*
 * The profile file: versioned, checksummed sections of bytes in segments, one segment per run that extended
 * it. What the sections hold is the business of those who write them; `sections.ts` helps with that.
 */
export type {WriteOptions} from './container-atomic.js';
export {compactProfile, type MergeContext, type SectionMerge} from './container-compact.js';
export type {ProfileParams, ProfileSource} from './container-directory.js';
export {
  appendSegment,
  requireSameParams,
  type SegmentDraft,
  writeProfile,
} from './container-edit.js';
export {ProfileError} from './container-error.js';
export {type ProfileInfo, profileInfo} from './container-info.js';
export {isProfile, openProfile, type Profile, verifyProfile} from './container-read.js';
export type {ProfileSegment} from './container-segment.js';
