import { z } from 'zod';
import { failed, ok, type Result } from '#domain/result';
import { decrypt, encrypt } from '#platform/crypto/sealed-box';

/** WeCom's own two hours. */
export const ACCESS_TOKEN_SECONDS = 7200;

const CONTEXT = 'lintel wecom access_token';

const content = z.strictObject({ secret: z.string(), expiresAtMs: z.int() });

/**
 * A program's own token, sealed with the hour until which it may be used in this form: addresses end up
 * in the logs of proxies, where a secret that lives for a year must not. Nothing is stored for it, so
 * that any hub of a company reads what another one gave; revoking the program ends it at once.
 */
export function giveAccessToken(secret: string, at: Temporal.Instant, key: Uint8Array): string {
  const expiresAtMs = at.epochMilliseconds + ACCESS_TOKEN_SECONDS * 1000;
  const plain = JSON.stringify({ secret, expiresAtMs });
  return encrypt(plain, key, CONTEXT).toString('base64url');
}

/** @returns the program's own token */
export function readAccessToken(
  text: string,
  at: Temporal.Instant,
  key: Uint8Array,
): Result<string, 'badToken' | 'expiredToken'> {
  const opened = opening(text, key);
  if (opened === undefined) return failed('badToken');
  const { secret, expiresAtMs } = opened;
  return at.epochMilliseconds < expiresAtMs ? ok(secret) : failed('expiredToken');
}

function opening(text: string, key: Uint8Array): z.output<typeof content> | undefined {
  try {
    const plain = decrypt(Buffer.from(text, 'base64url'), key, CONTEXT).toString('utf8');
    return content.parse(JSON.parse(plain));
  } catch {
    return undefined; // whatever somebody wrote into the address
  }
}
