const MINUTE_SECONDS = 60;

/**
 * Remembers when a bot last spoke, so that it never says more in any sixty seconds than its vendor
 * lets through: a fixed window would allow twice that around its edge, and 钉钉 then goes deaf for
 * ten minutes.
 */
export class RateBudget {
  readonly #spoken = new Map<string, Temporal.Instant[]>();

  /** @returns seconds to wait, or 0 and the message is counted */
  take(bot: string, perMinuteMax: number, now: Temporal.Instant): number {
    const since = now.subtract({ seconds: MINUTE_SECONDS });
    const recent = (this.#spoken.get(bot) ?? []).filter(
      (at) => Temporal.Instant.compare(at, since) > 0,
    );
    const oldest = recent.length < perMinuteMax ? undefined : recent.at(-perMinuteMax);
    this.#spoken.set(bot, oldest === undefined ? [...recent, now] : recent);
    return oldest === undefined ? 0 : Math.max(1, Math.ceil(since.until(oldest).total('seconds')));
  }
}
