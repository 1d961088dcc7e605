/** At most so many messages in any stretch of so many seconds. */
export interface Pace {
  readonly messagesMax: number;
  readonly seconds: number;
}

/**
 * Remembers when a bot last spoke, so that it is never faster than its vendor lets through: a fixed
 * window would allow twice as much around its edge, and 钉钉 then goes deaf for ten minutes.
 */
export class RateBudget {
  readonly #spoken = new Map<string, readonly Temporal.Instant[]>();

  /** @returns seconds to wait, or 0 and the message is counted */
  take(bot: string, paces: readonly Pace[], now: Temporal.Instant): number {
    const longest = Math.max(...paces.map(({ seconds }) => seconds));
    const recent = since(this.#spoken.get(bot) ?? [], now.subtract({ seconds: longest }));
    const wait = Math.max(...paces.map((pace) => waitFor(pace, recent, now)));
    this.#spoken.set(bot, wait === 0 ? [...recent, now] : recent);
    return wait;
  }
}

function waitFor(
  { messagesMax, seconds }: Pace,
  spoken: readonly Temporal.Instant[],
  now: Temporal.Instant,
): number {
  const begin = now.subtract({ seconds });
  const within = since(spoken, begin);
  const blocking = within.length < messagesMax ? undefined : within.at(-messagesMax);
  if (blocking === undefined) return 0;
  return Math.max(1, Math.ceil(begin.until(blocking).total('seconds')));
}

function since(
  spoken: readonly Temporal.Instant[],
  begin: Temporal.Instant,
): readonly Temporal.Instant[] {
  return spoken.filter((at) => Temporal.Instant.compare(at, begin) > 0);
}
