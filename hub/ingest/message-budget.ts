const PER_SECOND = 50; // a terminal that backfills at full speed sends about ten
const BURST = 300;
const SENDERS_MAX = 5000;

/** A token bucket per terminal: a flood costs its sender, not the hub. */
export class MessageBudget {
  readonly #monotonicMs: () => number;
  readonly #buckets = new Map<string, { tokens: number; atMs: number }>();

  constructor(monotonicMs: () => number) {
    this.#monotonicMs = monotonicMs;
  }

  /** @returns false when this sender has used up what it may send for now */
  take(sender: string): boolean {
    const nowMs = this.#monotonicMs();
    const bucket = this.#buckets.get(sender) ?? this.#open(sender, nowMs);
    const earned = ((nowMs - bucket.atMs) / 1000) * PER_SECOND;
    bucket.tokens = Math.min(BURST, bucket.tokens + earned);
    bucket.atMs = nowMs;
    if (bucket.tokens < 1) return false;
    bucket.tokens -= 1;
    return true;
  }

  #open(sender: string, nowMs: number): { tokens: number; atMs: number } {
    if (this.#buckets.size >= SENDERS_MAX) this.#buckets.clear(); // invented senders, on an open broker
    const bucket = { tokens: BURST, atMs: nowMs };
    this.#buckets.set(sender, bucket);
    return bucket;
  }
}
