import { findBrowser } from '#browser/find-browser';
import type { Console } from '#cli/console';
import { hasDisplay } from '#cli/doctor/machine-checks';
import { Refusal } from '#cli/exit';
import { chooseShell, type ShellChoice } from '#cli/shell/choose-shell';
import { fetchElectron } from '#cli/shell/fetch-electron';
import { findElectron } from '#cli/shell/find-electron';
import { BrowserTerminal, type Running, startElectron } from '#cli/start/terminal-run';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import type { Logger } from '#platform/log/logger';

export interface StartedTerminal extends Running {
  readonly shell: ShellChoice;
  readonly kioskUrl: string | undefined;
}

export interface TerminalParts {
  readonly config: TerminalConfig;
  readonly console: Console;
  readonly logger: Logger;
  readonly logFolder: string;
}

/** Chooses what shows the kiosk, and starts the terminal with it. */
export async function runTerminal(parts: TerminalParts): Promise<StartedTerminal> {
  const { config, console } = parts;
  const shell = await shellFor(config, console);
  const options = { ...parts, shell };
  if (shell.shell === 'electron') {
    const electron = startElectron(shell.executablePath, options);
    return { shell, kioskUrl: undefined, stop: () => electron.stop() };
  }
  const terminal = new BrowserTerminal(options);
  const report = await terminal.start();
  if (report.t === 'failed') {
    await terminal.stop();
    throw new Refusal(report.reason);
  }
  return { shell, kioskUrl: report.url, stop: () => terminal.stop() };
}

async function shellFor({ shell }: TerminalConfig, console: Console): Promise<ShellChoice> {
  const displayed = hasDisplay();
  const wantsElectron = displayed && (shell === 'auto' || shell === 'electron');
  const electron = findElectron() ?? (wantsElectron ? await fetchElectron(console) : undefined);
  const browser = findBrowser()?.executablePath;
  return chooseShell({ wanted: shell, hasDisplay: displayed, electron, browser });
}
