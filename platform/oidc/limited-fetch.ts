import type { CustomFetchOptions } from 'openid-client';

const ANSWER_BYTES_MAX = 1024 * 1024; // a long key set is some kilobytes
const OUT_OF_ORDER = 500;
const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);

/** No answer to go by came: refused, reset, timed out, without an end, or out of order over there. */
export class NoAnswerError extends Error {
  override readonly name = 'NoAnswerError';
}

/** Nothing was asked, because anybody on the way could have read it. */
export class NotEncryptedError extends Error {
  override readonly name = 'NotEncryptedError';
}

/** Plain HTTP is for a provider on this very machine; anywhere else it would carry secrets. */
export function isLoopback(url: URL): boolean {
  return LOOPBACK.has(url.hostname);
}

/**
 * `fetch` that reads the whole answer within bounds, follows no redirection, and tells a network that
 * failed from an answer that was wrong.
 */
export async function limitedFetch(url: string, options: CustomFetchOptions): Promise<Response> {
  const target = new URL(url);
  if (target.protocol !== 'https:' && !isLoopback(target)) {
    throw new NotEncryptedError(`${target.origin} is not reached over HTTPS`);
  }
  try {
    const { body, signal, ...rest } = options;
    const response = await fetch(target, {
      ...rest,
      redirect: 'manual',
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
    });
    const { status, headers } = response;
    if (status >= OUT_OF_ORDER) throw new Error(`status ${status}`);
    const content = await contentOf(response);
    return new Response(content, { status, headers });
  } catch (cause) {
    throw new NoAnswerError(`${target.origin} did not answer`, { cause });
  }
}

/** @returns `null` for answers that have no content, which `Response` insists on */
async function contentOf({ body }: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (body === null) return null;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.byteLength;
    if (length > ANSWER_BYTES_MAX) throw new Error(`more than ${ANSWER_BYTES_MAX} bytes`);
    chunks.push(chunk);
  }
  return Uint8Array.from(Buffer.concat(chunks));
}
