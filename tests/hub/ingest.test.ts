import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { punches } from '#contracts/rest/v1/punches';
import { site, type Terminal, terminals } from '#contracts/rest/v1/terminals';
import { welcomeBody } from '#contracts/wire/v1/messages';
import { upTopic } from '#contracts/wire/v1/topics';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { signEntry } from '#platform/crypto/entry-chain';
import { isJoinProof, proofClaim } from '#platform/crypto/join-code';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';

let hub: RunningHub;
let folder: string;
let siteId: string;
const open: RawTerminal[] = [];
const WALL_MS = Temporal.Instant.from('2026-09-21T01:00:00Z').epochMilliseconds;
const ann = randomUUID();

function batchOf(entries: unknown[]): string {
  return JSON.stringify({ v: 1, entries });
}

beforeEach(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder);
  siteId = site.parse((await hub.ask('GET', '/api/v1/site')).body).siteId;
});
afterEach(async () => {
  for (const terminal of open.splice(0)) await terminal.close();
  await hub.stop();
  removeFolder(folder);
});

async function joined(): Promise<RawTerminal> {
  const terminal = new RawTerminal(hub);
  open.push(terminal);
  return await terminal.join();
}

async function storedPunches() {
  const answer = await hub.ask('GET', '/api/v1/punches?date=2026-09-21');
  return punches.parse(answer.body).punches;
}

async function refusalsOf(terminal: RawTerminal): Promise<Terminal['refusals']> {
  const answer = await hub.ask('GET', '/api/v1/terminals');
  const found = terminals.parse(answer.body).terminals.find((t) => t.terminalId === terminal.id);
  return found?.refusals ?? { count: 0 };
}

describe('joining', () => {
  test('a terminal with the join code is welcomed with keys it can trust', async () => {
    const terminal = await joined();
    const welcome = welcomeBody.parse(await terminal.answer('welcome'));
    const claim = proofClaim.hub(terminal.id, hub.hubId, welcome.signKey, welcome.sealKey);
    expect(isJoinProof(welcome.proof, hub.joinCode, claim)).toBe(true);
    expect(terminal.isSignedByHub('welcome', welcome.signKey)).toBe(true);
  });

  test('another key for the same id is refused, and the first goes on working', async () => {
    const terminal = await joined();
    const impostor = new RawTerminal(hub, terminal.id);
    await terminal.send('state', impostor.state());
    await impostor.close();
    const ack = await terminal.sendBatch([terminal.genesis()]);
    expect(ack.upto).toBe(1);
    expect(await refusalsOf(terminal)).toMatchObject({ count: 1, lastReason: 'wrong-key' });
  });

  test('without the join code the broker does not let anyone in', async () => {
    const stranger = new RawTerminal({ ...hub, joinCode: 'aaaa-aaaa-aaaa-aaaa-aaaa' });
    open.push(stranger);
    const state = await new Promise((resolve) => stranger.link.onState(resolve));
    expect(state).toEqual({ connected: false, reason: 'refused' });
  });

  test('a log before joining is answered with not-joined', async () => {
    const stranger = await new RawTerminal(hub).connect();
    open.push(stranger);
    const ack = await stranger.sendBatch([stranger.genesis()]);
    expect(ack).toMatchObject({ upto: 0, refused: { reason: 'not-joined' } });
  });
});

describe('ingest', () => {
  test('a punch is stored once, however often it is sent, and the answer stays the same', async () => {
    const terminal = await joined();
    const batch = [terminal.genesis(), terminal.punch(ann, siteId, WALL_MS)];
    const first = await terminal.sendBatch(batch);
    expect(first).toMatchObject({ upto: 2, head: 2 });
    expect(await terminal.sendBatch(batch)).toEqual(first);
    const stored = await storedPunches();
    expect(stored.map((punch) => punch.id)).toEqual([`${terminal.logId}:2`]);
  });

  test('a live punch that overtook a backlog is there at once, and the backlog is asked for', async () => {
    const terminal = await joined();
    const entries = [
      terminal.genesis(),
      ...[1, 2, 3].map(() => terminal.punch(ann, siteId, WALL_MS)),
    ];
    await terminal.sendBatch(entries.slice(0, 1));
    const gap = await terminal.sendBatch(entries.slice(3));
    expect(gap).toMatchObject({ upto: 1, head: 4, want: [{ from: 2, upto: 3 }] });
    expect((await storedPunches()).map((punch) => punch.id)).toEqual([`${terminal.logId}:4`]);
    const filled = await terminal.sendBatch(entries.slice(1, 3));
    expect(filled).toMatchObject({ upto: 4, head: 4 });
    expect(filled.want).toBeUndefined();
    expect(await storedPunches()).toHaveLength(3);
  });

  test('a "not me" that overtook its punch waits for it', async () => {
    const terminal = await joined();
    const genesis = terminal.genesis();
    const punch = terminal.punch(ann, siteId, WALL_MS);
    const notMe = terminal.entry('void', { punchSeq: 2, reason: 'not-me' });
    await terminal.sendBatch([genesis]);
    await terminal.sendBatch([notMe]);
    await terminal.sendBatch([punch]);
    expect((await storedPunches()).map((each) => each.voided)).toEqual([true]);
  });

  test('an early entry that the backlog does not lead to is a fork', async () => {
    const terminal = await joined();
    const genesis = terminal.genesis();
    const punch = terminal.punch(ann, siteId, WALL_MS);
    const next = terminal.punch(ann, siteId, WALL_MS);
    await terminal.sendBatch([genesis]);
    await terminal.sendBatch([next]);
    const { hash: _hash, sig: _sig, ...draft } = punch;
    const other = signEntry({ ...draft, kind: 'audit' }, terminal.signKey);
    expect((await terminal.sendBatch([other])).refused).toEqual({ reason: 'fork', seq: 2 });
    expect(await terminal.sendBatch([punch])).toMatchObject({ upto: 3 });
  });

  test('two histories of one log are a fork: the first stays, the second is refused', async () => {
    const terminal = await joined();
    const genesis = terminal.genesis();
    const punch = terminal.punch(ann, siteId, WALL_MS);
    await terminal.sendBatch([genesis, punch]);
    const { hash: _hash, sig: _sig, ...draft } = punch;
    const other = signEntry(
      { ...draft, body: { ...draft.body, personId: randomUUID() } },
      terminal.signKey,
    );
    const ack = await terminal.sendBatch([other]);
    expect(ack.refused).toEqual({ reason: 'fork', seq: 2 });
    expect(ack.upto).toBe(2);
    expect((await storedPunches()).map((each) => each.personId)).toEqual([ann]);
  });

  test('an entry of an unknown kind is kept, and the log goes on behind it', async () => {
    const terminal = await joined();
    const batch = [
      terminal.genesis(),
      terminal.entry('holo-punch', { depth: 3 }),
      terminal.entry('punch', { nonsense: true }),
      terminal.punch(ann, siteId, WALL_MS),
    ];
    expect(await terminal.sendBatch(batch)).toMatchObject({ upto: 4 });
    expect(await storedPunches()).toHaveLength(1);
  });

  test('"not me" withdraws the punch and keeps it', async () => {
    const terminal = await joined();
    const batch = [
      terminal.genesis(),
      terminal.punch(ann, siteId, WALL_MS),
      terminal.entry('void', { punchSeq: 2, reason: 'not-me' }),
    ];
    await terminal.sendBatch(batch);
    expect((await storedPunches()).map((punch) => punch.voided)).toEqual([true]);
  });

  test('a time no calendar has is kept with the entry and shown nowhere', async () => {
    const terminal = await joined();
    const batch = [terminal.genesis(), terminal.punch(ann, siteId, Number.MAX_SAFE_INTEGER)];
    expect(await terminal.sendBatch(batch)).toMatchObject({ upto: 2 });
    expect(await storedPunches()).toEqual([]);
  });

  test('a log begins with its genesis', async () => {
    const terminal = await joined();
    const ack = await terminal.sendBatch([terminal.punch(ann, siteId, WALL_MS)]);
    expect(ack.refused).toEqual({ reason: 'chain', seq: 1 });
  });

  test('a hub that was stopped and started again goes on where it was', async () => {
    const terminal = await joined();
    const batch = [terminal.genesis(), terminal.punch(ann, siteId, WALL_MS)];
    const first = await terminal.sendBatch(batch);
    const mqttPort = Number(new URL(hub.brokerUrl).port);
    const back = new Promise<void>((resolve) => {
      terminal.link.onState((state) => state.connected && resolve());
    });
    await hub.stop();
    hub = await runHub(folder, { mqttPort });
    await back;
    expect(await terminal.sendBatch(batch)).toEqual(first);
    expect(await storedPunches()).toHaveLength(1);
  });
});

describe('hostile payloads', () => {
  interface Hostile {
    readonly what: string;
    readonly reason: string;
    readonly make: (terminal: RawTerminal, entries: UpEntry[]) => string;
  }
  const cases: Hostile[] = [
    { what: 'not JSON', reason: 'schema', make: () => '\u0000{]' },
    {
      what: 'wrong schema',
      reason: 'schema',
      make: (_t, e) => JSON.stringify({ v: 2, entries: e }),
    },
    { what: 'deep nesting', reason: 'schema', make: () => '['.repeat(100_000) },
    {
      what: 'an extra key',
      reason: 'schema',
      make: (_t, e) => batchOf(e.map((entry) => ({ ...entry, admin: true }))),
    },
    { what: '300 KB', reason: 'too-large', make: () => `"${'x'.repeat(300_000)}"` },
    {
      what: 'a forged signature',
      reason: 'signature',
      make: (_t, e) => batchOf(e.map((entry) => ({ ...entry, sig: 'A'.repeat(86) }))),
    },
    {
      what: 'a changed body',
      reason: 'signature',
      make: (_t, e) =>
        batchOf(e.map((entry) => ({ ...entry, body: { ...entry.body, method: 'pin' } }))),
    },
    {
      what: 'a broken chain',
      reason: 'chain',
      make: (t, [e]) => {
        if (e === undefined) throw new Error('one entry is given');
        const { hash: _hash, sig: _sig, ...draft } = e;
        return batchOf([signEntry({ ...draft, prev: 'f'.repeat(64) }, t.signKey)]);
      },
    },
  ];

  test.each(cases)('$what → $reason, counted on that terminal', async ({ reason, make }) => {
    const terminal = await joined();
    const genesis = terminal.genesis();
    await terminal.sendBatch([genesis]);
    await terminal.send('state', terminal.state());
    const punch = terminal.punch(ann, siteId, WALL_MS);
    const ack = await terminal.sendLog(make(terminal, [punch]));
    expect(ack.refused?.reason).toBe(reason);
    expect(await refusalsOf(terminal)).toMatchObject({ count: 1, lastReason: reason });
    expect(await storedPunches()).toEqual([]);
    expect(await terminal.sendBatch([punch])).toMatchObject({ upto: 2 });
  });

  test("another terminal's log is refused, and nothing is told about it", async () => {
    const owner = await joined();
    const batch = [owner.genesis(), owner.punch(ann, siteId, WALL_MS)];
    await owner.sendBatch(batch);
    const thief = await joined();
    const ack = await thief.sendBatch(batch);
    expect(ack).toMatchObject({ upto: 0, refused: { reason: 'foreign-log' } });
    expect(await refusalsOf(thief)).toMatchObject({ lastReason: 'foreign-log' });
    expect(await refusalsOf(owner)).toMatchObject({ count: 0 });
  });

  test("another terminal's topic costs the line and is counted", async () => {
    const victim = await joined();
    const thief = await joined();
    const cut = new Promise<void>((resolve) => {
      thief.link.onState((state) => !state.connected && resolve());
    });
    await thief.link
      .publish(upTopic(victim.id, 'log'), '{}', { retain: false })
      .catch(() => undefined);
    await cut;
    expect(await refusalsOf(thief)).toMatchObject({ count: 1, lastReason: 'foreign-log' });
    expect(await refusalsOf(victim)).toMatchObject({ count: 0 });
  });

  test('10 MB cost the line, and the hub goes on', async () => {
    const terminal = await joined();
    const cut = new Promise<void>((resolve) => {
      terminal.link.onState((state) => !state.connected && resolve());
    });
    await terminal.send('log', 'x'.repeat(10_000_000)).catch(() => undefined);
    await cut;
    expect(await refusalsOf(terminal)).toMatchObject({ count: 1, lastReason: 'too-large' });
    const other = await joined();
    expect(await other.sendBatch([other.genesis()])).toMatchObject({ upto: 1 });
  });

  test('a flood is dropped and counted, and others are served meanwhile', async () => {
    const flooder = await joined();
    const other = await joined();
    const flood = Array.from({ length: 1000 }, () => flooder.send('log', '{"v":1}'));
    const ack = await other.sendBatch([other.genesis()]);
    expect(ack.upto).toBe(1);
    await Promise.allSettled(flood);
    await expect
      .poll(async () => (await refusalsOf(flooder)).count, { timeout: 20_000 })
      .toBe(1000);
  });
});
