import { z } from 'zod';
import { liveEvents } from '#contracts/rest/v1/live';

/** `live` while events arrive by themselves; `waiting` between two attempts to reach the hub. */
export type LiveState = 'connecting' | 'live' | 'waiting';

const liveEvent = z.discriminatedUnion('name', [
  z.object({ name: z.literal('punch'), body: liveEvents.punch }),
  z.object({ name: z.literal('voided'), body: liveEvents.voided }),
  z.object({ name: z.literal('terminal'), body: liveEvents.terminal }),
  z.object({ name: z.literal('people'), body: liveEvents.people }),
]);
export type LiveEvent = z.output<typeof liveEvent>;

export type LiveListener = (event: LiveEvent) => void;

/** First pause after a lost connection, then doubled: a restarting hub is back within seconds. */
const RETRY_MS_MIN = 1_000;
/** …and a hub that is away for an hour is asked twice a minute. */
const RETRY_MS_MAX = 30_000;

/** Only what of `EventSource` is needed, so that a test can stand in for the browser. */
export interface EventStream {
  addEventListener(name: string, listener: (event: { readonly data?: unknown }) => void): void;
  close(): void;
}

export interface LiveFeedSettings {
  readonly open: () => EventStream;
  readonly setTimer: (act: () => void, delayMs: number) => () => void;
}

/**
 * The hub's server-sent events. Reconnects by itself, because `EventSource` gives up for good on
 * any answer but 200, such as the one a proxy gives while the hub restarts.
 */
export class LiveFeed {
  readonly #settings: LiveFeedSettings;
  readonly #listeners = new Set<LiveListener>();
  readonly #watchers = new Set<() => void>();
  #stream: EventStream | undefined;
  #cancelTimer: (() => void) | undefined;
  #retryMs = RETRY_MS_MIN;
  #state: LiveState = 'connecting';
  #openings = 0;

  constructor(settings: LiveFeedSettings) {
    this.#settings = settings;
  }

  start(): void {
    if (this.#stream !== undefined) return;
    this.#move('connecting');
    const stream = this.#settings.open();
    this.#stream = stream;
    stream.addEventListener('open', () => this.#opened());
    stream.addEventListener('error', () => this.#lost());
    for (const name of Object.keys(liveEvents)) {
      stream.addEventListener(name, (event) => this.#received(name, event.data));
    }
  }

  stop(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
    this.#stream?.close();
    this.#stream = undefined;
  }

  readonly state = (): LiveState => this.#state;

  /** Grows with every connection: what arrived in between was missed and must be asked for. */
  readonly openings = (): number => this.#openings;

  /** @returns undoes it */
  listen(listener: LiveListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Called when the state changes. @returns undoes it */
  readonly watch = (watcher: () => void): (() => void) => {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  };

  #opened(): void {
    this.#retryMs = RETRY_MS_MIN;
    this.#openings += 1;
    this.#move('live');
  }

  #lost(): void {
    this.stop();
    this.#move('waiting');
    this.#cancelTimer = this.#settings.setTimer(() => this.start(), this.#retryMs);
    this.#retryMs = Math.min(this.#retryMs * 2, RETRY_MS_MAX);
  }

  #received(name: string, data: unknown): void {
    const event = liveEvent.safeParse({ name, body: jsonOf(data) });
    if (!event.success) return; // of a newer hub: the next full question shows what it meant
    for (const listener of this.#listeners) listener(event.data);
  }

  #move(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const watcher of this.#watchers) watcher();
  }
}

function jsonOf(data: unknown): unknown {
  if (typeof data !== 'string') return undefined;
  try {
    return JSON.parse(data);
  } catch {
    return undefined;
  }
}
