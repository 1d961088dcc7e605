import { randomInt, timingSafeEqual } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { failed, ok, type Result } from '#domain/result';
import { sha256Hex } from '#platform/crypto/canonical';

const PREFIX = 'lintel_';
const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';
const ID_LENGTH = 10; // 50 bits: told in lists and logs, so that a token can be named without showing it
const SECRET_LENGTH = 43; // 43 digits of base 62 are 256 bits
const CHECKSUM_LENGTH = 6; // 32 bits in base 62

/**
 * `lintel_<id>_<secret><checksum>`: one word for a double click and one pattern for a scanner, whose
 * checksum tells a leaked token from a look-alike without asking the hub.
 */
export const API_TOKEN_PATTERN = /^lintel_([a-z2-7]{10})_([0-9A-Za-z]{43})([0-9A-Za-z]{6})$/;

export interface MintedToken {
  readonly id: string;
  /** Shown once, never stored. */
  readonly token: string;
  /** What is stored: 256 random bits need no slow hash. */
  readonly digest: string;
}

export interface GivenToken {
  readonly id: string;
  readonly digest: string;
}

export function mintApiToken(): MintedToken {
  const id = randomLetters(BASE32, ID_LENGTH);
  const covered = `${PREFIX}${id}_${randomLetters(BASE62, SECRET_LENGTH)}`;
  const token = covered + checksumOf(covered);
  return { id, token, digest: sha256Hex(token) };
}

/** Read before anything is looked up: noise and typing mistakes cost the store nothing. */
export function readApiToken(text: string): Result<GivenToken, 'not-a-token' | 'mistyped'> {
  const [token, id, , checksum] = API_TOKEN_PATTERN.exec(text) ?? [];
  if (token === undefined || id === undefined) return failed('not-a-token');
  const covered = token.slice(0, -CHECKSUM_LENGTH);
  if (checksum !== checksumOf(covered)) return failed('mistyped');
  return ok({ id, digest: sha256Hex(token) });
}

/** Compares in the same time wherever they differ. */
export function isSameDigest(given: string, stored: string): boolean {
  const [a, b] = [Buffer.from(given), Buffer.from(stored)];
  return a.length === b.length && timingSafeEqual(a, b);
}

function checksumOf(covered: string): string {
  let rest = crc32(covered);
  let digits = '';
  while (digits.length < CHECKSUM_LENGTH) {
    digits = BASE62.charAt(rest % BASE62.length) + digits;
    rest = Math.floor(rest / BASE62.length);
  }
  return digits;
}

function randomLetters(alphabet: string, length: number): string {
  return Array.from({ length }, () => alphabet[randomInt(alphabet.length)]).join('');
}
