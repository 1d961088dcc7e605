import { describe, expect, test } from 'vitest';
import {
  mintOneTimeToken,
  oneTimeDigest,
  spendOneTimeToken,
} from '#platform/crypto/one-time-token';

const now = Temporal.Instant.from('2026-03-02T08:00:00Z');
const tomorrow = now.add({ hours: 24 });

describe('a one-time token', () => {
  const { token, stored } = mintOneTimeToken(tomorrow);

  test('is stored as a digest it can be looked up by', () => {
    expect(stored).toEqual({ digest: oneTimeDigest(token), expiresAt: tomorrow, usedAt: null });
  });

  test('works until it expires, and once', () => {
    const justBefore = tomorrow.subtract({ nanoseconds: 1 });
    const spent = spendOneTimeToken(token, stored, justBefore);
    const after = { ...stored, usedAt: justBefore };
    expect(spent).toEqual({ ok: true, value: after });
    const again = spendOneTimeToken(token, after, tomorrow);
    expect(again).toEqual({ ok: false, failure: 'used' });
  });

  test.each([
    ['at its end', token, tomorrow, 'expired'],
    ['another one', mintOneTimeToken(tomorrow).token, now, 'wrong'],
    ['none', '', now, 'wrong'],
  ])('%s does not', (_what, given, at, failure) => {
    expect(spendOneTimeToken(given, stored, at)).toEqual({ ok: false, failure });
  });
});
