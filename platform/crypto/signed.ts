import { type KeyObject, sign, verify } from 'node:crypto';
import { canonicalJson } from '#platform/crypto/canonical';

/** Ed25519 over the UTF-8 bytes, base64url. */
export function signText(text: string, key: KeyObject): string {
  return sign(null, Buffer.from(text), key).toString('base64url');
}

export function verifyText(text: string, signature: string, key: KeyObject): boolean {
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

/** `{body, sig}` of the wire: the signature covers the canonical JSON of the body. */
export function signBody<B extends object>(body: B, key: KeyObject): { body: B; sig: string } {
  return { body, sig: signText(canonicalJson(body), key) };
}

export function isSignedBy(message: { body: object; sig: string }, key: KeyObject): boolean {
  return verifyText(canonicalJson(message.body), message.sig, key);
}
