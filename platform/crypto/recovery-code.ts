import { randomInt } from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import { sha256Hex } from '#platform/crypto/canonical';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'; // RFC 4648 base32, lower case
const COUNT = 10;
const GROUPS = 6;
const GROUP_LENGTH = 4;
const LETTERS = new RegExp(`^[${ALPHABET}]{${GROUPS * GROUP_LENGTH}}$`);

/**
 * Ten codes for the day the phone is lost, each good for one sign-in. 120 bits: NIST SP 800-63B
 * wants 112 before a look-up secret may be stored under a plain hash.
 */
export function mintRecoveryCodes(): readonly string[] {
  return Array.from({ length: COUNT }, mintRecoveryCode);
}

/** What is stored of a code. */
export function recoveryDigest(code: string): string {
  return sha256Hex(lettersOf(code));
}

/** @returns the digests that are left, to be kept in the transaction that signs the person in */
export function spendRecoveryCode(
  code: string,
  digests: readonly string[],
): Result<readonly string[], 'malformed' | 'wrong'> {
  if (!LETTERS.test(lettersOf(code))) return failed('malformed');
  const spent = recoveryDigest(code);
  const left = digests.filter((digest) => digest !== spent);
  return left.length === digests.length ? failed('wrong') : ok(left);
}

/** Written down and typed back: hyphens, spaces and capitals are of no account. */
function lettersOf(code: string): string {
  return code.replaceAll(/[\s-]/g, '').toLowerCase();
}

function mintRecoveryCode(): string {
  const letters = Array.from({ length: GROUPS * GROUP_LENGTH }, randomLetter).join('');
  return letters.match(/.{4}/g)?.join('-') ?? letters;
}

function randomLetter(): string {
  return ALPHABET.charAt(randomInt(ALPHABET.length));
}
