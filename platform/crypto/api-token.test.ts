import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  API_TOKEN_PATTERN,
  isSameDigest,
  mintApiToken,
  readApiToken,
} from '#platform/crypto/api-token';

describe('an API token', () => {
  const minted = mintApiToken();

  test('is one word that a scanner knows', () => {
    expect(minted.token).toMatch(API_TOKEN_PATTERN);
    expect(minted.token).toMatch(/^\w+$/);
  });

  test('is found again by its id and its digest, which do not hold it', () => {
    const { id, digest, token } = minted;
    expect(readApiToken(token)).toEqual({ ok: true, value: { id, digest } });
    expect(token).toContain(id);
    expect(`${id}${digest}`).not.toContain(token.slice(-49, -6));
  });

  test('any other letter in its secret is noticed without looking it up', () => {
    const { token } = minted;
    fc.assert(
      fc.property(
        fc.integer({ min: 18, max: token.length - 1 }),
        fc.constantFrom('0', '9', 'A', 'Z', 'a', 'z'),
        (at, letter) => {
          fc.pre(token[at] !== letter);
          const typed = token.slice(0, at) + letter + token.slice(at + 1);
          expect(readApiToken(typed)).toEqual({ ok: false, failure: 'mistyped' });
        },
      ),
    );
  });

  test.each([
    ['nothing', ''],
    ['another product’s', `ghp_${'a'.repeat(36)}`],
    ['a part of one', minted.token.slice(0, -1)],
    ['more than one', minted.token.repeat(2)],
    ['one with a line break', `${minted.token}\n`],
  ])('%s is none', (_what, text) => {
    expect(readApiToken(text)).toEqual({ ok: false, failure: 'not-a-token' });
  });

  test('digests are compared whole', () => {
    expect(isSameDigest(minted.digest, minted.digest)).toBe(true);
    expect(isSameDigest(minted.digest, mintApiToken().digest)).toBe(false);
    expect(isSameDigest(minted.digest.slice(1), minted.digest)).toBe(false);
  });
});
