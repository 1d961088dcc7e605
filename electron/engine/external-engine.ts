import { randomBytes } from 'node:crypto';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import {
  type EngineHostReport,
  engineHostReport,
  type ShellPipe,
} from '#contracts/ipc/engine-host';
import { type EngineLink, type EngineListener, EXITED_EARLY } from '#electron/engine/engine-link';
import type { ShellLog } from '#electron/shell-log';
import { SupervisedChild } from '#platform/process/supervised-child';

const TOKEN_BYTES = 32;

export interface ExternalEngineOptions {
  /** A Node that can run the engine. */
  readonly node: string;
  /** Entry of the engine host. */
  readonly entry: string;
  readonly rendererDir: string;
  readonly config: TerminalConfig;
  readonly logger: ShellLog;
  readonly onReport: EngineListener;
}

type Ready = Extract<EngineHostReport, { t: 'ready' }>;

/** The engine in a Node outside, where the one inside this Electron cannot run it; the page uses a socket. */
export class ExternalEngine implements EngineLink {
  readonly #options: ExternalEngineOptions;
  readonly #token = randomBytes(TOKEN_BYTES).toString('base64url');
  readonly #child: SupervisedChild;
  #ready: Ready | undefined;
  #reported = false;

  constructor(options: ExternalEngineOptions) {
    this.#options = options;
    this.#child = new SupervisedChild(
      {
        part: 'engine',
        command: options.node,
        args: [options.entry],
        env: plainNode(process.env),
        input: () => this.#order(),
        onLine: (line) => this.#hear(line),
        onExit: () => this.#exited(),
        stderr: 'inherit',
      },
      options.logger,
    );
  }

  start(): void {
    this.#child.start();
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  pipe(): ShellPipe | undefined {
    if (this.#ready === undefined) return undefined;
    return { kind: 'socket', url: this.#ready.pipeUrl, token: this.#token };
  }

  connectTo(): readonly string[] {
    return this.#ready === undefined ? [] : [new URL(this.#ready.pipeUrl).origin];
  }

  offerPort(): void {
    // The page has its socket.
  }

  /** After a restart the screen finds the engine where it was: same port, same token. */
  #order(): string {
    const { config, rendererDir } = this.#options;
    const kioskPort = this.#ready?.port ?? config.kioskPort;
    const order = { t: 'start', config: { ...config, kioskPort }, rendererDir, token: this.#token };
    return JSON.stringify(order);
  }

  #hear(line: string): void {
    const report = engineHostReport.parse(JSON.parse(line));
    this.#reported = true;
    if (report.t === 'ready') this.#ready = report;
    const { onReport } = this.#options;
    onReport(report.t === 'failed' ? report : undefined);
  }

  /** A reason it gave itself is better than ours. */
  #exited(): void {
    if (!this.#reported) this.#options.onReport(EXITED_EARLY);
    this.#reported = false;
  }
}

/** Electron's own variables make a plain Node behave like Electron, or the other way round. */
function plainNode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { ELECTRON_RUN_AS_NODE: _run, NODE_OPTIONS: _options, ...rest } = env;
  return rest;
}
