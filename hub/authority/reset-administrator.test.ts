import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { resetAdministrator } from '#hub/authority/reset-administrator';
import { foundAdministrator } from '#hub/sign-in/first-administrator';
import { EVERYBODY } from '#hub/storage/within-reach';
import { type AuthorityBench, DEVICE, openAuthorityBench } from '#tests/hub/authority-bench';

let bench: AuthorityBench;
let first: string;
beforeEach(async () => {
  bench = await openAuthorityBench();
  first = (await foundAdministrator(bench)) ?? '';
});
afterEach(() => bench.close());

async function reset(name?: string) {
  const done = await resetAdministrator(bench, name);
  if (!done.ok) throw new Error(done.failure.names.join());
  return done.value;
}

describe('whoever holds the machine', () => {
  test('gets back in, by a password that has to be replaced, and nobody else stays in', async () => {
    const before = await bench.enter('admin', first);
    for (let guess = 1; guess <= 5; guess += 1) {
      await bench.served.signIn.open('admin', 'forgotten', { address: '192.0.2.9', browser: '' });
    }
    await bench.accounts.setRank(before.account.accountId, before.account.rank, 'disabled');
    const { name, password } = await reset();
    expect(name).toBe('admin');
    expect((await bench.enter('admin', password)).duty).toBe('password');
    expect(await bench.served.sessions.find(before.token)).toBeUndefined();
    const old = await bench.served.signIn.open('admin', first, DEVICE);
    expect(old).toMatchObject({ failure: { reason: 'wrong' } });
  });

  test('gets back in without the second factor that is lost', async () => {
    const { account } = await bench.enter('admin', first);
    const factor = {
      state: 'on',
      secret: 'JBSWY3DPEHPK3PXP',
      lastStep: null,
      recovery: [],
    } as const;
    await bench.served.secondFactors.save(account.accountId, factor);
    const { password } = await reset('Admin');
    expect(await bench.enter('admin', password)).toBeDefined();
  });

  test('is written down as the machine itself', async () => {
    await reset();
    const [newest] = await bench.served.audit.list({ limit: 1, reach: EVERYBODY });
    expect(newest?.act).toMatchObject({
      actor: { kind: 'system', id: 'command-line' },
      action: 'administrator.reset',
    });
  });

  test('is told who there is, when the name is nobody’s', async () => {
    expect(await resetAdministrator(bench, 'bob')).toEqual({
      ok: false,
      failure: { reason: 'no-such-administrator', names: ['admin'] },
    });
  });

  test('founds one anew where nobody runs the hub any more', async () => {
    const { account } = await bench.enter('admin', first);
    await bench.accounts.remove(account.accountId);
    const { name, password } = await reset();
    expect(name).toBe('admin');
    expect((await bench.enter('admin', password)).duty).toBe('password');
  });
});
