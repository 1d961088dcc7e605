import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { publicKey } from '#contracts/wire/v1/ids';
import { failed, ok, type Result } from '#domain/result';
import { mintJoinCode } from '#platform/crypto/join-code';
import { generateRawKeyPair } from '#platform/crypto/keys';
import { readPrivateFile, writePrivateFile } from '#platform/files/private-file';

const rawKey = z.string().regex(/^[\w-]{43}$/);
const keyPair = z.strictObject({ privateKey: rawKey, publicKey });

const keyFile = z.strictObject({
  version: z.literal(1),
  hubId: z.uuid(),
  /** Ed25519: signs every message of this hub. */
  sign: keyPair,
  /** X25519: what terminals seal enrolments to. */
  seal: keyPair,
  /** AES-256: wraps the data keys of the people stored here. */
  storageKey: rawKey,
  joinCode: z.string().max(40),
});
export type HubIdentity = z.output<typeof keyFile>;

export type IdentityFailure = 'readable-by-others' | 'unreadable';

export function identityPath(dataDir: string): string {
  return join(dataDir, 'hub.keys.json');
}

/** Reads the hub's secrets, or mints them at the very first start; the file is of mode 0600. */
export function loadIdentity(dataDir: string): Result<HubIdentity, IdentityFailure> {
  const path = identityPath(dataDir);
  const text = readPrivateFile(path);
  if (text.ok) {
    const parsed = keyFile.safeParse(parseJson(text.value));
    return parsed.success ? ok(parsed.data) : failed('unreadable');
  }
  if (text.failure === 'readable-by-others') return failed(text.failure);
  const minted = mintIdentity();
  writePrivateFile(path, `${JSON.stringify(minted, undefined, 2)}\n`);
  return ok(minted);
}

export function mintIdentity(): HubIdentity {
  return {
    version: 1,
    hubId: randomUUID(),
    sign: generateRawKeyPair('ed25519'),
    seal: generateRawKeyPair('x25519'),
    storageKey: randomBytes(32).toString('base64url'),
    joinCode: mintJoinCode(),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
