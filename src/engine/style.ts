import {createHash} from 'node:crypto';
import {readFileSync} from 'node:fs';
import {resolve} from 'node:path';
import type {StyleDetector, StyleReading} from '../api.js';
import {bundledDetector, bundledMark} from '../detector/bundled.js';
import {createDetector, type Detector} from '../detector/detector.js';
import {readStyle} from '../detector/read.js';
import {decodeWeights} from '../detector/weights.js';
import {ScannedRecord} from './record.js';

/** By path: one detector a thread, however many rules name it. */
const detectors = new Map<string, StyleDetector>();

/** What `detector` of a rule's context does, with files named from `root`. @throws Error that says what to do. */
export function styleDetector(file: string, root: string): StyleDetector {
  const path = file === '' ? '' : resolve(root, file);
  const known = detectors.get(path);
  if (known !== undefined) return known;
  const made = file === '' ? bundled : load(file, root);
  detectors.set(path, made);
  return made;
}

const bundled: StyleDetector = {
  mark: bundledMark,
  read: record => readOnce(record, 'style', bundledDetector),
};

function load(file: string, root: string): StyleDetector {
  const bytes = readWeights(file, root);
  const mark = createHash('sha256').update(bytes).digest('hex').slice(0, 12);
  let detector: Detector | undefined;
  try {
    const weights = decodeWeights(bytes);
    const make = () => {
      detector ??= createDetector(weights);
      return detector;
    };
    return {mark, read: record => readOnce(record, `style ${mark}`, make)};
  } catch (error) {
    throw new Error(
      `the weights \`${file}\` cannot be used: ${(error as Error).message}. \`collapse train\` writes such files`,
    );
  }
}

function readWeights(file: string, root: string): Buffer {
  try {
    return readFileSync(resolve(root, file));
  } catch (error) {
    const {code, message} = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'ENOENT'
        ? `there is no \`${file}\` in \`${root}\`. Name a file that \`collapse train\` wrote, from the folder of the config`
        : `the weights \`${file}\` cannot be read: ${message}`,
    );
  }
}

/** Each record is read once by each detector. */
function readOnce(record: {readonly text: string}, name: string, detector: () => Detector): StyleReading {
  const derived = record instanceof ScannedRecord ? record.derived : undefined;
  const known = derived?.[name];
  if (known !== undefined) return known as StyleReading;
  const reading = readStyle(record.text, detector());
  if (derived !== undefined) derived[name] = reading;
  return reading;
}
