/** What went wrong was said already; nothing more to print, the exit code tells. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

/** Resolves at the first Ctrl-C or SIGTERM; a second one is the system's own, and kills. */
export function untilStopped(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve);
  return promise;
}
