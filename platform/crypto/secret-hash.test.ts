import { describe, expect, test } from 'vitest';
import { hashSecret, isSecret } from '#platform/crypto/secret-hash';

describe('a secret verifier', () => {
  test('knows its secret and no other', async () => {
    const verifier = await hashSecret('314159');
    expect(verifier).toMatch(/^\$argon2id\$/);
    expect(await isSecret('314159', verifier)).toBe(true);
    expect(await isSecret('314158', verifier)).toBe(false);
  });

  test('is salted: the same PIN twice gives two verifiers', async () => {
    expect(await hashSecret('271828')).not.toBe(await hashSecret('271828'));
  });

  test.each(['', 'plain', '$argon2id$v=19$broken'])(
    'lets nobody in when it is %j',
    async (verifier) => {
      expect(await isSecret('', verifier)).toBe(false);
    },
  );
});
