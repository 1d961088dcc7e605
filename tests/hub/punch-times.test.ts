/**
 * Goal: a punch of unknown time counts on no day until its time is known, and its claim is never lost.
 * Method: logs as a terminal with a dead battery writes them, on a real database and over a real broker.
 */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import { placement, unplacedPunches } from '#contracts/rest/v1/punch-placement';
import { type Punch, punches, punch as punchSchema } from '#contracts/rest/v1/punches';
import { site } from '#contracts/rest/v1/terminals';
import { timeAnswerBody } from '#contracts/wire/v1/messages';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { AttendanceBench, type BenchDoor, wallMs } from '#tests/hub/attendance-bench';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';
import { ManualClock } from '#tests/terminal/manual-clock';

const MONDAY = '2026-03-02';
const BOOT = randomUUID();
const BOOTED = wallMs(`${MONDAY}T06:00`);
const BATTERY_DEAD = Temporal.Instant.from('2000-01-01T00:00:00Z').epochMilliseconds;

/** What a terminal without a battery writes: both its clocks began at the boot, one of them in 2000. */
function lostAt(wall: string): { readonly atMs: number; readonly at: Partial<UpEntry['at']> } {
  const monoMs = wallMs(`${MONDAY}T${wall}`) - BOOTED;
  return { atMs: BATTERY_DEAD + monoMs, at: { monoMs, bootId: BOOT, errorMs: 0, trust: 'lost' } };
}

/** The same boot, once the hub has answered. */
function syncedAt(wall: string): { readonly atMs: number; readonly at: Partial<UpEntry['at']> } {
  const { atMs, at } = lostAt(wall);
  const offsetMs = BOOTED - BATTERY_DEAD;
  return { atMs, at: { ...at, offsetMs, errorMs: 20, trust: 'synced' } };
}

function instantOf(wall: string): string {
  return Temporal.Instant.fromEpochMilliseconds(wallMs(wall)).toString();
}

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => removeFolder(folder));

describe('a boot that learns the time', () => {
  let bench: AttendanceBench;
  let door: BenchDoor;
  let ann: string;

  beforeEach(async () => {
    bench = await AttendanceBench.open(folder, `${MONDAY}T07:00`);
    [ann, door] = [await bench.person('Ann'), await bench.door()];
    await bench.rule({}, MONDAY);
    bench.setTime(`${MONDAY}T20:00`);
    await bench.settle();
  });
  afterEach(async () => await bench.close());

  async function punchAt({ atMs, at }: ReturnType<typeof lostAt>): Promise<UpEntry> {
    const { siteId } = await bench.store.site.get();
    const body = { personId: ann, method: 'face', siteId, galleryRev: 0 };
    return door.entry('punch', body, atMs, at);
  }

  function unlockedAt({ atMs, at }: ReturnType<typeof lostAt>): UpEntry {
    return door.entry('audit', { event: 'unlocked' }, atMs, at);
  }

  async function monday(): Promise<(string | null)[]> {
    const { result } = await bench.day(ann, MONDAY);
    return result.duties.map((duty) => duty.punchedAt?.slice(11, 19) ?? null);
  }

  async function shown({ logId, seq }: UpEntry): Promise<Punch | undefined> {
    return await bench.store.punches.get(logId, seq);
  }

  test('tells when its punches were given, and keeps what they claimed', async () => {
    const entry = await punchAt(lostAt('08:57'));
    await bench.upload(door, [entry]);
    await bench.compute();
    expect(await monday()).toEqual([null, null]);
    expect(await shown(entry)).toMatchObject({ clock: 'lost', punchedAt: '2000-01-01T02:57:00Z' });
    await bench.upload(door, [unlockedAt(syncedAt('12:00'))]);
    await bench.compute();
    expect(await monday()).toEqual(['08:57:00', null]);
    expect(await shown(entry)).toMatchObject({
      clock: 'lost',
      punchedAt: '2026-03-02T00:57:00Z',
      claimedAt: '2000-01-01T02:57:00Z',
      retimedBy: 'contact',
    });
    const kept = await bench.db.now.selectFrom('up_entries').select('entry').execute();
    expect(kept.map((row) => row.entry)).toContain(JSON.stringify(entry));
  });

  test('whether it learns before or after they arrive, their days come to the same', async () => {
    const [late, knows] = [await punchAt(lostAt('08:57')), unlockedAt(syncedAt('12:00'))];
    const live = await punchAt(syncedAt('18:02'));
    await bench.upload(door, [live]); // overtakes the backlog
    await bench.compute();
    expect(await monday()).toEqual([null, '18:02:00']);
    await bench.upload(door, [late, knows]);
    await bench.compute();
    expect(await monday()).toEqual(['08:57:00', '18:02:00']);
  });

  test('tells nothing about another boot', async () => {
    await bench.upload(door, [await punchAt(lostAt('08:57'))]);
    const { atMs, at } = syncedAt('12:00');
    await bench.upload(door, [unlockedAt({ atMs, at: { ...at, bootId: randomUUID() } })]);
    await bench.compute();
    expect(await monday()).toEqual([null, null]);
  });

  test('is believed over a clock that was never compared with ours', async () => {
    const { atMs, at } = lostAt('08:57');
    const skewed = wallMs(`${MONDAY}T08:57`) - atMs + 12 * 60_000; // twelve minutes ahead
    const entry = await punchAt({ atMs: atMs + skewed, at: { ...at, trust: 'estimated' } });
    await bench.upload(door, [entry]);
    await bench.compute();
    expect(await monday()).toEqual(['09:09:00', null]);
    const after = syncedAt('12:00');
    const offsetMs = -12 * 60_000;
    const contact = { atMs: after.atMs + skewed, at: { ...after.at, offsetMs } };
    await bench.upload(door, [unlockedAt(contact)]);
    await bench.compute();
    expect(await monday()).toEqual(['08:57:00', null]);
    expect(await shown(entry)).toMatchObject({ claimedAt: '2026-03-02T01:09:00Z' });
  });

  test('after the lock the difference is booked', async () => {
    await bench.upload(door, [await punchAt(lostAt('08:57')), await punchAt(lostAt('18:02'))]);
    bench.setTime('2026-03-03T08:00');
    await bench.report(door, '2026-03-03T08:00');
    await bench.settle();
    const terms = { pending: 'refuse', exceptions: 'accept' } as const;
    expect((await bench.attendance.periodLock.lock(MONDAY, terms)).ok).toBe(true);
    await bench.settle();
    await bench.upload(door, [unlockedAt(syncedAt('19:00'))]);
    await bench.compute();
    expect(await bench.adjustments(ann, MONDAY)).toMatchObject({ 'absent.count': -1 });
  });
});

describe('over the wire', () => {
  test('a question for the time is contact enough; what it cannot tell, a person places', async () => {
    const clock = new ManualClock(instantOf(`${MONDAY}T12:30`));
    const hub = await runHub(folder, {}, { clock });
    const door = await new RawTerminal(hub).join();
    try {
      const { siteId } = site.parse((await hub.ask('GET', '/api/v1/site')).body);
      const ann = {
        employeeNo: 'A',
        name: 'Ann',
        greetingName: 'Ann',
        locale: 'en',
        manager: false,
      };
      const { personId } = person.parse((await hub.ask('POST', '/api/v1/people', ann)).body);
      const body = { personId, method: 'face', siteId, galleryRev: 0 };
      const at = (of: ReturnType<typeof lostAt>) => door.entry('punch', body, of.atMs, of.at);
      const [first, second] = [lostAt('08:57'), lostAt('12:05')];
      const dead = { ...second, at: { ...second.at, bootId: randomUUID() } }; // of a boot that ended
      await door.sendBatch([door.genesis(), at(first), at(dead)]);
      const waiting = async () =>
        unplacedPunches.parse((await hub.ask('GET', '/api/v1/punches/unplaced')).body).punches;
      expect(await waiting()).toHaveLength(2);

      clock.setWall(instantOf(`${MONDAY}T13:00`));
      const { atMs, at: now } = lostAt('13:00');
      const question = {
        kind: 'time-request',
        terminalId: door.id,
        bootId: BOOT,
        askedMonoMs: now.monoMs,
        askedWallMs: atMs,
      };
      await door.ask(
        { of: 'time', payload: door.signed(question) },
        { of: 'time', as: timeAnswerBody },
      );
      await expect.poll(async () => (await waiting()).length).toBe(1);
      const [left] = await waiting();
      expect(left).toMatchObject({
        punch: { id: `${door.logId}:3`, clock: 'lost' },
        notBefore: '2026-03-02T00:57:00Z',
      });

      const path = `/api/v1/punches/${left?.punch.id}/placement`;
      const say = (wall: string, of = path) =>
        hub.ask(
          'POST',
          of,
          placement.parse({ at: `${MONDAY}T${wall}:00+08:00`, note: '门口监控' }),
          {
            'accept-language': 'zh-CN',
          },
        );
      const early = await say('08:30');
      expect(early.status).toBe(400);
      expect(problem.parse(early.body).errors?.[0]).toMatchObject({ path: 'at' });
      expect(problem.parse(early.body).errors?.[0]?.reason).toContain('2026-03-02T00:57:00Z');
      expect(punchSchema.parse((await say('12:05')).body)).toMatchObject({
        punchedAt: '2026-03-02T04:05:00Z',
        retimedBy: 'person',
      });
      expect(await waiting()).toEqual([]);
      expect((await say('12:06')).status).toBe(200); // said again, and better
      expect((await say('12:05', `/api/v1/punches/${door.logId}:2/placement`)).status).toBe(409);
      expect((await say('12:05', `/api/v1/punches/${door.logId}:9/placement`)).status).toBe(404);
      const listed = punches.parse((await hub.ask('GET', `/api/v1/punches?date=${MONDAY}`)).body);
      expect(listed.punches.map((each) => each.punchedAt)).toEqual([
        '2026-03-02T04:06:00Z',
        '2026-03-02T00:57:00Z',
      ]);
    } finally {
      await door.close();
      await hub.stop();
    }
  });
});
