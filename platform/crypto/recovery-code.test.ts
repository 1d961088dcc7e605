import { describe, expect, test } from 'vitest';
import {
  mintRecoveryCodes,
  recoveryDigest,
  spendRecoveryCode,
} from '#platform/crypto/recovery-code';

describe('recovery codes', () => {
  const codes = mintRecoveryCodes();
  const digests = codes.map(recoveryDigest);
  const [code = ''] = codes;

  test('are ten, all different, easy to copy down', () => {
    expect(new Set(codes).size).toBe(10);
    for (const each of codes) expect(each).toMatch(/^(?:[a-z2-7]{4}-){5}[a-z2-7]{4}$/);
  });

  test('are stored as digests only', () => {
    expect(digests.join()).not.toContain(code);
    expect(digests[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  test('each is good once', () => {
    const spent = spendRecoveryCode(code, digests);
    expect(spent).toEqual({ ok: true, value: digests.slice(1) });
    expect(spendRecoveryCode(code, digests.slice(1))).toEqual({ ok: false, failure: 'wrong' });
  });

  test('are read however they were written down', () => {
    const typed = ` ${code.toUpperCase().replaceAll('-', ' ')} `;
    expect(spendRecoveryCode(typed, digests).ok).toBe(true);
  });

  test.each(['', 'abcd', '1111-1111-1111-1111-1111-1111'])('%j is no code', (text) => {
    expect(spendRecoveryCode(text, digests)).toEqual({ ok: false, failure: 'malformed' });
  });
});
