import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {render} from 'ink';
import type {Case} from './case.js';
import type {Command} from './keys.js';
import {edit, onStop, suspend, takeTerminal} from './terminal.js';
import {App, type AppProps} from './views/App.js';

export interface InteractiveOptions extends Pick<AppProps, 'initial' | 'spreads' | 'load' | 'save'> {
  /** Where paths of records may be relative to. */
  readonly folders: readonly string[];
}

/** Runs the review on the terminal until the user quits. Decisions are saved as they are made. */
export async function reviewInteractive({folders, ...props}: InteractiveOptions): Promise<void> {
  const {stdin, stdout} = process;
  const terminal = takeTerminal(stdin, stdout);
  let quit = () => {};
  async function onCommand(command: Exclude<Command, 'pane'>, one: Case | undefined): Promise<string> {
    if (command === 'quit') {
      quit();
      return '';
    }
    if (command === 'suspend') return terminal.lend(suspend);
    if (one === undefined) return 'There is nothing to open';
    const file = folders.map(folder => resolve(folder, one.path)).find(existsSync);
    if (file === undefined) return `${one.path} is not here`;
    return terminal.lend(() => edit(file, one.line, process.env));
  }
  try {
    const app = render(<App {...props} onCommand={onCommand} onStop={onStop} />, {
      exitOnCtrlC: false,
      patchConsole: false,
    });
    quit = () => app.unmount();
    await app.waitUntilExit();
  } finally {
    terminal.restore();
  }
}
