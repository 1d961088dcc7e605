import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { accepted, doubtful, face } from '#tests/terminal/scripted-faces';
import { PIN, person, until, Workbench } from '#tests/terminal/workbench';

// Goal: what the door says is on the disk, and says it once. Method: a real engine over a real database
// and broker; only the camera's meaning, the hub and the time are scripted.

const LI = person(1);
const WANG = person(2);

let bench: Workbench;
beforeEach(async () => {
  bench = new Workbench();
  await bench.start();
  await bench.enrol(LI, WANG);
});
afterEach(async () => await bench.end());

function punchesAtHub(): unknown[] {
  return bench.hub
    .entries()
    .filter((entry) => entry.kind === 'punch')
    .map((entry) => entry.body);
}

describe('a face at the door', () => {
  test('is greeted with a punch that reaches the hub', async () => {
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    expect(bench.screen.heard('greeting')).toMatchObject([
      { kind: 'saved', name: 'Given1', direction: 'in', trackId: 1, today: [expect.any(String)] },
    ]);
    expect(bench.screen.last('faces')?.faces).toMatchObject([{ state: 'saved', name: 'Given1' }]);
    await until(() => bench.engine.state().waiting === 0);
    expect(punchesAtHub()).toMatchObject([
      {
        personId: LI.personId,
        method: 'face',
        direction: 'in',
        confidence: 0.7,
        margin: 0.3,
        liveness: 0.9,
        modelId: 'scripted',
        wifi: { ssid: 'office', bssid: '02:00:00:00:00:01' },
      },
    ]);
  });

  test('is greeted once while it stays, and as a repeat when it comes back too soon', async () => {
    const seen = face(1, { decision: accepted(LI.personId) });
    await bench.look(seen);
    await bench.look(seen);
    expect(bench.screen.heard('greeting')).toHaveLength(1);
    bench.clock.pass(20);
    await bench.look(face(2, { decision: accepted(LI.personId) }));
    const [first, second] = bench.screen.heard('greeting');
    expect(second).toMatchObject({ kind: 'repeat', punchSeq: first?.punchSeq });
    expect(second).not.toHaveProperty('voidUntil');
    await until(() => bench.engine.state().waiting === 0);
    expect(punchesAtHub()).toHaveLength(1);
  });

  test('leaves after the cool-down, with the minutes worked', async () => {
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    bench.clock.pass(9 * 3600);
    await bench.look(face(2, { decision: accepted(LI.personId) }));
    expect(bench.screen.last('greeting')).toMatchObject({
      kind: 'saved',
      direction: 'out',
      workedMinutes: 540,
      today: [expect.any(String), expect.any(String)],
    });
  });

  test('does not hold up another face in the same frame', async () => {
    await bench.look(
      face(1, { decision: accepted(LI.personId) }),
      face(2, { decision: accepted(WANG.personId) }),
      face(3),
    );
    expect(bench.screen.heard('greeting').map(({ name }) => name)).toEqual(['Given1', 'Given2']);
    expect(bench.screen.last('faces')?.faces.map(({ state }) => state)).toEqual([
      'saved',
      'saved',
      'tracking',
    ]);
  });

  test('of somebody erased between two frames is nobody’s', async () => {
    await bench.hub.send(3, [bench.hub.erasure(LI.personId, 'person')]);
    await until(() => bench.engine.state().people === 1);
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    expect(bench.screen.heard('greeting')).toEqual([]);
  });
});

describe('“not me”', () => {
  test('withdraws by a new entry, and that face is not offered this person again', async () => {
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    const punchSeq = bench.screen.last('greeting')?.punchSeq ?? 0;
    expect(await bench.screen.call('punch.void', { punchSeq })).toEqual({ ok: true, value: {} });
    expect(await bench.screen.call('punch.void', { punchSeq })).toMatchObject({
      failure: 'unknown-punch',
    });
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    expect(bench.screen.heard('greeting')).toHaveLength(1);
    expect(bench.screen.last('hint')).toMatchObject({ otherWays: true });
    await until(() => bench.engine.state().waiting === 0);
    const kinds = bench.hub.entries().map(({ kind }) => kind);
    expect(kinds).toEqual(['genesis', 'punch', 'void']);
  });

  test('comes too late after six seconds', async () => {
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    const punchSeq = bench.screen.last('greeting')?.punchSeq ?? 0;
    bench.clock.pass(8);
    expect(await bench.screen.call('punch.void', { punchSeq })).toMatchObject({
      failure: 'too-late',
    });
  });

  test('of anything but a punch is refused', async () => {
    expect(await bench.screen.call('punch.void', { punchSeq: 1 })).toMatchObject({
      failure: 'unknown-punch',
    });
    expect(await bench.screen.call('punch.void', { punchSeq: 4000 })).toMatchObject({
      failure: 'unknown-punch',
    });
  });

  test('gives the arrival back: the next punch of the day is the first again', async () => {
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    const punchSeq = bench.screen.last('greeting')?.punchSeq ?? 0;
    await bench.screen.call('punch.void', { punchSeq });
    await bench.look(face(2, { decision: accepted(LI.personId) }));
    expect(bench.screen.last('greeting')).toMatchObject({ kind: 'saved', direction: 'in' });
  });
});

describe('a doubtful face', () => {
  test('is asked by a masked name, and “yes” is a punch', async () => {
    await bench.look(face(1, { decision: doubtful(LI.personId) }));
    const ask = bench.screen.last('ask');
    expect(ask).toMatchObject({ trackId: 1, maskedName: 'Given1 F.' });
    expect(bench.screen.heard('greeting')).toEqual([]);
    const answer = { askId: ask?.askId ?? '', answer: 'yes' } as const;
    expect(await bench.screen.call('ask.answer', answer)).toMatchObject({ ok: true });
    expect(bench.screen.last('greeting')).toMatchObject({ kind: 'saved', name: 'Given1' });
    expect(await bench.screen.call('ask.answer', answer)).toMatchObject({ failure: 'expired' });
  });

  test('that says “no” is offered other ways, and no punch is made', async () => {
    await bench.look(face(1, { decision: doubtful(LI.personId) }));
    const askId = bench.screen.last('ask')?.askId ?? '';
    await bench.screen.call('ask.answer', { askId, answer: 'no' });
    await bench.look(face(1, { decision: doubtful(LI.personId) }));
    expect(bench.screen.heard('ask')).toHaveLength(1);
    expect(bench.screen.last('hint')).toMatchObject({ otherWays: true });
    expect(bench.faces.settled).toContainEqual({ trackId: 1, outcome: 'refused' });
  });

  test('that does not answer is asked again later, not punched', async () => {
    await bench.look(face(1, { decision: doubtful(LI.personId) }));
    const askId = bench.screen.last('ask')?.askId ?? '';
    bench.clock.pass(11);
    expect(await bench.screen.call('ask.answer', { askId, answer: 'yes' })).toMatchObject({
      failure: 'expired',
    });
    await bench.look(face(1));
    await bench.look(face(1, { decision: doubtful(LI.personId) }));
    expect(bench.screen.heard('ask')).toHaveLength(2);
    expect(bench.screen.heard('greeting')).toEqual([]);
  });

  test('is not asked about somebody who has just been greeted', async () => {
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    await bench.look(face(2, { decision: doubtful(LI.personId) }));
    expect(bench.screen.heard('ask')).toEqual([]);
  });
});

describe('an unknown face', () => {
  test('gets a hint after three seconds and other ways after six', async () => {
    const unknown = { decision: { kind: 'unknown' }, hint: 'closer' } as const;
    await bench.look(face(1, { ...unknown, trackedMs: 2900 }));
    expect(bench.screen.last('hint')).toBeUndefined();
    await bench.look(face(1, { ...unknown, trackedMs: 3100 }));
    expect(bench.screen.last('hint')).toEqual({ trackId: 1, hint: 'closer', otherWays: false });
    await bench.look(face(1, { ...unknown, trackedMs: 6000 }));
    expect(bench.screen.last('hint')).toEqual({ trackId: 1, hint: 'closer', otherWays: true });
    await bench.look();
    expect(bench.screen.last('hint')).toEqual({ trackId: null, hint: null, otherWays: false });
    expect(bench.screen.last('faces')?.faces).toEqual([]);
  });
});

describe('a PIN', () => {
  test('punches like a face', async () => {
    const punched = await bench.screen.call('punch.pin', { employeeNo: 'E1', pin: PIN });
    expect(punched).toMatchObject({ ok: true, value: { kind: 'saved', name: 'Given1' } });
    await until(() => bench.engine.state().waiting === 0);
    expect(punchesAtHub()).toMatchObject([{ method: 'pin', personId: LI.personId }]);
  });

  test.each([
    ['of somebody else', 'E1', '000000'],
    ['of nobody', 'X9', PIN],
  ])('%s is wrong three times, then has to wait', async (_whose, employeeNo, pin) => {
    for (let i = 0; i < 3; i += 1) {
      expect(await bench.screen.call('punch.pin', { employeeNo, pin })).toMatchObject({
        failure: 'wrong',
      });
    }
    expect(await bench.screen.call('punch.pin', { employeeNo, pin })).toMatchObject({
      failure: 'locked',
    });
  });

  test('that is locked stays locked through a restart, and opens again in time', async () => {
    for (const waitSeconds of [0, 0, 0, 11, 31]) {
      bench.clock.pass(waitSeconds);
      await bench.screen.call('punch.pin', { employeeNo: 'E1', pin: '000000' });
    }
    await bench.stop();
    await bench.startEngine();
    const right = { employeeNo: 'E1', pin: PIN };
    bench.clock.pass(14 * 60);
    expect(await bench.screen.call('punch.pin', right)).toMatchObject({ failure: 'locked' });
    bench.clock.pass(2 * 60);
    expect(await bench.screen.call('punch.pin', right)).toMatchObject({ ok: true });
    await until(() => bench.engine.state().waiting === 0);
    expect(bench.hub.entries()).toContainEqual(
      expect.objectContaining({
        kind: 'audit',
        body: { event: 'pin-locked', personId: LI.personId },
      }),
    );
  });
});

describe('frames', () => {
  test('never queue: the newest waits, those before it are counted', async () => {
    const { promise, resolve: release } = Promise.withResolvers<void>();
    bench.faces.gate = promise;
    for (let i = 0; i < 5; i += 1) bench.screen.frame();
    const wanted = bench.screen.heard('frame.wanted').length;
    release();
    await until(() => bench.screen.heard('frame.wanted').length > wanted);
    expect(bench.faces.seen.map(({ frameId }) => frameId)).toEqual([1, 5]);
    expect(bench.engine.state().framesDropped).toBe(3);
  });
});
