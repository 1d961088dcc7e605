import { describe, expect, test } from 'vitest';
import { type LiveEvent, LiveFeed } from '#console/api/live-feed';

type Heard = (event: { readonly data?: unknown }) => void;

/** A connection whose other end is this test. */
class Connection {
  readonly #heard = new Map<string, Heard>();
  closed = false;

  addEventListener(name: string, heard: Heard): void {
    this.#heard.set(name, heard);
  }
  close(): void {
    this.closed = true;
  }
  says(name: string, data?: unknown): void {
    this.#heard.get(name)?.({ data });
  }
}

function start(): {
  readonly feed: LiveFeed;
  readonly events: LiveEvent[];
  readonly pauses: number[];
  readonly newest: () => Connection;
  readonly wake: () => void;
} {
  const connections: Connection[] = [];
  const pauses: number[] = [];
  let pending: (() => void) | undefined;
  const feed = new LiveFeed({
    open: () => {
      const connection = new Connection();
      connections.push(connection);
      return connection;
    },
    setTimer: (act, delayMs) => {
      pauses.push(delayMs);
      pending = act;
      return () => {
        pending = undefined;
      };
    },
  });
  const events: LiveEvent[] = [];
  feed.listen((event) => events.push(event));
  feed.start();
  const newest = () => {
    const connection = connections.at(-1);
    if (connection === undefined) throw new Error('nothing was opened');
    return connection;
  };
  return { feed, events, pauses, newest, wake: () => pending?.() };
}

describe('LiveFeed', () => {
  test('tells what the hub tells, and nothing it does not understand', () => {
    const { events, newest } = start();
    newest().says('people', '{}');
    newest().says('voided', '{"id":"log:7"}');
    newest().says('voided', '{"number":7}');
    newest().says('punch', 'not json');
    expect(events).toEqual([
      { name: 'people', body: {} },
      { name: 'voided', body: { id: 'log:7' } },
    ]);
  });

  test('comes back by itself, more patiently each time, and counts its openings', () => {
    const { feed, newest, pauses, wake } = start();
    newest().says('open');
    expect([feed.state(), feed.openings()]).toEqual(['live', 1]);

    for (let attempt = 0; attempt < 7; attempt += 1) {
      newest().says('error');
      expect(feed.state()).toBe('waiting');
      expect(newest().closed).toBe(true);
      wake();
      expect(feed.state()).toBe('connecting');
    }
    expect(pauses).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);

    newest().says('open');
    newest().says('error');
    expect(pauses.at(-1)).toBe(1_000);
    expect(feed.openings()).toBe(2);
  });

  test('stop ends the connection and the attempts to have one', () => {
    const { feed, newest, wake } = start();
    newest().says('error');
    const last = newest();
    feed.stop();
    wake();
    expect(newest()).toBe(last);
  });
});
