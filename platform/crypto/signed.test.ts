import { describe, expect, test } from 'vitest';
import { canonicalJson, sha256Hex } from '#platform/crypto/canonical';
import { generateRawKeyPair, privateKeyOf, publicKeyOf } from '#platform/crypto/keys';
import { isSignedBy, signBody } from '#platform/crypto/signed';

describe('a signed body', () => {
  const keys = generateRawKeyPair('ed25519');
  const message = signBody({ b: 1, a: '门楣' }, privateKeyOf('ed25519', keys.privateKey));
  const verifier = publicKeyOf('ed25519', keys.publicKey);

  test('holds whatever the order of its members', () => {
    expect(isSignedBy({ body: { a: '门楣', b: 1 }, sig: message.sig }, verifier)).toBe(true);
  });

  test.each([
    ['a changed member', { body: { a: '门楣', b: 2 }, sig: message.sig }],
    ['an added member', { body: { a: '门楣', b: 1, c: null }, sig: message.sig }],
    ['an empty signature', { body: message.body, sig: '' }],
  ])('does not hold with %s', (_reason, forged) => {
    expect(isSignedBy(forged, verifier)).toBe(false);
  });
});

describe('canonical JSON', () => {
  // RFC 8785, 3.2.3: members sort by UTF-16 code units, numbers print as ECMAScript prints them.
  test('agrees with RFC 8785', () => {
    expect(canonicalJson({ '\u20ac': 1, '\r': 2, '1': 4.5, a: 1e21 })).toBe(
      '{"\\r":2,"1":4.5,"a":1e+21,"€":1}',
    );
  });

  test('hashes like everybody else', () => {
    expect(sha256Hex('abc')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });
});
