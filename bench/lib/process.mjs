import {spawn, spawnSync} from 'node:child_process';
import {closeSync, mkdtempSync, openSync, readFileSync, rmSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/**
 * Runs a command to its end: `{code, seconds, peakBytes, stdout}`. Peak memory is the high-water mark of the
 * process with all its threads: from GNU time where there is one, else polled from /proc; NaN where there is
 * neither. `memory: false` runs the command bare, for times of milliseconds. Throws when the exit code is not
 * in `codes`: a command that failed is not a measurement.
 */
export async function measure(command, {codes = [0], memory = true, stdout = 'ignore', cwd} = {}) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'collapse-bench-'));
  const sizeFile = path.join(folder, 'peak');
  const outFile = path.join(folder, 'stdout');
  const timed = memory && hasGnuTime();
  const [program, ...args] = timed ? [gnuTime, '-f', '%M', '-o', sizeFile, ...command] : command;
  const out = stdout === 'keep' ? openSync(outFile, 'w') : stdout;
  try {
    const start = process.hrtime.bigint();
    const child = spawn(program, args, {stdio: ['ignore', out, 'pipe'], cwd});
    const polled = memory && !timed ? pollPeak(child) : undefined;
    let errors = '';
    child.stderr.on('data', chunk => {
      errors = (errors + chunk).slice(-2000);
    });
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (status, signal) => resolve(status ?? signal));
    });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (!codes.includes(code))
      throw new Error(
        `"${command.join(' ')}" ended with ${code}, expected ${codes.join(' or ')}.\n${errors}`,
      );
    const peakBytes = timed ? readPeak(sizeFile) : (polled?.() ?? Number.NaN);
    return {code, seconds, peakBytes, stdout: stdout === 'keep' ? readFileSync(outFile, 'utf8') : ''};
  } finally {
    if (typeof out === 'number') closeSync(out);
    rmSync(folder, {recursive: true, force: true});
  }
}

const gnuTime = '/usr/bin/time';
let gnuTimeWorks;
function hasGnuTime() {
  gnuTimeWorks ??= spawnSync(gnuTime, ['-f', '%M', 'true'], {stdio: 'ignore'}).status === 0;
  return gnuTimeWorks;
}

/** GNU time writes a line more when the command's exit code is not 0: the size is the last one. */
function readPeak(file) {
  return Number(readFileSync(file, 'utf8').trim().split('\n').at(-1)) * 1024;
}

/** The kernel keeps the high-water mark, so polling loses only what was added after the last look. */
function pollPeak(child) {
  let peak = Number.NaN;
  const timer = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      const kilobytes = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
      if (kilobytes !== undefined) peak = Number(kilobytes) * 1024;
    } catch {
      // No /proc on this system, or the process has just ended.
    }
  }, 20);
  child.on('close', () => clearInterval(timer));
  return () => peak;
}
