import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { hashSecret } from '#platform/crypto/secret-hash';
import { openDatabase, type SqliteDatabase } from '#platform/sqlite/database';
import { PinDesk } from '#terminal/punch/pin-desk';
import { mintKeys } from '#terminal/storage/key-file';
import { TERMINAL_MIGRATIONS } from '#terminal/storage/migrations';
import { PeopleRepository } from '#terminal/storage/people-repository';
import { PinAttemptRepository } from '#terminal/storage/pin-attempt-repository';
import { Roster } from '#terminal/storage/roster';

const { deviceKey } = mintKeys(undefined);
const verifier = await hashSecret('4711');
const LI = {
  personId: '0a3f2c11-1111-4222-8333-444455556666',
  employeeNo: 'E1',
  name: 'Li',
  greetingName: 'Li',
  locale: 'zh-CN',
  manager: false,
  pinVerifier: verifier,
} as const;

let db: SqliteDatabase;
let nowMs: number;
let locked: (string | undefined)[];
let desk: PinDesk;

beforeEach(() => {
  const opened = openDatabase(':memory:', TERMINAL_MIGRATIONS);
  if (!opened.ok) throw new Error(opened.failure.reason);
  db = opened.value;
  nowMs = 1_800_000_000_000;
  locked = [];
  const people = new PeopleRepository(db, deviceKey);
  people.putPerson(LI);
  const roster = new Roster(people);
  roster.start();
  desk = new PinDesk({
    roster,
    attempts: new PinAttemptRepository(db),
    deviceKey,
    now: () => Temporal.Instant.fromEpochMilliseconds(nowMs),
    onLocked: (person) => void locked.push(person?.personId),
  });
});
afterEach(() => db.close());

async function tryPin(employeeNo: string, pin: string): Promise<string> {
  const checked = await desk.check({ employeeNo, pin });
  return checked.ok ? 'in' : checked.failure;
}

describe('PinDesk', () => {
  test('two slips cost nothing', async () => {
    expect(await tryPin('E1', '0000')).toBe('wrong');
    expect(await tryPin('E1', '0000')).toBe('wrong');
    expect(await tryPin('E1', '4711')).toBe('in');
    expect(await tryPin('E1', '0000')).toBe('wrong');
  });

  test.each(['E1', 'E999'])('from the third on %s waits longer and longer', async (employeeNo) => {
    const waits = [0, 0, 0, 10_000, 30_000];
    for (const waitMs of waits) {
      nowMs += waitMs;
      expect(await tryPin(employeeNo, '0000')).toBe('wrong');
    }
    nowMs += 15 * 60_000 - 1;
    expect(await tryPin(employeeNo, '4711')).toBe('locked');
    expect(locked).toEqual([employeeNo === 'E1' ? LI.personId : undefined]);
  });

  test('guesses made at once are counted one by one', async () => {
    const guesses = ['0001', '0002', '0003', '0004', '0005', '4711'];
    const answers = await Promise.all(guesses.map((pin) => tryPin('E1', pin)));
    expect(answers).toEqual(['wrong', 'wrong', 'wrong', 'locked', 'locked', 'locked']);
  });

  test('trying one PIN on every number ends after twenty in a minute, for everybody', async () => {
    for (let i = 0; i < 20; i += 1) expect(await tryPin(`X${i}`, '4711')).toBe('wrong');
    expect(await tryPin('E1', '4711')).toBe('locked');
    nowMs += 60_000;
    expect(await tryPin('E1', '4711')).toBe('in');
  });

  test('a clock set back by years locks nobody out for years', async () => {
    for (const waitMs of [0, 0, 0, 10_000, 30_000]) {
      nowMs += waitMs;
      await tryPin('E1', '0000');
    }
    nowMs -= 1_000_000_000_000;
    expect(await tryPin('E1', '4711')).toBe('in');
  });

  test('a staff number is nowhere in the table of attempts', async () => {
    await tryPin('E999', '0000');
    expect(JSON.stringify(db.prepare('SELECT * FROM pin_attempt').all())).not.toContain('E999');
  });
});
