import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../..');
const DOOR = resolve(ROOT, 'cli', 'lintel.js');

export interface Ended {
  readonly code: number | null;
  readonly output: string;
  readonly complaints: string;
}

export interface Invocation {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** The Node that opens the door; this one unless a test wants another. */
  readonly node?: string;
  readonly door?: string;
}

/** One `lintel` on a command line of its own, without the variables of whoever runs the tests. */
export class LintelProcess {
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  #output = '';
  #complaints = '';

  constructor({ args, env, node = process.execPath, door = DOOR }: Invocation) {
    const { PATH = '', HOME = '', TZ = 'UTC' } = process.env;
    this.#child = spawn(node, [door, ...args], {
      env: { PATH, HOME, TZ, LANG: 'C.UTF-8', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      this.#output += text;
    });
    this.#child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      this.#complaints += text;
    });
    this.#ended = once(this.#child, 'close');
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get output(): string {
    return this.#output;
  }

  get complaints(): string {
    return this.#complaints;
  }

  /** Waits for its own end. */
  async end(): Promise<Ended> {
    await this.#ended;
    const { exitCode: code } = this.#child;
    return { code, output: this.#output, complaints: this.#complaints };
  }

  async stop(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<Ended> {
    this.#child.kill(signal);
    return await this.end();
  }
}

export async function lintel(invocation: Invocation): Promise<Ended> {
  return await new LintelProcess(invocation).end();
}
