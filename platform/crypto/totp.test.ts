import { describe, expect, test } from 'vitest';
import { checkTotp, mintTotpSecret, totpUri } from '#platform/crypto/totp';

/** RFC 6238, appendix B: the ASCII digits 12345678901234567890, last six of the eight listed. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => Temporal.Instant.fromEpochMilliseconds(seconds * 1000);
const check = (code: string, seconds: number, lastUsedStep: number | null = null) =>
  checkTotp({ secret, code, at: at(seconds), lastUsedStep });

describe('checkTotp', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('agrees with the RFC at %d s', (seconds, code) => {
    expect(check(code, seconds)).toEqual({ ok: true, value: Math.floor(seconds / 30) });
  });

  test.each([
    ['the step before', 60, true],
    ['the end of the step before', 89, true],
    ['two steps before', 90, false],
    ['the step after, on a slow hub clock', 29, true],
    ['two steps after', 1_111_111_111 - 3600, false],
  ])('the code of 59 s, seen at %s', (_when, seconds, isAccepted) => {
    expect(check('287082', seconds).ok).toBe(isAccepted);
  });

  test('a code is good once, and so is no earlier one', () => {
    const first = check('287082', 59);
    expect(first).toEqual({ ok: true, value: 1 });
    expect(check('287082', 61, 1)).toEqual({ ok: false, failure: 'used' });
    expect(check('287082', 61, 2)).toEqual({ ok: false, failure: 'used' });
    expect(check('287082', 61, 0)).toEqual({ ok: true, value: 1 });
  });

  test.each(['', '28708', '2870820', '28708a', '２８７０８２'])('%j is no code', (code) => {
    expect(check(code, 59)).toEqual({ ok: false, failure: 'malformed' });
  });

  test('is read as applications show it', () => {
    expect(check('287 082', 59).ok).toBe(true);
  });
});

describe('totpUri', () => {
  test('is what an authenticator application reads, names and all', () => {
    const uri = new URL(totpUri(secret, '门楣 Lintel', 'admin@hub'));
    expect(uri.protocol + uri.host).toBe('otpauth:totp');
    expect(decodeURIComponent(uri.pathname)).toBe('/门楣 Lintel:admin@hub');
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: '门楣 Lintel',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });

  test('a minted secret has 160 bits and is never the same', () => {
    expect(mintTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(mintTotpSecret()).not.toBe(mintTotpSecret());
  });
});
