import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { generateRawKeyPair } from '#platform/crypto/keys';
import { accepted, face, templateOf } from '#tests/terminal/scripted-faces';
import { ScriptedHub } from '#tests/terminal/scripted-hub';
import { PIN, person, until, Workbench } from '#tests/terminal/workbench';

// Goal: acknowledged ⊆ at the hub, everything arrives, nothing forged is taken. Method: a real engine and
// a real broker; the hub is scripted, so that it can also be slow, forgetful and not itself.

const LI = person(1);
const MANAGER = person(9, { manager: true });

let bench: Workbench;
beforeEach(async () => {
  bench = new Workbench();
  await bench.start();
});
afterEach(async () => await bench.end());

async function punch(times: number): Promise<void> {
  for (let i = 0; i < times; i += 1) {
    bench.clock.pass(61);
    await bench.screen.call('punch.pin', { employeeNo: 'E1', pin: PIN });
  }
}

/** The terminal says how it is by its own clock, which a test has to move. */
async function untilSaid(isSo: () => boolean): Promise<void> {
  await until(() => {
    bench.clock.pass(0.1);
    return isSo();
  });
}

function seqsAtHub(): number[] {
  return bench.hub.entries().map(({ seq }) => seq);
}

describe('the up-log', () => {
  test('waits for as long as the hub is away and arrives once', async () => {
    await bench.enrol(LI);
    await bench.hub.stop();
    await until(() => !bench.engine.state().online);
    await punch(3);
    expect(bench.engine.state().waiting).toBe(3);
    await bench.hub.start();
    await until(() => bench.engine.state().waiting === 0);
    expect(seqsAtHub()).toEqual([1, 2, 3, 4]);
  });

  test('is not believed to have arrived before the hub says so', async () => {
    await bench.enrol(LI);
    bench.hub.answers = false;
    const before = bench.hub.batches.length;
    await punch(1);
    await until(() => bench.hub.batches.length > before);
    expect(bench.engine.state().waiting).toBe(1);
    const forger = generateRawKeyPair('ed25519');
    const { terminalId, logId } = bench.hub.terminal;
    const ack = { kind: 'ack', terminalId, logId, upto: 2, head: 2, credit: 400 };
    await bench.hub.say('ack', ack, forger);
    await bench.hub.raw('ack', JSON.stringify({ body: ack, sig: 'A'.repeat(86) }));
    await bench.hub.ack({ upto: 1, head: 1 }); // processed after the forged ones
    await bench.stop();
    await bench.startEngine();
    expect(bench.engine.state().waiting).toBe(1);
  });

  test('goes on credit: not an entry more than the hub will take', async () => {
    await bench.enrol(LI);
    await bench.hub.stop();
    await punch(6);
    bench.hub.credit = 2;
    bench.hub.batches.length = 0;
    await bench.hub.start();
    await until(() => bench.engine.state().waiting === 0);
    // The first round is unasked; the hub held one entry already.
    expect(bench.hub.batches.slice(1).every((batch) => batch.length <= 2)).toBe(true);
    expect(seqsAtHub()).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test('is sent again where the hub says it lost some', async () => {
    await bench.enrol(LI);
    await punch(4);
    await until(() => bench.engine.state().waiting === 0);
    bench.hub.batches.length = 0;
    await bench.hub.ack({ upto: 1, head: 5, want: [{ from: 2, upto: 3 }] });
    await until(() => bench.hub.batches.length > 0);
    expect(bench.hub.batches[0]?.map(({ seq }) => seq)).toEqual([2, 3]);
    expect(bench.engine.state().waiting).toBe(0);
  });

  test('begins anew when the hub knows more of it than we do, and no punch is lost', async () => {
    await bench.enrol(LI);
    bench.hub.answers = false;
    await punch(1);
    const old = bench.hub.terminal.logId;
    await bench.hub.ack({ upto: 1, head: 50 });
    await untilSaid(() => bench.hub.terminal.logId !== old);
    bench.hub.answers = true;
    // What went out while the hub was deaf is sent again once its patience is over.
    await untilSaid(() => bench.engine.state().waiting === 0);
    expect(bench.hub.entries().map(({ kind }) => kind)).toEqual(['genesis', 'punch']);
  });

  test('is kept when the hub refuses it', async () => {
    await bench.enrol(LI);
    bench.hub.answers = false;
    await punch(1);
    await bench.hub.ack({ upto: 1, head: 1, refused: { reason: 'signature', seq: 2 } });
    await bench.hub.ack({ upto: 1, head: 1 });
    expect(bench.engine.state().waiting).toBe(1);
  });
});

describe('the hub', () => {
  test('is pinned by the proof of the join code, and stays the one', async () => {
    const other = generateRawKeyPair('ed25519');
    const mine = bench.hub.sign;
    Object.assign(bench.hub, { sign: other });
    await bench.hub.welcome(); // the right code, other keys: a second hub
    await bench.hub.say('log', bench.hub.batch(0, [bench.hub.site()]));
    Object.assign(bench.hub, { sign: mine });
    const marker = bench.hub.site('Europe/Berlin');
    await bench.hub.say('log', bench.hub.batch(0, [marker]));
    await until(() => bench.engine.state().site.zone === 'Europe/Berlin');
    expect(bench.engine.state().joined).toBe(true);
  });

  test('with the wrong code is not met', async () => {
    const stranger = new Workbench();
    await stranger.hub.start();
    Object.defineProperty(stranger.hub, 'welcome', { value: async () => undefined });
    await stranger.startEngine();
    await until(() => stranger.hub.states.length > 0);
    const welcome = bench.hub.welcome.bind(stranger.hub);
    await welcome('aaaa-aaaa-aaaa-aaaa-aaaa');
    await stranger.hub.raw('log', 'after it');
    expect(stranger.engine.state().joined).toBe(false);
    await welcome();
    await until(() => stranger.engine.state().joined);
    await stranger.end();
  });

  test('that is not there, or does not know the join code, is said with its reason', async () => {
    await until(() => bench.engine.state().hubLine === 'connected');
    await bench.hub.stop();
    await until(() => bench.engine.state().hubLine === 'unreachable');
    bench.hub.knowsJoinCode = false;
    await bench.hub.start();
    await until(() => bench.engine.state().hubLine === 'refused');
    expect(bench.engine.state()).toMatchObject({ joined: true, online: false });
    bench.hub.knowsJoinCode = true;
    await until(() => bench.engine.state().online);
    expect(bench.engine.state().hubLine).toBe('connected');
  });

  test('learns how the terminal is, and that it sleeps', async () => {
    await bench.enrol(LI);
    await bench.screen.call('camera.report', { status: 'live', label: 'front', count: 1 });
    await untilSaid(() => bench.hub.terminal.people === 1 && bench.hub.terminal.camera === 'live');
    expect(bench.hub.terminal).toMatchObject({ state: 'ready', name: 'East gate', disk: 'ok' });
    await bench.stop();
    await until(() => bench.hub.terminal.state === 'sleeping');
  });

  test('gives the terminal its clock', async () => {
    bench.hub.wallMs = () => bench.clock.now().epochMilliseconds + 7000;
    await until(() => bench.engine.state().clock === 'synced');
    await bench.enrol(LI);
    bench.clock.setWall('2019-01-01T00:00:00Z');
    await until(() => bench.engine.state().clock === 'lost');
    await until(() => {
      bench.clock.pass(1); // whenever the engine notices: it asks ten seconds after that
      return bench.engine.state().clock === 'synced';
    });
    bench.clock.setWall('2026-03-02T05:00:00Z');
    expect(bench.engine.state().clock).toBe('lost');
  });
});

describe('the down-log', () => {
  test('brings people and faces, and takes them away with a receipt', async () => {
    await bench.enrol(LI, MANAGER);
    await bench.hub.send(3, [bench.hub.template(LI.personId, templateOf(1))]);
    await until(() => bench.engine.state().templates === 1);
    expect(bench.faces.gallery.search(templateOf(1)).best?.personId).toBe(LI.personId);
    await until(() => bench.hub.cursors.at(-1) === 4);

    await bench.hub.send(4, [bench.hub.erasure(LI.personId, 'templates')]);
    await until(() => bench.engine.state().templates === 0);
    expect(bench.faces.gallery.templateCount).toBe(0);
    expect(await bench.screen.call('punch.pin', { employeeNo: 'E1', pin: PIN })).toMatchObject({
      ok: true,
    });
    await until(() => bench.engine.state().waiting === 0);
    expect(bench.hub.entries()).toContainEqual(
      expect.objectContaining({
        kind: 'audit',
        body: { event: 'erased', personId: LI.personId, detail: 'templates by rev 5' },
      }),
    );
  });

  test('is taken whole or not at all', async () => {
    const good = bench.hub.person(LI);
    const bad = { ...bench.hub.person(MANAGER), sealed: 'A'.repeat(200) };
    await bench.hub.say('log', bench.hub.batch(0, [good, bad]));
    await bench.hub.say('log', bench.hub.batch(0, [bench.hub.site()]));
    await until(() => bench.engine.state().site.name.en === 'Head office');
    expect(bench.engine.state().people).toBe(0);
  });

  test('survives a restart', async () => {
    await bench.enrol(LI);
    await bench.hub.send(2, [bench.hub.template(LI.personId, templateOf(1))]);
    await until(() => bench.engine.state().templates === 1);
    await bench.stop();
    await bench.hub.stop();
    await bench.startEngine();
    await until(() => bench.engine.state().engine === 'ready');
    expect(bench.engine.state()).toMatchObject({ people: 1, templates: 1, joined: true });
    await bench.look(face(1, { decision: accepted(LI.personId) }));
    expect(bench.screen.last('greeting')).toMatchObject({ name: 'Given1' });
    await bench.hub.start();
  });

  test.each([
    ['not JSON', async () => await bench.hub.raw('log', '}{')],
    ['not UTF-8', async () => await bench.hub.raw('log', '\uD800')],
    ['another schema', async () => await bench.hub.say('log', { kind: 'log', surprise: true })],
    ['unsigned', async () => await bench.hub.raw('log', JSON.stringify(bench.hub.batch(0, [])))],
    [
      'forged',
      async () =>
        await bench.hub.say(
          'log',
          bench.hub.batch(0, [bench.hub.person(LI)]),
          generateRawKeyPair('ed25519'),
        ),
    ],
    [
      'for another terminal',
      async () => {
        const batch = { ...bench.hub.batch(0, [bench.hub.person(LI)]), terminalId: OTHER };
        await bench.hub.say('log', batch);
      },
    ],
    [
      'not next',
      async () => await bench.hub.say('log', bench.hub.batch(7, [bench.hub.person(LI)])),
    ],
    [
      'out of order',
      async () => {
        const [first, second] = [bench.hub.person(LI), bench.hub.person(MANAGER)];
        await bench.hub.say('log', bench.hub.batch(0, [second, first]));
      },
    ],
    [
      'one person’s record under another’s name',
      async () => {
        const entry = { ...bench.hub.person(LI), personId: MANAGER.personId };
        await bench.hub.say('log', bench.hub.batch(0, [entry]));
      },
    ],
    [
      'a zone that is none',
      async () => await bench.hub.say('log', bench.hub.batch(0, [bench.hub.site('Mars/Olympus')])),
    ],
    ['a megabyte of letters', async () => await bench.hub.raw('log', 'x'.repeat(1024 * 1023))],
  ])('that is %s changes nothing', async (_what, attack) => {
    const before = { ...bench.engine.state(), waiting: 0, clock: 'synced' };
    await attack();
    await bench.hub.say('log', bench.hub.batch(0, [bench.hub.site('Europe/Berlin')]));
    await until(() => bench.engine.state().site.zone === 'Europe/Berlin');
    const { site, ...after } = bench.engine.state();
    expect({ ...after, site: before.site, waiting: 0, clock: 'synced' }).toEqual(before);
    expect(site.zone).toBe('Europe/Berlin');
  });

  test('of ten megabytes costs the sender the line, and nothing else', async () => {
    const attacker = new ScriptedHub(bench.hub.port);
    await attacker.connect('attacker');
    attacker.states.push(bench.hub.terminal);
    const attack = attacker.raw('log', 'x'.repeat(10 * 1024 * 1024));
    await bench.enrol(LI);
    expect(bench.engine.state()).toMatchObject({ people: 1, online: true });
    await attacker.stop();
    await attack;
  });
});

const OTHER = 't-aaaaaaaaaaaaaaaa';
