import { describe, expect, test } from 'vitest';
import { ACCESS_TOKEN_SECONDS, giveAccessToken, readAccessToken } from '#hub/compat/access-token';

const KEY = new Uint8Array(32).fill(7);
const AT = Temporal.Instant.from('2026-05-31T09:00:00Z');

describe('an access token', () => {
  const token = giveAccessToken('a secret', AT, KEY);

  test.each([
    ['at once', 0, { ok: true, value: 'a secret' }],
    ['in its last second', ACCESS_TOKEN_SECONDS - 1, { ok: true, value: 'a secret' }],
    ['when its time is over', ACCESS_TOKEN_SECONDS, { ok: false, failure: 'expiredToken' }],
  ])('%s', (_when, seconds, expected) => {
    expect(readAccessToken(token, AT.add({ seconds }), KEY)).toEqual(expected);
  });

  test.each([
    ['of another hub', giveAccessToken('a secret', AT, new Uint8Array(32))],
    ['cut short', token.slice(0, 20)],
    ['of nothing', ''],
  ])('%s is none', (_reason, text) => {
    expect(readAccessToken(text, AT, KEY)).toEqual({ ok: false, failure: 'badToken' });
  });
});
