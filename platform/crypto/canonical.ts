import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import { assert } from '#domain/assert';

/** RFC 8785 canonical JSON: the same value gives the same bytes everywhere. */
export function canonicalJson(value: unknown): string {
  const text = canonicalize(value);
  assert(text !== undefined, 'only JSON values can be made canonical');
  return text;
}

/** SHA-256 of the UTF-8 bytes, lower-case hexadecimal. */
export function sha256Hex(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
