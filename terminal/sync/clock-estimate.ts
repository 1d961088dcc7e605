/** One question to the hub and its answer. */
export interface ClockExchange {
  readonly askedMonoMs: number;
  readonly answeredMonoMs: number;
  readonly hubWallMs: number;
}

/** Where the hub's clock stands against this boot's monotonic clock. */
export interface ClockEstimate {
  /** Hub wall clock minus monotonic clock. */
  readonly hubMinusMonoMs: number;
  /** The true difference lies within ± this. */
  readonly errorMs: number;
  readonly takenMonoMs: number;
}

export const EXCHANGES_KEPT = 8;

/** The answer was written somewhere between question and arrival; the middle errs by half at most. */
export function estimateOf(exchange: ClockExchange): ClockEstimate {
  const { askedMonoMs, answeredMonoMs, hubWallMs } = exchange;
  const halfTripMs = Math.max(0, answeredMonoMs - askedMonoMs) / 2;
  return {
    hubMinusMonoMs: Math.round(hubWallMs + halfTripMs - answeredMonoMs),
    errorMs: Math.ceil(halfTripMs),
    takenMonoMs: answeredMonoMs,
  };
}

/** The shortest round trip bounds the error best. */
export function bestOf(estimates: readonly ClockEstimate[]): ClockEstimate | undefined {
  return estimates.reduce<ClockEstimate | undefined>(
    (best, each) => (best === undefined || each.errorMs < best.errorMs ? each : best),
    undefined,
  );
}
