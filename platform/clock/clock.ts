/** The only door to time; everything inside is handed instants. */
export interface Clock {
  now(): Temporal.Instant;
  /** Milliseconds since this boot; never goes back while `bootId` stays. */
  monotonicMs(): number;
  readonly bootId: string;
}
