import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { chromiumKiosk } from '#browser/chromium-kiosk';
import type { Console } from '#cli/console';
import type { ShellChoice } from '#cli/shell/choose-shell';
import { NODE, OUT, ROOT } from '#cli/start/node-process';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { type EngineHostReport, engineHostReport } from '#contracts/ipc/engine-host';
import type { Logger } from '#platform/log/logger';
import { SupervisedChild } from '#platform/process/supervised-child';

const TOKEN_BYTES = 32;

type Ready = Extract<EngineHostReport, { t: 'ready' }>;

/** Something that runs until it is stopped. */
export interface Running {
  stop(): Promise<void>;
}

export interface TerminalRunOptions {
  readonly config: TerminalConfig;
  readonly shell: ShellChoice;
  readonly console: Console;
  readonly logger: Logger;
  readonly logFolder: string;
}

/** The Electron app brings its own engine; it is told the settings in a variable only this user can read. */
export function startElectron(
  executablePath: string,
  { config, logger, logFolder }: TerminalRunOptions,
): Running {
  const child = new SupervisedChild(
    {
      part: 'electron',
      command: executablePath,
      args: [...(process.getuid?.() === 0 ? ['--no-sandbox'] : []), ROOT],
      env: { ...process.env, LINTEL_TERMINAL_CONFIG: JSON.stringify(config), LINTEL_NODE: NODE },
      stderr: { folder: logFolder },
    },
    logger,
  );
  child.start();
  return child;
}

/** The engine in a process of its own and, where there is one, a browser in kiosk mode before it. */
export class BrowserTerminal implements Running {
  readonly #options: TerminalRunOptions;
  readonly #token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #engine: SupervisedChild;
  readonly #first = Promise.withResolvers<EngineHostReport>();
  #ready: Ready | undefined;
  #browser: SupervisedChild | undefined;

  constructor(options: TerminalRunOptions) {
    this.#options = options;
    this.#engine = new SupervisedChild(
      {
        part: 'engine',
        command: NODE,
        args: [join(ROOT, 'browser', 'main.ts')],
        input: () => this.#order(),
        onLine: (line) => this.#hear(line),
        stderr: { folder: options.logFolder },
      },
      options.logger,
    );
  }

  /** @returns what the engine said first: where its screen is, or why it does not run */
  async start(): Promise<EngineHostReport> {
    this.#engine.start();
    return await this.#first.promise;
  }

  async stop(): Promise<void> {
    await this.#browser?.stop(); // the screen first: it has nothing to lose
    await this.#engine.stop();
  }

  /** After a restart the screen finds the engine where it was: same port, same token. */
  #order(): string {
    const { config } = this.#options;
    const kioskPort = this.#ready?.port ?? config.kioskPort;
    const order = { t: 'start', config: { ...config, kioskPort }, rendererDir: OUT.renderer };
    return JSON.stringify({ ...order, token: this.#token });
  }

  #hear(line: string): void {
    const report = engineHostReport.parse(JSON.parse(line));
    this.#first.resolve(report);
    if (report.t === 'failed') this.#options.console.complain(report.message);
    else {
      this.#ready = report;
      this.#showScreen(report.url);
    }
  }

  #showScreen(url: string): void {
    const { shell, config, logger } = this.#options;
    if (shell.shell !== 'chromium' || this.#browser !== undefined) return;
    const profileDir = join(config.dataDir, 'chromium');
    const { executablePath } = shell;
    this.#browser = chromiumKiosk({ executablePath, url, profileDir, logger });
    this.#browser.start();
  }
}
