import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import { signedMessage } from '#contracts/wire/v1/messages';
import { failed, ok, type Result } from '#domain/result';
import { isSignedBy } from '#platform/crypto/signed';

/** The largest the hub sends is a batch of 500 sealed entries; anything above is hostile. */
export const HUB_MESSAGE_BYTES_MAX = 1024 * 1024;

export type HubMessageFault = 'too-large' | 'not-json' | 'schema' | 'forged' | 'other-terminal';

interface Addressed {
  readonly terminalId: string;
}

/**
 * Reads one message of the hub, in the order of what is cheapest to refuse. Nothing of a refused
 * message is kept, and nothing of it may be logged.
 *
 * @param signer the pinned key, or a function for the one message that brings its own
 */
export function readHubMessage<S extends z.ZodType<Addressed>>(
  payload: Uint8Array,
  schema: S,
  terminalId: string,
  signer: (body: z.output<S>) => KeyObject,
): Result<z.output<S>, HubMessageFault> {
  if (payload.byteLength > HUB_MESSAGE_BYTES_MAX) return failed('too-large');
  const json = parseJson(payload);
  if (json === undefined) return failed('not-json');
  const message = signedMessage.safeParse(json);
  if (!message.success) return failed('schema');
  const body = schema.safeParse(message.data.body);
  if (!body.success) return failed('schema');
  if (!isSignedBy(message.data, signer(body.data))) return failed('forged');
  if (body.data.terminalId !== terminalId) return failed('other-terminal');
  return ok(body.data);
}

function parseJson(payload: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
  } catch {
    return undefined;
  }
}
