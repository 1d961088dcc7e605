import { statfs } from 'node:fs/promises';

const PROBE_TIMEOUT_MS = 2000; // load balancers ask every few seconds and wait about as long

/** One thing a process needs in order to serve; throws or rejects when it is not there. */
export interface Probe {
  readonly name: string;
  readonly check: () => Promise<void>;
}

/** Thrown by a probe that knows what is wrong: the code is shown, an unknown error's text never is. */
export class ProbeFailure extends Error {
  override readonly name = 'ProbeFailure';
}

export interface ProbeResult {
  readonly name: string;
  readonly state: 'ok' | 'failing';
  /** A code such as `timeout` or `disk-low`; nothing that would help a stranger. */
  readonly reason?: string;
}

/** Whether requests should be sent here. That the process answers at all is its health. */
export interface Readiness {
  readonly isReady: boolean;
  readonly probes: readonly ProbeResult[];
}

/** Asks all at once, none for longer than its time; one that hangs is a failing one. */
export async function readinessOf(
  probes: readonly Probe[],
  timeoutMs = PROBE_TIMEOUT_MS,
): Promise<Readiness> {
  const results = await Promise.all(probes.map((probe) => resultOf(probe, timeoutMs)));
  return { isReady: results.every(({ state }) => state === 'ok'), probes: results };
}

async function resultOf({ name, check }: Probe, timeoutMs: number): Promise<ProbeResult> {
  const { promise: late, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(new ProbeFailure('timeout')), timeoutMs);
  try {
    await Promise.race([check(), late]);
    return { name, state: 'ok' };
  } catch (error) {
    const reason = error instanceof ProbeFailure ? error.message : 'failed';
    return { name, state: 'failing', reason };
  } finally {
    clearTimeout(timer);
  }
}

/** Room on the disk of `folder`: a database that cannot grow cannot promise anything. */
export function diskProbe(folder: string, freeBytesMin: number): Probe {
  return {
    name: 'disk',
    check: async () => {
      if ((await freeBytesOf(folder)) < freeBytesMin) throw new ProbeFailure('disk-low');
    },
  };
}

/** Bytes this process may still write there; what is kept for root does not count. */
export async function freeBytesOf(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}
