import {
  createCipheriv,
  createDecipheriv,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { failed, ok, type Result } from '#domain/result';
import { publicKeyOf, rawPublicKey } from '#platform/crypto/keys';

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Encrypts for the holder of one X25519 key: ephemeral ECDH, HKDF-SHA-256, AES-256-GCM (RFC 9180 in
 * spirit, base mode, without its negotiation). `context` is authenticated and must be given to open.
 */
export function seal(plain: Uint8Array | string, recipient: string, context: string): string {
  const ephemeral = generateKeyPairSync('x25519');
  const publicRaw = Buffer.from(rawPublicKey(ephemeral.publicKey), 'base64url');
  const shared = diffieHellman({
    privateKey: ephemeral.privateKey,
    publicKey: publicKeyOf('x25519', recipient),
  });
  const key = deriveKey(shared, Buffer.concat([publicRaw, Buffer.from(recipient, 'base64url')]));
  return Buffer.concat([publicRaw, encrypt(plain, key, context)]).toString('base64url');
}

/** Fails for anything not sealed to this key under this context, changed by a single bit, or cut. */
export function open(
  box: string,
  recipient: { privateKey: KeyObject; publicKey: string },
  context: string,
): Result<Buffer, 'unreadable'> {
  try {
    const bytes = Buffer.from(box, 'base64url');
    const publicRaw = bytes.subarray(0, KEY_BYTES);
    const shared = diffieHellman({
      privateKey: recipient.privateKey,
      publicKey: publicKeyOf('x25519', publicRaw.toString('base64url')),
    });
    const key = deriveKey(
      shared,
      Buffer.concat([publicRaw, Buffer.from(recipient.publicKey, 'base64url')]),
    );
    return ok(decrypt(bytes.subarray(KEY_BYTES), key, context));
  } catch {
    // node:crypto throws alike for a bad key, a bad tag and a short buffer; the caller can do one thing.
    return failed('unreadable');
  }
}

function deriveKey(shared: Buffer, salt: Buffer): Buffer {
  return Buffer.from(hkdfSync('sha256', shared, salt, 'lintel sealed box 1', KEY_BYTES));
}

/** AES-256-GCM with a random nonce in front and the tag behind it: nonce · tag · ciphertext. */
export function encrypt(plain: Uint8Array | string, key: Uint8Array, context: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(context));
  const body = Buffer.concat([cipher.update(Buffer.from(plain)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), body]);
}

/** @throws Error when the key, the context or a single bit is wrong */
export function decrypt(sealed: Uint8Array, key: Uint8Array, context: string): Buffer {
  const nonce = sealed.subarray(0, NONCE_BYTES);
  const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(context))
    .setAuthTag(tag);
  return Buffer.concat([
    decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)),
    decipher.final(),
  ]);
}
