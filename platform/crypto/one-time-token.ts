import { randomBytes } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import { isSameDigest } from '#platform/crypto/api-token';
import { sha256Hex } from '#platform/crypto/canonical';

const TOKEN_BYTES = 32;

/** What is stored of a link that works once, such as the one that sets a new password. */
export interface OneTimeToken {
  readonly digest: string;
  readonly expiresAt: Temporal.Instant;
  readonly usedAt: Temporal.Instant | null;
}

export interface MintedOneTimeToken {
  /** Goes into the link, and nowhere else. */
  readonly token: string;
  readonly stored: OneTimeToken;
}

export function mintOneTimeToken(expiresAt: Temporal.Instant): MintedOneTimeToken {
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  return { token, stored: { digest: oneTimeDigest(token), expiresAt, usedAt: null } };
}

/** How a given token is looked up. */
export function oneTimeDigest(token: string): string {
  return sha256Hex(token);
}

/**
 * Whether a link still works. Says `used` before `expired`: whoever finds a link used that they did
 * not use has to hear of it.
 *
 * @returns what to store, in the transaction that does what the link is for
 */
export function spendOneTimeToken(
  token: string,
  stored: OneTimeToken,
  at: Temporal.Instant,
): Result<OneTimeToken, 'wrong' | 'used' | 'expired'> {
  if (!isSameDigest(oneTimeDigest(token), stored.digest)) return failed('wrong');
  if (stored.usedAt !== null) return failed('used');
  if (Temporal.Instant.compare(at, stored.expiresAt) >= 0) return failed('expired');
  return ok({ ...stored, usedAt: at });
}
