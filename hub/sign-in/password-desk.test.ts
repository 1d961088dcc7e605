import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foundAdministrator } from '#hub/sign-in/first-administrator';
import type { KnownAccount } from '#hub/storage/account-repository';
import { EVERYBODY } from '#hub/storage/within-reach';
import { type AuthorityBench, openAuthorityBench } from '#tests/hub/authority-bench';

const CHOSEN = 'mango tram window quiet';
const A_DAY = Temporal.Duration.from({ hours: 24 });

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

function makeLink() {
  return bench.served.passwords.makeLink(admin.accountId, A_DAY);
}

function use(token: string, next = CHOSEN) {
  return bench.served.passwords.useLink(token, next);
}

describe('a link that sets a password', () => {
  test('says whose it is and spends nothing by that; then sets it, once', async () => {
    const { token, expiresAt } = await makeLink();
    const { passwords } = bench.served;
    expect(await passwords.checkLink(token)).toEqual({
      ok: true,
      value: { name: 'admin', expiresAt },
    });
    expect(await use(token)).toMatchObject({ ok: true });
    expect(await use(token, `${CHOSEN} again`)).toEqual({
      ok: false,
      failure: { reason: 'link', fault: 'used' },
    });
    expect((await bench.enter('admin', CHOSEN)).duty).toBeUndefined();
  });

  test('is spent by one of two who use it at once', async () => {
    const { token } = await makeLink();
    const both = await Promise.all([use(token), use(token, `${CHOSEN} again`)]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('is over after its day, after a newer one, and with a password of another way', async () => {
    const old = await makeLink();
    bench.clock.pass(24 * 3600);
    expect(await use(old.token)).toMatchObject({ failure: { fault: 'expired' } });
    const before = await makeLink();
    const newer = await makeLink();
    expect(await use(before.token)).toMatchObject({ failure: { fault: 'unknown' } });
    const session = await bench.enter('admin', first);
    await bench.served.passwords.change(session, { current: first, next: CHOSEN }, session.session);
    expect(await use(newer.token)).toMatchObject({ failure: { fault: 'unknown' } });
  });

  test('ends sessions and a lock, and leaves a weak password its chance', async () => {
    const { token: session } = await bench.enter('admin', first);
    const { token } = await makeLink();
    for (let guess = 1; guess <= 5; guess += 1) {
      await bench.served.signIn.open('admin', 'wrong', { address: '192.0.2.9', browser: '' });
    }
    expect(await use(token, 'admin')).toMatchObject({ failure: { reason: 'unfit' } });
    expect(await use(token)).toMatchObject({ ok: true });
    expect(await bench.served.sessions.find(session)).toBeUndefined();
    expect(await bench.enter('admin', CHOSEN)).toBeDefined();
  });

  test('of nobody, or of somebody who was disabled since, opens nothing', async () => {
    expect(await use('A'.repeat(43))).toMatchObject({ failure: { fault: 'unknown' } });
    const { token } = await makeLink();
    await bench.accounts.setRank(admin.accountId, admin.rank, 'disabled');
    expect(await use(token)).toMatchObject({ failure: { fault: 'unknown' } });
  });

  test('is written down when it is used, and is itself in no row', async () => {
    const { token } = await makeLink();
    await use(token);
    const [newest] = await bench.served.audit.list({ limit: 1, reach: EVERYBODY });
    expect(newest?.act).toMatchObject({
      action: 'password.reset',
      subject: { kind: 'account', id: admin.accountId },
    });
    const rows = await bench.db.now.selectFrom('one_time_links').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
  });
});
