import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { findElectron } from '#cli/shell/find-electron';
import { failed, ok, type Result } from '#domain/result';
import { DevtoolsPage } from '#tests/electron/devtools-page';

const ROOT = resolve(import.meta.dirname, '../..');

/** The Electron to test with, or why there is none, in the words of the skip. */
export function probeElectron(): Result<string, string> {
  const binary = findElectron();
  if (binary === undefined) {
    return failed(
      'no Electron binary (set ELECTRON_OVERRIDE_DIST_PATH, or run npx install-electron)',
    );
  }
  const hasScreen = Boolean(process.env['DISPLAY']) || process.platform !== 'linux';
  if (!hasScreen && spawnSync('Xvfb', ['-help']).error) return failed('no display and no Xvfb');
  return ok(binary);
}

export function needsBuild(): boolean {
  return !existsSync(join(ROOT, 'out', 'main', 'main.cjs'));
}

export function build(): void {
  spawnSync(process.execPath, [join(ROOT, 'tools', 'build.ts')], { stdio: 'inherit' });
}

export interface AppOptions {
  readonly binary: string;
  readonly display: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly args?: readonly string[];
  /** The app to run, when it is not this checkout. */
  readonly folder?: string;
}

/** The real app in a real Electron, with its DevTools open to the test. */
export class ElectronApp {
  readonly #options: AppOptions;
  readonly profile = mkdtempSync(join(tmpdir(), 'lintel-electron-'));
  #process: ChildProcess | undefined;
  #port = 0;
  readonly log: string[] = [];

  constructor(options: AppOptions) {
    this.#options = options;
  }

  get pid(): number {
    return this.#process?.pid ?? 0;
  }

  async start(): Promise<void> {
    const { binary, display, env, args = [], folder = ROOT } = this.#options;
    const child = spawn(
      binary,
      [
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
        '--disable-gpu',
        '--remote-debugging-port=0',
        `--user-data-dir=${this.profile}`,
        ...args,
        folder,
      ],
      {
        stdio: ['pipe', 'ignore', 'pipe'],
        env: { ...process.env, DISPLAY: display, LINTEL_NODE: process.execPath, ...env },
      },
    );
    this.#process = child;
    const listening = Promise.withResolvers<number>();
    createInterface({ input: child.stderr }).on('line', (line) => {
      this.log.push(line);
      const port = /^DevTools listening on ws:\/\/[\d.]+:(\d+)\//.exec(line)?.[1];
      if (port !== undefined) listening.resolve(Number(port));
    });
    child.once('exit', () => listening.reject(new Error(this.log.join('\n'))));
    this.#port = await listening.promise;
  }

  page(urlStart: string): Promise<DevtoolsPage> {
    return DevtoolsPage.find(this.#port, urlStart);
  }

  /** @returns the exit code */
  async stop(): Promise<number | null> {
    const child = this.#process;
    if (!child || child.exitCode !== null) return child?.exitCode ?? null;
    const exit = once(child, 'exit');
    child.kill('SIGTERM');
    const [code] = await exit;
    return typeof code === 'number' ? code : null;
  }
}
