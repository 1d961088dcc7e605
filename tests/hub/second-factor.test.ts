import { Secret, TOTP } from 'otpauth';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { foundAdministrator } from '#hub/sign-in/first-administrator';
import type { OpenSession } from '#hub/sign-in/session-keeper';
import { type AuthorityBench, DEVICE, openAuthorityBench } from '#tests/hub/authority-bench';

const CHOSEN = 'mango tram window quiet';

let bench: AuthorityBench;
let own: OpenSession;
beforeEach(async () => {
  bench = await openAuthorityBench();
  const first = (await foundAdministrator(bench)) ?? '';
  const session = await bench.enter('admin', first);
  const passwords = { current: first, next: CHOSEN };
  const changed = await bench.served.passwords.change(session, passwords, DEVICE);
  if (!changed.ok) throw new Error('the password was changed');
  own = changed.value;
});
afterEach(() => bench.close());

function codeOf(secret: string): string {
  const timestamp = bench.clock.now().epochMilliseconds;
  return new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp });
}

/** Turned on by the code of this moment; the next code is that of a minute later. */
async function turnedOn(): Promise<{ secret: string; codes: readonly string[] }> {
  const { secondFactor } = bench.served;
  const started = await secondFactor.start(own.account);
  if (!started.ok) throw new Error('it is not on yet');
  const { secret } = started.value;
  const confirmed = await secondFactor.confirm(own, codeOf(secret));
  if (!confirmed.ok) throw new Error('the code fits');
  bench.clock.pass(60);
  return { secret, codes: confirmed.value };
}

async function challenged(): Promise<string> {
  const half = await bench.served.signIn.open('admin', CHOSEN, DEVICE);
  if (!half.ok || half.value.kind !== 'code') throw new Error('a code is wanted');
  return half.value.wanted.challenge;
}

function answer(challenge: string, code: string, kind: 'application' | 'recovery' = 'application') {
  return bench.served.signIn.answer(challenge, { kind, code }, DEVICE);
}

describe('a second factor', () => {
  test('is not on before an application has shown that it has the secret', async () => {
    const { secondFactor } = bench.served;
    await secondFactor.start(own.account);
    expect(await secondFactor.confirm(own, '000000')).toEqual({ ok: false, failure: 'wrong' });
    expect(await secondFactor.state(own.account.accountId)).toMatchObject({ state: 'wanted' });
    expect(await bench.enter('admin', CHOSEN)).toBeDefined();
  });

  test('asks for a code once the password was right, and takes each code once', async () => {
    const { secret } = await turnedOn();
    const code = codeOf(secret);
    expect(await answer(await challenged(), code)).toMatchObject({
      ok: true,
      value: { session: { way: 'password-and-code' } },
    });
    expect(await answer(await challenged(), code)).toMatchObject({
      failure: { reason: 'code-wrong' },
    });
    bench.clock.pass(30);
    expect(await answer(await challenged(), codeOf(secret))).toMatchObject({ ok: true });
  });

  test('takes one code once, also when it is shown twice at the same time', async () => {
    const { secret } = await turnedOn();
    const challenges = [await challenged(), await challenged()];
    const code = codeOf(secret);
    const both = await Promise.all(challenges.map((each) => answer(each, code)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  test('ends a challenge with its answer, after five wrong codes, or in five minutes', async () => {
    const { secret } = await turnedOn();
    const used = await challenged();
    await answer(used, codeOf(secret));
    bench.clock.pass(30);
    const over = { failure: { reason: 'challenge-over' } };
    expect(await answer(used, codeOf(secret))).toMatchObject(over);
    const late = await challenged();
    bench.clock.pass(301);
    expect(await answer(late, codeOf(secret))).toMatchObject(over);
    expect(await answer('A'.repeat(43), codeOf(secret))).toMatchObject(over);
  });

  test('slows guessing codes down by the name, like guessing passwords', async () => {
    const { secret } = await turnedOn();
    const challenge = await challenged();
    for (let guess = 1; guess <= 4; guess += 1) {
      expect(await answer(challenge, '000000')).toMatchObject({
        failure: { reason: 'code-wrong' },
      });
    }
    expect(await answer(challenge, '000000')).toMatchObject({ failure: { reason: 'locked' } });
    expect(await answer(challenge, codeOf(secret))).toMatchObject({
      failure: { reason: 'challenge-over' },
    });
    expect(await bench.served.signIn.open('admin', CHOSEN, DEVICE)).toMatchObject({
      failure: { reason: 'locked' },
    });
  });

  test('can be replaced by a code from paper, once', async () => {
    const { codes } = await turnedOn();
    const [code = ''] = codes;
    expect(await answer(await challenged(), code.toUpperCase(), 'recovery')).toMatchObject({
      ok: true,
    });
    expect(await answer(await challenged(), code, 'recovery')).toMatchObject({
      failure: { reason: 'code-wrong' },
    });
    const { accountId } = own.account;
    expect(await bench.served.secondFactor.state(accountId)).toEqual({
      state: 'on',
      recoveryCodesLeft: 9,
    });
  });

  test('new codes from paper end the old ones', async () => {
    const { secret, codes } = await turnedOn();
    const renewed = await bench.served.secondFactor.renewCodes(own.account, codeOf(secret));
    if (!renewed.ok) throw new Error('the code fits');
    const [before = '', now = ''] = [codes[0], renewed.value[0]];
    expect(await answer(await challenged(), before, 'recovery')).toMatchObject({ ok: false });
    expect(await answer(await challenged(), now, 'recovery')).toMatchObject({ ok: true });
  });

  test('ends other sessions when it is turned on, and every one when it is turned off', async () => {
    const other = await bench.enter('admin', CHOSEN);
    const { secret } = await turnedOn();
    const { sessions, secondFactor } = bench.served;
    expect(await sessions.find(other.token)).toBeUndefined();
    expect(await sessions.find(own.token)).toBeDefined();
    expect(await secondFactor.end(own.account, '000000')).toMatchObject({ ok: false });
    expect(await secondFactor.end(own.account, codeOf(secret))).toMatchObject({ ok: true });
    expect(await sessions.find(own.token)).toBeUndefined();
    expect(await bench.enter('admin', CHOSEN)).toBeDefined();
  });

  test('cannot be begun anew while it is on: that would be turning it off', async () => {
    await turnedOn();
    const again = await bench.served.secondFactor.start(own.account);
    expect(again).toEqual({ ok: false, failure: 'on-already' });
  });

  test('is kept sealed: the secret is in no row', async () => {
    const { secret, codes } = await turnedOn();
    const rows = await bench.db.now.selectFrom('second_factors').selectAll().execute();
    const kept = rows.map((row) => row.sealed.toString('latin1') + row.recovery).join();
    expect(kept).not.toContain(secret);
    expect(kept).not.toContain(codes[0]);
  });
});

describe('an organisation that wants one', () => {
  test('lets those it is wanted of do nothing else before they have it', async () => {
    await bench.served.secondFactors.setPolicy('superAdministrators');
    const session = await bench.enter('admin', CHOSEN);
    expect(session.duty).toBe('second-factor');
    own = session;
    await turnedOn();
    expect(await bench.served.sessions.find(session.token)).toMatchObject({ duty: undefined });
  });

  test('trusts what the identity provider has looked at', async () => {
    await bench.served.secondFactors.setPolicy('superAdministrators');
    const session = await bench.served.sessions.begin(own.account, 'provider', DEVICE);
    expect(session.duty).toBeUndefined();
  });

  test('may want it of every administrator, and of nobody who is none', async () => {
    await bench.served.secondFactors.setPolicy('administrators');
    await bench.accounts.setRank(
      own.account.accountId,
      { kind: 'administrator', grants: [] },
      'active',
    );
    expect((await bench.enter('admin', CHOSEN)).duty).toBe('second-factor');
    await bench.served.secondFactors.setPolicy('superAdministrators');
    expect((await bench.enter('admin', CHOSEN)).duty).toBeUndefined();
  });
});
