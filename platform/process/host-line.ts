import { createInterface } from 'node:readline';

/** Standard input of a hosted process: one order, then silence until the starter is gone. */
export interface HostInput {
  /** The first line, or nothing when the input ended before it came. */
  readonly order: Promise<string | undefined>;
  /** Resolves when the starter closed the input or died. */
  readonly ended: Promise<void>;
}

const ORDER_LENGTH_MAX = 64 * 1024; // a configuration; anything longer was not meant for this process

export function readHostInput(input: NodeJS.ReadableStream): HostInput {
  const order = Promise.withResolvers<string | undefined>();
  const ended = Promise.withResolvers<void>();
  const lines = createInterface({ input });
  lines.once('line', (line) => order.resolve(line.length <= ORDER_LENGTH_MAX ? line : undefined));
  lines.once('close', () => {
    order.resolve(undefined);
    ended.resolve();
  });
  return { order: order.promise, ended: ended.promise };
}

/** One report to the starter, on standard output, which carries nothing else. */
export function report(message: object): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

/** Resolves at the first reason to stop: the starter is gone, or a request to terminate. */
export function untilTold(input: HostInput): Promise<void> {
  const signalled = Promise.withResolvers<void>();
  process.on('SIGTERM', signalled.resolve);
  process.on('SIGINT', signalled.resolve); // Ctrl-C reaches every process of the group
  process.on('SIGHUP', signalled.resolve);
  return Promise.race([input.ended, signalled.promise]);
}
