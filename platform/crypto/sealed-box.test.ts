import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { generateRawKeyPair, privateKeyOf } from '#platform/crypto/keys';
import { open, seal } from '#platform/crypto/sealed-box';

function recipient() {
  const raw = generateRawKeyPair('x25519');
  return { publicKey: raw.publicKey, privateKey: privateKeyOf('x25519', raw.privateKey) };
}

describe('a sealed box', () => {
  const terminal = recipient();

  test('gives back any bytes to the holder of the key', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.string(), (plain, context) => {
        const opened = open(seal(plain, terminal.publicKey, context), terminal, context);
        expect(opened.ok && new Uint8Array(opened.value)).toEqual(plain);
      }),
      { numRuns: 50 },
    );
  });

  test('is unreadable after any change of one bit', () => {
    const box = Buffer.from(seal('a template', terminal.publicKey, 'ctx'), 'base64url');
    fc.assert(
      fc.property(fc.nat(box.length * 8 - 1), (bit) => {
        // X25519 ignores the top bit of a public key (RFC 7748, 5), but the key derivation does not.
        const changed = Buffer.from(box);
        changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
        expect(open(changed.toString('base64url'), terminal, 'ctx').ok).toBe(false);
      }),
    );
  });

  test.each([
    ['another key', () => open(seal('x', terminal.publicKey, 'a'), recipient(), 'a')],
    ['another context', () => open(seal('x', terminal.publicKey, 'a'), terminal, 'b')],
    ['nothing', () => open('', terminal, 'a')],
    ['no box at all', () => open('not a box', terminal, 'a')],
  ])('does not open with %s', (_reason, attempt) => {
    expect(attempt()).toEqual({ ok: false, failure: 'unreadable' });
  });

  test('is different every time, so equal content does not show', () => {
    expect(seal('x', terminal.publicKey, 'a')).not.toBe(seal('x', terminal.publicKey, 'a'));
  });
});
