import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** A screen in memory, for windows on a machine without one. */
export class VirtualDisplay {
  #server: ChildProcess | undefined;

  /** @returns the value of `DISPLAY`, or nothing where no X server can be had */
  async start(): Promise<string | undefined> {
    const own = process.env['DISPLAY'];
    if (own || process.platform !== 'linux') return own ?? '';
    const args = ['-displayfd', '3', '-screen', '0', '1280x800x24', '-nolisten', 'tcp'];
    const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    this.#server = server;
    const failed = once(server, 'error').then(() => undefined);
    const number = server.stdio[3];
    if (!number) return undefined;
    const ready = once(number, 'data').then(([text]) => `:${String(text).trim()}`);
    return await Promise.race([ready, failed]);
  }

  stop(): void {
    this.#server?.kill();
  }
}
