import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ChainedEntry, chainStart, checkEntry, signEntry } from '#platform/crypto/entry-chain';
import { generateRawKeyPair, privateKeyOf, publicKeyOf } from '#platform/crypto/keys';

const pair = generateRawKeyPair('ed25519');
const privateKey = privateKeyOf('ed25519', pair.privateKey);
const publicKey = publicKeyOf('ed25519', pair.publicKey);
const logId = '9b2f3c1e-6f0a-4d5b-8c7d-0123456789ab';

function chainOf(bodies: readonly fc.JsonValue[]): ChainedEntry[] {
  const entries: ChainedEntry[] = [];
  for (const body of bodies) {
    const before = entries.at(-1) ?? chainStart(logId);
    entries.push(signEntry({ logId, seq: before.seq + 1, prev: before.hash, body }, privateKey));
  }
  return entries;
}

/** Flips a bit that base64url does not use: the same bytes, another text. */
function respell(sig: string): string {
  const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  return sig.slice(0, -1) + digits[digits.indexOf(sig.slice(-1)) ^ 1];
}

/** @returns index of the first entry refused, or undefined */
function firstBad(entries: readonly ChainedEntry[]): number | undefined {
  let before = chainStart(logId);
  for (const [index, entry] of entries.entries()) {
    const checked = checkEntry(entry, before, publicKey);
    if (!checked.ok) return index;
    before = checked.value;
  }
  return undefined;
}

describe('checkEntry', () => {
  test('an entry follows the one before it, and nothing else', () => {
    const entries = chainOf([1, 2, 3]);
    expect(firstBad(entries)).toBeUndefined();
  });

  test.each([
    ['body', { body: 9 }, 'hash'],
    ['hash', { hash: 'f'.repeat(64) }, 'hash'],
    ['signature', { sig: 'A'.repeat(86) }, 'signature'],
    ['signature of another length', { sig: 'A' }, 'signature'],
    ['spelling of the signature', { sig: respell(chainOf([1])[0]?.sig ?? '') }, 'signature'],
  ])('a changed %s is named', (_what, change, fault) => {
    const [entry] = chainOf([1]);
    const changed = { ...entry, ...change } as ChainedEntry;
    expect(checkEntry(changed, chainStart(logId), publicKey)).toEqual({
      ok: false,
      failure: fault,
    });
  });

  test('a validly signed entry of another log does not follow', () => {
    const [entry] = chainOf([1]);
    const other = chainStart('7d8f5a90-1111-4222-8333-444455556666');
    expect(checkEntry(entry as ChainedEntry, other, publicKey)).toEqual({
      ok: false,
      failure: 'chain',
    });
  });

  test('a deletion, a swap or a doubled entry is found where it happened', () => {
    fc.assert(
      fc.property(
        fc.array(fc.jsonValue(), { minLength: 3, maxLength: 8 }),
        fc.nat(),
        fc.constantFrom('delete', 'swap', 'double'),
        (bodies, pick, act) => {
          const entries = chainOf(bodies);
          const at = pick % (entries.length - 1); // never the last: a cut tail is still a chain
          if (act === 'delete') entries.splice(at, 1);
          if (act === 'swap') entries.splice(at, 2, ...entries.slice(at, at + 2).toReversed());
          if (act === 'double') entries.splice(at, 0, ...entries.slice(at, at + 1));
          expect(firstBad(entries)).toBe(act === 'double' ? at + 1 : at);
        },
      ),
      { numRuns: 60 },
    );
  });
});
