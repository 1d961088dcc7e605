import { z } from 'zod';

/** A terminal's own name on the wire: its MQTT user name, client id and topic segment. */
export const terminalId = z
  .string()
  .regex(/^t-[a-z2-7]{16}$/, 'a terminal id is t- and 16 of a-z2-7');
/** Minted with the terminal's database, and minted again when that database is restored or cloned. */
export const logId = z.uuid();
export const personId = z.uuid();
export const siteId = z.uuid();
export const templateId = z.uuid();

/** SHA-256, lower-case hexadecimal. */
export const digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'a SHA-256 digest is 64 hexadecimal digits');
/** Ed25519 signature, base64url without padding: 64 bytes. */
export const signature = z.string().regex(/^[\w-]{86}$/, 'an Ed25519 signature is 86 of base64url');
/** Ed25519 or X25519 public key, raw 32 bytes, base64url without padding. */
export const publicKey = z.string().regex(/^[\w-]{43}$/, 'a public key is 43 of base64url');
/** What `seal` of platform/crypto makes: base64url of ephemeral key, nonce, tag and ciphertext. */
export const sealedBox = z.string().regex(/^[\w-]{80,400000}$/, 'a sealed box is base64url');

/** Language of everything a person sees. */
export const locale = z.enum(['zh-CN', 'en']);
export type Locale = z.output<typeof locale>;
