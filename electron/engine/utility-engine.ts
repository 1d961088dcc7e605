import {
  MessageChannelMain,
  type UtilityProcess,
  utilityProcess,
  type WebContents,
} from 'electron';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { utilityReport } from '#contracts/ipc/utility-engine';
import { type EngineLink, type EngineListener, EXITED_EARLY } from '#electron/engine/engine-link';
import type { ShellLog } from '#electron/shell-log';

const RESTART_FIRST_MS = 500;
const RESTART_LAST_MS = 30_000;
/** Commits and closes within this; then it hangs, and its journal takes care of the rest. */
const STOP_WAIT_MS = 10_000;

export interface UtilityEngineOptions {
  /** The bundled engine entry. */
  readonly entry: string;
  readonly config: TerminalConfig;
  readonly logger: ShellLog;
  readonly onReport: EngineListener;
}

/** The engine in a process of this app's own; frames go to it through a message port, without a copy on a socket. */
export class UtilityEngine implements EngineLink {
  readonly #options: UtilityEngineOptions;
  #process: UtilityProcess | undefined;
  #exited: Promise<void> = Promise.resolve();
  #restartMs = RESTART_FIRST_MS;
  #restart: NodeJS.Timeout | undefined;
  #stopping = false;

  constructor(options: UtilityEngineOptions) {
    this.#options = options;
  }

  start(): void {
    const { entry, config, onReport } = this.#options;
    const child = utilityProcess.fork(entry, [], {
      serviceName: 'Lintel engine',
      stdio: 'inherit',
    });
    this.#process = child;
    let reported = false;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    child.on('spawn', () => child.postMessage({ t: 'start', config }));
    child.on('message', (message: unknown) => {
      const report = utilityReport.parse(message);
      reported = true;
      if (report.t === 'ready') this.#restartMs = RESTART_FIRST_MS;
      onReport(report.t === 'failed' ? report : undefined);
    });
    this.#exited = new Promise((resolve) => {
      child.on('exit', (code) => {
        resolve();
        this.#process = undefined;
        if (!reported) onReport(EXITED_EARLY);
        this.#ended(code);
      });
    });
  }

  async stop(): Promise<void> {
    this.#stopping = true;
    clearTimeout(this.#restart);
    const child = this.#process;
    if (child?.pid === undefined) return;
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a process, not a window
    child.postMessage({ t: 'stop' });
    const late = setTimeout(() => child.kill(), STOP_WAIT_MS);
    await this.#exited;
    clearTimeout(late);
  }

  pipe(): { readonly kind: 'port' } {
    return { kind: 'port' };
  }

  connectTo(): readonly string[] {
    return [];
  }

  offerPort(contents: WebContents): void {
    if (this.#process?.pid === undefined) return; // the page asks again
    const { port1, port2 } = new MessageChannelMain();
    this.#process.postMessage({ t: 'pipe' }, [port1]);
    contents.postMessage('pipe.offered', null, [port2]);
  }

  #ended(code: number): void {
    if (this.#stopping) return;
    const againInMs = this.#restartMs;
    this.#restartMs = Math.min(againInMs * 2, RESTART_LAST_MS);
    this.#options.logger.error({ code, againInMs }, 'the engine died, starting it again');
    this.#restart = setTimeout(() => this.start(), againInMs);
  }
}
