import { describe, expect, test } from 'vitest';
import { recoveryCodes } from '#contracts/rest/v1/account';
import { signInAnswer, signInCode } from '#contracts/rest/v1/session';
import { providerStart, resetPassword } from '#contracts/rest/v1/sign-in';
import { mintOneTimeToken } from '#platform/crypto/one-time-token';
import { mintRecoveryCodes } from '#platform/crypto/recovery-code';
import { PASSWORD_LENGTH_MIN } from '#platform/passwords/password';

const { token } = mintOneTimeToken(Temporal.Instant.from('2026-03-03T00:00:00Z'));

describe('a way back to the console', () => {
  test.each(['/', '/people?query=王', '/days/2026-03-02#late'])('%s is one', (returnTo) => {
    expect(providerStart.parse({ returnTo })).toEqual({ returnTo, purpose: 'sign-in' });
  });

  test.each(['https://evil.example', '//evil.example', '/\\evil.example', 'people', '/a\nb', ''])(
    '%j is none',
    (returnTo) => {
      expect(providerStart.safeParse({ returnTo }).success).toBe(false);
    },
  );
});

describe('what the hub mints, the contract takes:', () => {
  test('the token of a link, with a password of the least length', () => {
    const next = 'x'.repeat(PASSWORD_LENGTH_MIN);
    expect(resetPassword.safeParse({ token, next }).success).toBe(true);
    expect(resetPassword.safeParse({ token, next: next.slice(1) }).success).toBe(false);
  });

  test('recovery codes, as shown and as typed', () => {
    const codes = mintRecoveryCodes();
    expect(recoveryCodes.safeParse({ recoveryCodes: codes }).success).toBe(true);
    const [code = ''] = codes;
    for (const typed of [code, code.replaceAll('-', ''), ` ${code} `]) {
      const second = { kind: 'recovery', challenge: token, code: typed };
      expect(signInCode.safeParse(second).success).toBe(true);
    }
  });
});

test('half a sign-in is not taken for a whole one', () => {
  const half = { next: 'code', challenge: token, expiresAt: '2026-03-02T00:05:00Z' };
  const whole = {
    name: 'admin',
    mustChangePassword: false,
    secondFactorWanted: false,
    csrfToken: 'c',
    expiresAt: '2026-03-02T12:00:00Z',
  };
  expect(signInAnswer.parse(half)).toEqual(half);
  expect(signInAnswer.parse(whole)).toEqual(whole);
  expect(signInAnswer.safeParse({ ...whole, ...half }).success).toBe(false);
});
