import type { z } from 'zod';
import { type SignedMessage, signedMessage } from '#contracts/wire/v1/messages';
import { failed, ok, type Result } from '#domain/result';
import { publicKeyOf } from '#platform/crypto/keys';
import { isSignedBy } from '#platform/crypto/signed';

const MESSAGE_BYTES_MAX = 16 * 1024; // a state message is under 2 KB

export interface ReadMessage<B> {
  readonly body: B;
  readonly message: SignedMessage;
}

/** Reads `{body, sig}`; the signature is checked apart, since the key may be in the body. */
export function readMessage<S extends z.ZodType>(
  payload: Uint8Array,
  schema: S,
): Result<ReadMessage<z.output<S>>, 'schema' | 'too-large'> {
  if (payload.byteLength > MESSAGE_BYTES_MAX) return failed('too-large');
  const message = signedMessage.safeParse(jsonOf(payload));
  if (!message.success) return failed('schema');
  const body = schema.safeParse(message.data.body);
  return body.success ? ok({ body: body.data, message: message.data }) : failed('schema');
}

export function isFrom(message: SignedMessage, signKey: string): boolean {
  return isSignedBy(message, publicKeyOf('ed25519', signKey));
}

/** @returns undefined for anything that is no JSON text in UTF-8 */
export function jsonOf(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}
