import { randomBytes } from 'node:crypto';
import { argon2id, argon2Verify } from 'hash-wasm';

/** OWASP password storage: argon2id, 19 MiB, two passes, one lane. */
const COST = { memorySize: 19_456, iterations: 2, parallelism: 1, hashLength: 32 } as const;

/** Argon2id verifier in PHC form, for passwords and PINs. */
export async function hashSecret(secret: string): Promise<string> {
  return await argon2id({
    ...COST,
    password: secret,
    salt: randomBytes(16),
    outputType: 'encoded',
  });
}

/** @returns false for a wrong secret and for a verifier that is no verifier */
export async function isSecret(secret: string, verifier: string): Promise<boolean> {
  try {
    return await argon2Verify({ password: secret, hash: verifier });
  } catch {
    return false; // hash-wasm throws on a malformed PHC string; nobody gets in with one
  }
}
