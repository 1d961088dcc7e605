import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { FRAME_BYTES_MAX } from '#contracts/ipc/frame-codec';
import { CONTROL_BYTES_MAX } from '#contracts/ipc/pipe-message';
import { HOSTILE_MESSAGES_MAX } from '#terminal/kiosk/pipe-server';
import { TestScreen } from '#tests/terminal/test-screen';
import { Workbench } from '#tests/terminal/workbench';

let bench: Workbench;
beforeEach(async () => {
  bench = new Workbench();
  await bench.start();
});
afterEach(async () => await bench.end());

function call(name: string, input: unknown, id = 900): string {
  return JSON.stringify({ t: 'call', id, name, input });
}

describe('a pipe', () => {
  test.each<[string, string | Uint8Array]>([
    ['no JSON', '{'],
    ['JSON that is no call', '[]'],
    ['a call nobody declared', call('shell.run', {})],
    ['a call named after a built-in', call('constructor', {})],
    ['a call named after the prototype', call('__proto__', {})],
    ['a field too many', call('punch.pin', { employeeNo: 'E1', pin: '1234', admin: true })],
    ['a PIN that is no PIN', call('punch.pin', { employeeNo: 'E1', pin: "' OR 1=1" })],
    ['no input', JSON.stringify({ t: 'call', id: 900, name: 'punch.void' })],
    ['a message too large', call('enrol.people', { query: 'x'.repeat(CONTROL_BYTES_MAX) })],
    [
      'many bytes in few letters',
      call('enrol.people', { query: '门'.repeat(CONTROL_BYTES_MAX / 3) }),
    ],
    ['bytes that are no frame', new Uint8Array(10)],
    ['a frame too large', new Uint8Array(FRAME_BYTES_MAX + 1)],
  ])('answers %s with a refusal, and goes on', async (_what, message) => {
    bench.screen.say(message);
    expect(bench.screen.replies.at(-1)).toMatchObject({ t: 'refused' });
    expect(await bench.screen.call('manager.lock', {})).toEqual({ ok: true, value: {} });
  });

  test('that talks nothing but nonsense is closed, and another one works', async () => {
    for (let i = 0; i < HOSTILE_MESSAGES_MAX + 5; i += 1) bench.screen.say('nonsense');
    expect(bench.screen.closed).toBe(true);
    await bench.attach();
    expect(bench.screen.last('state')).toMatchObject({ engine: 'ready' });
  });

  test('is told nothing and answered nothing before hello', async () => {
    const shy = new TestScreen();
    bench.engine.attach(shy.pipe);
    shy.say(call('enrol.people', { query: '' }));
    shy.frame();
    expect(shy.replies.map((reply) => reply.t)).toEqual(['refused', 'refused']);
    expect(shy.events).toEqual([]);
    expect(bench.screen.closed).toBe(false);
  });

  test('of another version is told so', async () => {
    const old = new TestScreen();
    bench.engine.attach(old.pipe);
    expect(await old.call('hello', { version: 0 })).toEqual({
      ok: false,
      failure: 'version-mismatch',
    });
    expect(bench.screen.closed).toBe(false);
  });

  test('that says hello takes over from the one before', async () => {
    const before = bench.screen;
    await bench.attach();
    expect(before.closed).toBe(true);
    await bench.look();
    expect(bench.faces.seen).toHaveLength(1);
  });

  test('that floods calls is refused the rest', async () => {
    for (let i = 0; i < 60; i += 1) {
      bench.screen.say(call('punch.pin', { employeeNo: `E${i}`, pin: '0000' }, i));
    }
    expect(bench.screen.replies.filter((reply) => reply.t === 'refused').length).toBeGreaterThan(0);
    expect(bench.screen.closed).toBe(true);
  });
});
