import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'; // RFC 4648 base32, lower case
const GROUPS = 5;
const GROUP_LENGTH = 4;

/** 100 random bits that let a terminal and a hub recognise each other for the first time. */
export function mintJoinCode(): string {
  const letters = base32(randomBytes(GROUPS * GROUP_LENGTH));
  return Array.from({ length: GROUPS }, (_, i) =>
    letters.slice(i * GROUP_LENGTH, (i + 1) * GROUP_LENGTH),
  ).join('-');
}

export function mintTerminalId(): string {
  return `t-${base32(randomBytes(16))}`;
}

/** One letter for each byte's low five bits: 32 divides 256, so every letter is equally likely. */
function base32(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => ALPHABET[byte & 31]).join('');
}

/** Proves to the holder of the same code that these keys belong to this id; the code never travels. */
export function joinProof(joinCode: string, claim: readonly string[]): string {
  return createHmac('sha256', joinCode.trim().toLowerCase())
    .update(JSON.stringify(claim))
    .digest('base64url');
}

export function isJoinProof(
  candidate: string,
  joinCode: string,
  claim: readonly string[],
): boolean {
  const expected = Buffer.from(joinProof(joinCode, claim));
  const given = Buffer.from(candidate);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** What each proof of the wire is made over. */
export const proofClaim = {
  broker: (terminal: string) => ['broker', terminal],
  terminal: (terminal: string, signKey: string, sealKey: string) => [
    'terminal',
    terminal,
    signKey,
    sealKey,
  ],
  hub: (terminal: string, hubId: string, signKey: string, sealKey: string) => [
    'hub',
    terminal,
    hubId,
    signKey,
    sealKey,
  ],
} as const;
