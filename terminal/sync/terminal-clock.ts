import type { ClockTrust, EntryTime } from '#contracts/wire/v1/up-log';
import type { Clock } from '#platform/clock/clock';
import {
  bestOf,
  type ClockEstimate,
  type ClockExchange,
  EXCHANGES_KEPT,
  estimateOf,
} from '#terminal/sync/clock-estimate';

/** No punch was ever made before this software existed. */
export const BUILT_AT = Temporal.Instant.from('2026-01-01T00:00:00Z');
const JUMP_MAX_MS = 5 * 60_000; // sync.md: more is no correction but another clock
const SYNCED_FOR_MS = 60 * 60_000; // quartz drifts some 0.2 s in an hour
const SYNCED_ERROR_MAX_MS = 1000; // a round trip of two seconds still places a punch in its minute
const BACKWARDS_MAX_MS = 60_000; // a correction by the system's own time service is no lost clock

/**
 * The terminal's clock and how far it may be believed.
 *
 * A step of the wall clock against the monotonic one throws all estimates away: whether the wall was
 * set or the machine slept through the monotonic clock cannot be told apart from inside.
 */
export class TerminalClock {
  readonly #clock: Clock;
  #estimates: readonly ClockEstimate[] = [];
  #wallMinusMonoMs: number;
  #jumped = false;
  #latestKnownMs: number;

  /** @param latestKnown the newest instant in the log, by the hub's clock where it was known */
  constructor(clock: Clock, latestKnown: Temporal.Instant | undefined) {
    this.#clock = clock;
    this.#wallMinusMonoMs = this.#skew();
    this.#latestKnownMs = latestKnown?.epochMilliseconds ?? 0;
  }

  get bootId(): string {
    return this.#clock.bootId;
  }

  monotonicMs(): number {
    return this.#clock.monotonicMs();
  }

  wallMs(): number {
    return this.#clock.now().epochMilliseconds;
  }

  /** The best guess at true time. */
  now(): Temporal.Instant {
    return Temporal.Instant.fromEpochMilliseconds(this.wallMs() + this.#offset().offsetMs);
  }

  /** What goes into an entry written now. */
  stamp(): EntryTime {
    const { offsetMs, errorMs } = this.#offset();
    const trust = this.trust();
    const stamped = {
      wallMs: this.wallMs(),
      monoMs: this.monotonicMs(),
      bootId: this.bootId,
      offsetMs,
      errorMs,
      trust,
    };
    if (trust !== 'lost')
      this.#latestKnownMs = Math.max(this.#latestKnownMs, stamped.wallMs + offsetMs);
    return stamped;
  }

  trust(): ClockTrust {
    this.#lookForJump();
    const best = bestOf(this.#estimates);
    const newestMonoMs = this.#estimates.at(-1)?.takenMonoMs ?? Number.NEGATIVE_INFINITY;
    const fresh = this.monotonicMs() - newestMonoMs <= SYNCED_FOR_MS;
    if (best !== undefined && fresh && best.errorMs <= SYNCED_ERROR_MAX_MS) return 'synced';
    const nowMs = this.wallMs() + this.#offset().offsetMs;
    const impossible =
      nowMs < BUILT_AT.epochMilliseconds || nowMs < this.#latestKnownMs - BACKWARDS_MAX_MS;
    return this.#jumped || impossible ? 'lost' : 'estimated';
  }

  /** An answer of the hub; the hub's clock is believed over ours. */
  learn(exchange: ClockExchange): void {
    this.#lookForJump();
    this.#estimates = [...this.#estimates, estimateOf(exchange)].slice(-EXCHANGES_KEPT);
    this.#jumped = false;
    // A clock that once ran ahead must not make every later, true time look impossible.
    this.#latestKnownMs = Math.min(this.#latestKnownMs, this.now().epochMilliseconds);
  }

  #skew(): number {
    return this.#clock.now().epochMilliseconds - this.#clock.monotonicMs();
  }

  #lookForJump(): void {
    const skew = this.#skew();
    if (Math.abs(skew - this.#wallMinusMonoMs) > JUMP_MAX_MS) {
      this.#jumped = true;
      this.#estimates = [];
    }
    this.#wallMinusMonoMs = skew;
  }

  #offset(): { offsetMs: number; errorMs: number } {
    this.#lookForJump();
    const best = bestOf(this.#estimates);
    if (best === undefined) return { offsetMs: 0, errorMs: 0 };
    return { offsetMs: best.hubMinusMonoMs - this.#skew(), errorMs: best.errorMs };
  }
}
