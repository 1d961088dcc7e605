import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foundAdministrator } from '#hub/sign-in/first-administrator';
import { nameKey } from '#hub/sign-in/sign-in-lock';
import type { KnownAccount } from '#hub/storage/account-repository';
import { type AuthorityBench, DEVICE, openAuthorityBench } from '#tests/hub/authority-bench';

const CHOSEN = 'mango tram window quiet';
const WRONG = 'not the password at all';

let bench: AuthorityBench;
let first: string;
let admin: KnownAccount;
beforeEach(async () => {
  bench = await openAuthorityBench();
  first = (await foundAdministrator(bench)) ?? '';
  const found = await bench.accounts.named('admin');
  if (found === undefined) throw new Error('the first administrator is there');
  admin = found;
});
afterEach(() => bench.close());

function open(password: string, name = 'admin', device: typeof DEVICE = DEVICE) {
  return bench.served.signIn.open(name, password, device);
}

async function actions(): Promise<readonly string[]> {
  const everybody = { kind: 'everybody', except: new Set<string>() } as const;
  const entries = await bench.served.audit.list({ limit: 100, reach: everybody });
  return entries.map(({ act }) => act.action).toReversed();
}

describe('signing in', () => {
  test('takes the name in any case and keeps it as it was given', async () => {
    const opened = await open(first, 'ADMIN');
    expect(opened).toMatchObject({
      ok: true,
      value: { kind: 'session', opened: { account: { shownName: 'admin' }, duty: 'password' } },
    });
  });

  test('takes a password as either of two keyboards spells it', async () => {
    const session = await bench.enter('admin', first);
    const next = 'cafe\u0301 tram window quiet';
    await bench.served.passwords.change(session, { current: first, next }, DEVICE);
    expect(await open('café tram window quiet')).toMatchObject({ ok: true });
  });

  test('after five mistakes has to wait, the right password too, and no longer than said', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect(await open(WRONG)).toMatchObject({ failure: { reason: 'wrong' } });
    }
    const nowMs = bench.clock.now().epochMilliseconds;
    const locked = { reason: 'locked', untilMs: nowMs + 60_000 };
    expect(await open(WRONG)).toMatchObject({ failure: locked });
    expect(await open(first)).toMatchObject({ failure: locked });
    bench.clock.pass(61);
    expect(await open(first)).toMatchObject({ ok: true });
    expect(await actions()).toEqual([
      ...Array.from({ length: 4 }, () => 'sign-in.refused'),
      'sign-in.locked',
      'session.opened',
    ]);
  });

  test('locks a name that nobody has just like one that somebody has', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1) {
      expect(await open(WRONG, 'nobody')).toMatchObject({ failure: { reason: 'wrong' } });
    }
    expect(await open(WRONG, 'Nobody')).toMatchObject({ failure: { reason: 'locked' } });
    expect(await open(first)).toMatchObject({ ok: true });
    expect(await actions()).toEqual(['session.opened']);
  });

  test('locks an address that tries many names, and a right password does not set it free', async () => {
    for (let attempt = 1; attempt <= 49; attempt += 1) await open(WRONG, `name ${attempt}`);
    expect(await open(first)).toMatchObject({ ok: true });
    expect(await open(WRONG, 'one more')).toMatchObject({ failure: { reason: 'locked' } });
    expect(await open(first)).toMatchObject({ failure: { reason: 'locked' } });
    const elsewhere = { ...DEVICE, address: '192.0.2.8' } as unknown as typeof DEVICE;
    expect(await open(first, 'admin', elsewhere)).toMatchObject({ ok: true });
  });

  test('wrong passwords tried side by side are all counted', async () => {
    await Promise.all(Array.from({ length: 12 }, () => open(WRONG)));
    const row = await bench.db.now
      .selectFrom('sign_in_locks')
      .select('failures')
      .where('key', '=', nameKey(admin.accountId, ''))
      .executeTakeFirst();
    expect(row?.failures).toBe(12);
  });

  test('mistakes of yesterday are forgotten', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1) await open(WRONG);
    bench.clock.pass(25 * 3600);
    expect(await open(WRONG)).toMatchObject({ failure: { reason: 'wrong' } });
  });

  test('is over for whoever was disabled, and their sessions with it', async () => {
    const { token } = await bench.enter('admin', first);
    await bench.accounts.setRank(admin.accountId, admin.rank, 'disabled');
    expect(await bench.served.sessions.find(token)).toBeUndefined();
    expect(await open(first)).toMatchObject({ failure: { reason: 'wrong' } });
  });

  test('lasts twelve hours for an administrator', async () => {
    const { token } = await bench.enter('admin', first);
    bench.clock.pass(12 * 3600 - 1);
    expect(await bench.served.sessions.find(token)).toBeDefined();
    bench.clock.pass(1);
    expect(await bench.served.sessions.find(token)).toBeUndefined();
  });
});

describe('the first administrator', () => {
  test('is made once, also by two first starts at once', async () => {
    await bench.accounts.remove(admin.accountId);
    const other = await bench.another();
    const made = await Promise.all([foundAdministrator(bench), foundAdministrator(other)]);
    expect(made.filter((each) => each !== undefined)).toHaveLength(1);
    expect(await bench.accounts.countAdministrators()).toBe(1);
  });
});

describe('a changed password', () => {
  test('ends every session but the one it opens', async () => {
    const before = await bench.enter('admin', first);
    const passwords = { current: first, next: CHOSEN };
    const changed = await bench.served.passwords.change(before, passwords, DEVICE);
    if (!changed.ok) throw new Error('it was changed');
    const { sessions } = bench.served;
    expect(await sessions.find(before.token)).toBeUndefined();
    expect(await sessions.find(changed.value.token)).toMatchObject({ duty: undefined });
  });

  test('is one password, also when two are asked for at once', async () => {
    const session = await bench.enter('admin', first);
    const asked = [CHOSEN, `${CHOSEN} again`];
    const changed = await Promise.all(
      asked.map((next) => bench.served.passwords.change(session, { current: first, next }, DEVICE)),
    );
    expect(changed.filter((each) => each.ok)).toHaveLength(1);
  });

  test.each([
    ['too-short', 'short one'],
    ['predictable', 'password1234'],
    ['own-words', 'Lintel2026!!'],
  ])('is refused when it is %s', async (fault, next) => {
    const session = await bench.enter('admin', first);
    const changed = await bench.served.passwords.change(session, { current: first, next }, DEVICE);
    expect(changed).toEqual({ ok: false, failure: { reason: 'unfit', fault } });
  });
});

describe('sessions', () => {
  test('are listed with where they were begun, newest first, and end one by one', async () => {
    const older = await bench.enter('admin', first);
    bench.clock.pass(60);
    const newer = await bench.enter('admin', first);
    const { sessions } = bench.served;
    const listed = await sessions.list(admin.accountId);
    expect(listed).toMatchObject([
      { sessionId: newer.session.sessionId, ...DEVICE, way: 'password' },
      { sessionId: older.session.sessionId },
    ]);
    expect(await sessions.end('somebody else', older.session.sessionId)).toBe(false);
    expect(await sessions.end(admin.accountId, older.session.sessionId)).toBe(true);
    expect(await sessions.find(older.token)).toBeUndefined();
    expect(await sessions.find(newer.token)).toBeDefined();
  });

  test('say to the minute when they were last seen', async () => {
    const { token } = await bench.enter('admin', first);
    bench.clock.pass(59);
    await bench.served.sessions.find(token);
    bench.clock.pass(2);
    await bench.served.sessions.find(token);
    const [session] = await bench.served.sessions.list(admin.accountId);
    expect(session?.lastSeenMs).toBe(bench.clock.now().epochMilliseconds);
  });

  test('are as many as somebody has devices; the one longest unseen goes first', async () => {
    const oldest = await bench.enter('admin', first);
    for (let more = 1; more <= 50; more += 1) {
      bench.clock.pass(1);
      await bench.served.sessions.begin(admin, 'password', DEVICE);
    }
    expect(await bench.served.sessions.list(admin.accountId)).toHaveLength(50);
    expect(await bench.served.sessions.find(oldest.token)).toBeUndefined();
  });
});
