import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { TerminalConfig } from '#contracts/config/terminal-config';
import { type EngineHostReport, engineHostReport } from '#contracts/ipc/engine-host';
import { KioskScreen } from '#simulators/screen/kiosk-screen';

export interface EngineProcessOptions {
  readonly config: TerminalConfig;
  /** The engine host's entry. */
  readonly host: string;
  /** Any folder with an `index.html`. */
  readonly rendererDir: string;
}

/** A terminal engine in a process of its own, so that it can be killed as a power cut would. */
export class EngineProcess {
  readonly #options: EngineProcessOptions;
  readonly #token = randomBytes(32).toString('base64url');
  #child: ChildProcess | undefined;
  #told = '';

  constructor(options: EngineProcessOptions) {
    this.#options = options;
  }

  /**
   * @returns where it serves its screen and its pipe
   * @throws Error with the host's own words when it gave up
   */
  async start(): Promise<Extract<EngineHostReport, { t: 'ready' }>> {
    const { config, host, rendererDir } = this.#options;
    const child = spawn(process.execPath, [host], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child = child;
    this.#told = '';
    child.stderr.on('data', (bytes: Buffer) => {
      this.#told += bytes.toString();
    });
    child.stdin.on('error', () => undefined); // a host that ended at once is reported by its report
    const order = { t: 'start', config, rendererDir, token: this.#token };
    child.stdin.write(`${JSON.stringify(order)}\n`);
    const report = await this.#firstReport(child);
    if (report.t === 'failed') throw new Error(`${report.reason}: ${report.message.en}`);
    return report;
  }

  /** Starts it, and a screen without a browser in front of it. */
  async open(): Promise<KioskScreen> {
    const { pipeUrl } = await this.start();
    const screen = new KioskScreen({ url: pipeUrl, token: this.#token });
    await screen.start();
    return screen;
  }

  async #firstReport(child: ChildProcess): Promise<EngineHostReport> {
    if (child.stdout === null) throw new Error('the engine host has no standard output');
    for await (const line of createInterface({ input: child.stdout })) {
      return engineHostReport.parse(JSON.parse(line));
    }
    throw new Error(`the engine host ended without a word: ${this.#told}`);
  }

  /** What it wrote on standard error. */
  get told(): string {
    return this.#told;
  }

  /** Without warning, as when the power goes. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  async stop(): Promise<void> {
    await this.#end('SIGTERM');
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    const child = this.#child;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
}
