import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { EngineClient, type Link } from '#renderer/pipe/engine-client';
import type { KioskEvent } from '#renderer/pipe/kiosk-event';
import type { ScreenPipe } from '#renderer/pipe/screen-pipe';
import { READY } from '#tests/fixtures/kiosk-state';

/** The engine's end of the pipe, held by the test. */
class EngineEnd {
  readonly said: { id: number; name: string; input: unknown }[] = [];
  #hear: (message: string) => void = () => undefined;
  #closed: () => void = () => undefined;

  readonly pipe: ScreenPipe = {
    send: (message) => void this.said.push(JSON.parse(message)),
    sendFrame: () => undefined,
    onMessage: (listener) => {
      this.#hear = listener;
    },
    onClose: (listener) => {
      this.#closed = listener;
    },
    close: () => this.#closed(),
  };

  tell(message: unknown): void {
    this.#hear(typeof message === 'string' ? message : JSON.stringify(message));
  }

  answerLast(answer: object): void {
    this.tell({ t: 'answer', id: this.said.at(-1)?.id, ...answer });
  }

  die(): void {
    this.#closed();
  }
}

function stage() {
  const ends: EngineEnd[] = [];
  const links: Link[] = [];
  const events: KioskEvent[] = [];
  const open = async () => {
    const end = new EngineEnd();
    ends.push(end);
    return end.pipe;
  };
  const client = new EngineClient(open, {
    onLink: (link) => links.push(link),
    onState: () => undefined,
    onEvent: (event) => events.push(event),
  });
  const latest = () => {
    const end = ends.at(-1);
    if (end === undefined) throw new Error('nobody connected yet');
    return end;
  };
  const connect = async () => {
    client.start();
    await vi.advanceTimersByTimeAsync(0);
    latest().answerLast({ ok: true, value: READY });
    await vi.advanceTimersByTimeAsync(0);
  };
  return { client, ends, links, events, latest, connect };
}

describe('EngineClient', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  test('says hello first, and is up once the engine answers', async () => {
    const { client, links, latest, connect } = stage();
    await connect();
    expect(latest().said[0]).toMatchObject({ name: 'hello', input: { version: 1 } });
    expect(links).toEqual(['connecting', 'up']);
    client.stop();
  });

  test('gives back typed answers and typed failures', async () => {
    const { client, latest, connect } = stage();
    await connect();
    const wrong = client.ask('punch.pin', { employeeNo: '1', pin: '1234' });
    latest().answerLast({ ok: false, failure: 'wrong' });
    expect(await wrong).toEqual({ ok: false, failure: 'wrong' });
    const locked = client.ask('manager.lock', {});
    latest().answerLast({ ok: true, value: {} });
    expect(await locked).toEqual({ ok: true, value: {} });
    client.stop();
  });

  test('an answer that breaks the contract is refused, not passed on', async () => {
    const { client, latest, connect } = stage();
    await connect();
    const asked = client.ask('enrol.people', { query: '' });
    latest().answerLast({ ok: true, value: { people: 'everybody' } });
    expect(await asked).toEqual({ ok: false, failure: 'refused' });
    client.stop();
  });

  test('what is no message, no event or no known name is ignored', async () => {
    const { client, latest, events, connect } = stage();
    await connect();
    for (const noise of ['{', '[]', '{"t":"event","name":"boom","body":{}}', 'null'])
      latest().tell(noise);
    latest().tell({ t: 'event', name: 'faces', body: { frameId: 1, faces: 'many' } });
    latest().tell({ t: 'event', name: 'frame.wanted', body: {} });
    expect(events).toEqual([{ name: 'frame.wanted', body: {} }]);
    client.stop();
  });

  test('an engine that dies is looked for again, and pending calls are answered', async () => {
    const { client, links, latest, ends, connect } = stage();
    await connect();
    const asked = client.ask('punch.void', { punchSeq: 1 });
    latest().die();
    expect(await asked).toEqual({ ok: false, failure: 'away' });
    expect(await client.ask('manager.lock', {})).toEqual({ ok: false, failure: 'away' });
    await vi.advanceTimersByTimeAsync(250);
    expect(ends).toHaveLength(2);
    latest().answerLast({ ok: true, value: READY });
    await vi.advanceTimersByTimeAsync(0);
    expect(links).toEqual(['connecting', 'up', 'away', 'up']);
    client.stop();
  });

  test('retries further and further apart, but never gives up', async () => {
    let attempts = 0;
    const client = new EngineClient(
      () => {
        attempts += 1;
        return Promise.reject(new Error('nobody there'));
      },
      { onLink: () => undefined, onState: () => undefined, onEvent: () => undefined },
    );
    client.start();
    await vi.advanceTimersByTimeAsync(8_000);
    expect(attempts).toBe(6);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(attempts).toBe(18);
    client.stop();
  });

  test('an engine of another version is named as such', async () => {
    const { client, links, latest } = stage();
    client.start();
    await vi.advanceTimersByTimeAsync(0);
    latest().answerLast({ ok: false, failure: 'version-mismatch' });
    await vi.advanceTimersByTimeAsync(0);
    expect(links.at(-1)).toBe('mismatch');
    client.stop();
  });

  test('an engine that hangs counts as away after fifteen seconds', async () => {
    const { client, connect } = stage();
    await connect();
    const asked = client.ask('enrol.retake', {});
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await asked).toEqual({ ok: false, failure: 'away' });
    client.stop();
  });
});
