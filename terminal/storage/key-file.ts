import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { digest, publicKey, terminalId } from '#contracts/wire/v1/ids';
import { failed, ok, type Result } from '#domain/result';
import { mintTerminalId } from '#platform/crypto/join-code';
import { generateRawKeyPair } from '#platform/crypto/keys';
import { readPrivateFile, writePrivateFile } from '#platform/files/private-file';

const rawKey = z.string().regex(/^[\w-]{43}$/);
const keyPair = z.strictObject({ privateKey: rawKey, publicKey });

const pinnedHub = z.strictObject({ hubId: z.uuid(), signKey: publicKey, sealKey: publicKey });
/** The hub this terminal has met once, and trusts from then on. */
export type PinnedHub = z.output<typeof pinnedHub>;

const keyFile = z.strictObject({
  version: z.literal(1),
  terminalId,
  /** Ed25519: signs every entry and message of this terminal. */
  sign: keyPair,
  /** X25519: what the hub seals to. */
  seal: keyPair,
  /** AES-256: wraps the data keys of the people stored here. */
  deviceKey: rawKey,
  joinCode: z.string().max(40).optional(),
  hub: pinnedHub.optional(),
  /** Digest of the machine these keys were made on, where it has a name. */
  machine: digest.optional(),
});
export type TerminalKeys = z.output<typeof keyFile>;

export type KeyFileFailure = 'absent' | 'readable-by-others' | 'unreadable';

export function readKeyFile(path: string): Result<TerminalKeys, KeyFileFailure> {
  const text = readPrivateFile(path);
  if (!text.ok) return text;
  const parsed = keyFile.safeParse(parseJson(text.value));
  return parsed.success ? ok(parsed.data) : failed('unreadable');
}

export function writeKeyFile(path: string, keys: TerminalKeys): void {
  writePrivateFile(path, `${JSON.stringify(keys, undefined, 2)}\n`);
}

export function mintKeys(machine: string | undefined): TerminalKeys {
  return {
    version: 1,
    terminalId: mintTerminalId(),
    sign: generateRawKeyPair('ed25519'),
    seal: generateRawKeyPair('x25519'),
    deviceKey: randomBytes(32).toString('base64url'),
    ...(machine === undefined ? {} : { machine }),
  };
}

/** A new join code means another hub, or the same one begun anew: the old acquaintance is over. */
export function withJoinCode(keys: TerminalKeys, joinCode: string | undefined): TerminalKeys {
  if (joinCode === undefined || joinCode === keys.joinCode) return keys;
  const { hub: _forgotten, ...rest } = keys;
  return { ...rest, joinCode };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it, and says so once for every kind of damage
  }
}
