/** One number of ours beside the same number of a named peer, taken in the same run. */
export interface Comparison {
  /** Its key in `budgets.json`. */
  readonly name: string;
  readonly ours: string;
  readonly peer: string;
  readonly peerName: string;
  /** What the budget is about: ratio, or difference, as the budget's unit says. */
  readonly value: number;
}

/** A figure without a budget, for whoever reads the table. */
export interface Remark {
  readonly name: string;
  readonly figure: string;
}

export interface Measurement {
  readonly comparisons: readonly Comparison[];
  readonly remarks: readonly Remark[];
  /** Why nothing was measured, when something it needs is absent. */
  readonly skipped?: string;
}

/** The middle of several runs: what a neighbour on the machine does to one of them does not count. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((p, q) => p - q);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Processor milliseconds of this process. Both sides of every comparison keep one core busy, so on a
 * quiet machine this is the time on the wall; on a busy one it still is, and the wall is not.
 */
export async function timed(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** Runs both in turns, so that whatever slows the machine's cores slows both. */
export async function inTurns(
  turns: number,
  ours: () => unknown,
  peer: () => unknown,
): Promise<{ readonly oursMs: number; readonly peerMs: number }> {
  const [own, other]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < turns; turn += 1) {
    own.push(await timed(ours));
    other.push(await timed(peer));
  }
  return { oursMs: median(own), peerMs: median(other) };
}

export function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`;
}
