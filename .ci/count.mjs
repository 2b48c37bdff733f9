/** Prints how many tests passed and failed, from the JSON results of vitest; `0 0` when there are none. */
import {existsSync, readFileSync} from 'node:fs';

const [file] = process.argv.slice(2);
const results = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
console.log(`${results.numPassedTests ?? 0} ${results.numFailedTests ?? 0}`);
