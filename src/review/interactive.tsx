import {existsSync} from 'node:fs';
import {resolve} from 'node:path';
import {render} from 'ink';
import type {Case} from './case.js';
import type {Command} from './keys.js';
import {createPainter} from './painter.js';
import {edit, onSignal, suspend, takeTerminal} from './terminal.js';
import {App, type AppProps} from './views/App.js';

export interface InteractiveOptions extends Pick<AppProps, 'initial' | 'spreads' | 'loader' | 'save'> {
  /** Where paths of records may be relative to. */
  readonly folders: readonly string[];
  readonly color: boolean;
}

/** Runs the review on the terminal until the user quits. Decisions are saved as they are made. */
export async function reviewInteractive({folders, color, ...props}: InteractiveOptions): Promise<void> {
  const {stdin, stdout} = process;
  const terminal = takeTerminal(stdin, stdout, process.env.INK_SCREEN_READER === 'true');
  const painter = createPainter(stdout, color);
  let quit = () => {};
  async function lend(task: () => string | Promise<string>): Promise<string> {
    const told = await terminal.lend(task);
    painter.forget();
    return told;
  }
  async function onCommand(command: Exclude<Command, 'pane'>, one: Case | undefined): Promise<string> {
    if (command === 'quit') {
      quit();
      return '';
    }
    if (command === 'suspend') return lend(suspend);
    if (one === undefined) return 'There is nothing to open';
    const file = folders.map(folder => resolve(folder, one.path)).find(existsSync);
    if (file === undefined) return `${one.path} is not here`;
    return lend(() => edit(file, one.line, process.env));
  }
  const listen: AppProps['onSignal'] = listener =>
    onSignal(signal => {
      if (signal === 'continue' && !terminal.retake()) return;
      painter.forget();
      listener(signal);
    });
  try {
    const app = render(<App {...props} draw={painter.draw} onCommand={onCommand} onSignal={listen} />, {
      exitOnCtrlC: false,
      patchConsole: false,
    });
    quit = () => app.unmount();
    await app.waitUntilExit();
  } finally {
    terminal.restore();
  }
}
