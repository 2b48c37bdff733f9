import {spawnSync} from 'node:child_process';
import {writeSync} from 'node:fs';
import {basename} from 'node:path';

/**
 * Another screen, as editors use it, so that what was on the terminal before is there again after. Its lines are
 * not broken: what terminals disagree on how wide it is must not push a line into the next. Pasted text is marked.
 */
const screen = {
  enter: '\x1b[?1049h\x1b[?7l\x1b[?2004h\x1b[H',
  leave: '\x1b[?2004l\x1b[?7h\x1b[?25h\x1b[?1049l',
};
/** For a screen reader: lines stay where they are written, so that one can go back to those that scrolled away. */
const lines = {enter: '\x1b[?2004h', leave: '\x1b[?2004l\x1b[?25h\n'};

/** The terminal while a program has all of it. */
export interface Terminal {
  /** Gives the terminal back, however often it is called. */
  restore(): void;
  /** Gives the terminal to something else, and takes it again after. */
  lend<Value>(task: () => Value | Promise<Value>): Promise<Value>;
  /** Takes the terminal again where someone else has had it without asking; false where it is lent. */
  retake(): boolean;
}

/** Takes the terminal; gives it back when the process ends, whatever ends it but `kill -9`. */
export function takeTerminal(
  stdin: NodeJS.ReadStream,
  stdout: NodeJS.WriteStream,
  spoken: boolean,
): Terminal {
  const {enter, leave} = spoken ? lines : screen;
  let taken = true;
  stdout.write(enter);
  const restore = () => {
    if (!taken) return;
    taken = false;
    if (stdin.isTTY) stdin.setRawMode(false);
    // The process may be ending: nothing that has to wait is written any more.
    writeSync(1, leave);
  };
  const take = () => {
    taken = true;
    stdout.write(enter);
    if (!stdin.isTTY) return;
    // Node does nothing where it believes the mode to be set, and a shell may have set another one meanwhile.
    stdin.setRawMode(false);
    stdin.setRawMode(true);
  };
  process.once('exit', restore);
  for (const [signal, number] of [
    ['SIGTERM', 15],
    ['SIGHUP', 1],
  ] as const) {
    process.once(signal, () => {
      restore();
      process.exit(128 + number);
    });
  }
  return {
    restore,
    async lend(task) {
      restore();
      try {
        return await task();
      } finally {
        take();
      }
    },
    retake() {
      if (taken) take();
      return taken;
    },
  };
}

/** Stops the program as Ctrl-Z does; resolves when it goes on. */
export function suspend(): Promise<string> {
  if (process.platform === 'win32') return Promise.resolve('This system cannot suspend a program');
  const listeners = process.listeners('SIGTSTP');
  // Whoever waits for the signal keeps it from stopping anything.
  process.removeAllListeners('SIGTSTP');
  return new Promise(done => {
    const goOn = () => {
      clearTimeout(timer);
      process.off('SIGCONT', goOn);
      for (const listener of listeners) process.on('SIGTSTP', listener);
      done('Back again');
    };
    // A program that no shell looks after is not stopped, so nothing would tell it to go on.
    const timer = setTimeout(goOn, 500);
    process.on('SIGCONT', goOn);
    // The whole group, as the terminal would: npm and npx stand between the shell and this program.
    process.kill(0, 'SIGTSTP');
  });
}

/**
 * Calls when someone else asks the program to stop, so that it can give the terminal back first, and when it goes
 * on: `kill -STOP` asks nobody, and only what comes after it is seen.
 */
export function onSignal(listener: (signal: 'stop' | 'continue') => void): () => void {
  if (process.platform === 'win32') return () => {};
  const stop = () => listener('stop');
  const goOn = () => listener('continue');
  process.on('SIGTSTP', stop);
  process.on('SIGCONT', goOn);
  return () => {
    process.off('SIGTSTP', stop);
    process.off('SIGCONT', goOn);
  };
}

/** Opens a file at a line in the user's editor. Returns what to tell the user. */
export function edit(file: string, line: number, env: Readonly<Record<string, string | undefined>>): string {
  const [command, ...rest] = (env.VISUAL || env.EDITOR || '').split(/\s+/).filter(Boolean);
  if (command === undefined) return 'Set EDITOR to open files, for example EDITOR=vim';
  const {error, status} = spawnSync(command, [...rest, ...placeArguments(command, file, line)], {
    stdio: 'inherit',
  });
  if (error) return `${command} could not be started: ${error.message}`;
  return status === 0 ? `Back from ${basename(command)}` : `${basename(command)} ended with ${status}`;
}

/** How an editor is told where to begin; one that is not known only gets the file. */
function placeArguments(command: string, file: string, line: number): string[] {
  const name = basename(command).replace(/\.(?:exe|cmd)$/, '');
  if (/^(?:vi|vim|nvim|view|nano|emacs|emacsclient|micro|kak|joe|ne|mg)$/.test(name))
    return [`+${line}`, file];
  if (/^(?:code|codium|cursor|windsurf)$/.test(name)) return ['--wait', '--goto', `${file}:${line}`];
  if (/^(?:hx|helix|subl|zed)$/.test(name)) return [`${file}:${line}`];
  return [file];
}
