import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foundAdministrator, SignIn, type SignInDeps } from '#hub/sign-in/sign-in';
import { AdministratorRepository } from '#hub/storage/administrator-repository';
import { SessionRepository } from '#hub/storage/session-repository';
import { systemClock } from '#platform/clock/system-clock';
import { openTestDatabase } from '#tests/hub/test-database';

let deps: SignInDeps;
let signIn: SignIn;
let password: string;
beforeEach(async () => {
  const db = await openTestDatabase();
  const administrators = new AdministratorRepository(db);
  deps = { db, administrators, sessions: new SessionRepository(db), clock: systemClock() };
  signIn = new SignIn(deps);
  password = (await foundAdministrator(deps)) ?? '';
});
afterEach(() => deps.db.close());

describe('signing in', () => {
  test('takes the name in any case and keeps it as it was given', async () => {
    const opened = await signIn.open('ADMIN', password);
    expect(opened).toMatchObject({ ok: true, value: { session: { name: 'admin' } } });
  });

  test('wrong passwords tried side by side are all counted', async () => {
    const attempts = Array.from({ length: 12 }, () => signIn.open('admin', 'wrong'));
    await Promise.all(attempts);
    expect(await deps.administrators.get('admin')).toMatchObject({ failures: 12 });
  });

  test('a right one among them does not open a lock that they have set', async () => {
    await Promise.all(Array.from({ length: 5 }, () => signIn.open('admin', 'wrong')));
    const nowMs = deps.clock.now().epochMilliseconds;
    expect(await deps.administrators.forgiveFailures('admin', nowMs)).toBe(false);
    expect(await signIn.open('admin', password)).toMatchObject({ failure: { reason: 'locked' } });
  });

  test('two first starts at once make one administrator', async () => {
    await deps.db.now.deleteFrom('administrators').execute();
    const made = await Promise.all([foundAdministrator(deps), foundAdministrator(deps)]);
    expect(made.filter((each) => each !== undefined)).toHaveLength(1);
    expect(await deps.administrators.count()).toBe(1);
  });
});

describe('a changed password', () => {
  test('ends every session but the one it opens', async () => {
    const before = await signIn.open('admin', password);
    const changed = await signIn.changePassword('admin', password, 'a longer password');
    if (!before.ok || !changed.ok) throw new Error('signed in and changed');
    expect(await signIn.find(before.value.token)).toBeUndefined();
    expect(await signIn.find(changed.value.token)).toMatchObject({ mustChangePassword: false });
  });

  test('is one password, also when two are asked for at once', async () => {
    const asked = ['the first of the two', 'the second of the two'];
    const changed = await Promise.all(
      asked.map((next) => signIn.changePassword('admin', password, next)),
    );
    expect(changed.filter((each) => each.ok)).toHaveLength(1);
  });
});
