import { lookup } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { type BlockList, isIP } from 'node:net';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import { reachOf } from '#platform/http/address-guard';

const REQUEST_BYTES_MAX = 256 * 1024; // the largest event, several times over
const ANSWER_BYTES_MAX = 64 * 1024; // answers are codes; whoever sends more is not who we think
const URL_CHARACTERS_MAX = 2000;
const TIMEOUT_MS = 10_000; // as long as a slow handler may take to say thank you

export interface OutgoingRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}

export interface OutgoingAnswer {
  readonly status: number;
  readonly body: string;
  /** From `retry-after`, where it is a number of seconds. */
  readonly retryAfterSeconds: number | undefined;
}

/** How far requests may go. */
export interface OutgoingPolicy {
  /** Networks of the house the configuration opens; plain http is allowed to these only. */
  readonly opened: BlockList;
  /** For all of it: resolving, connecting, answering. */
  readonly timeoutMs?: number | undefined;
  /** PEM, for a server with a certificate of the house's own authority. */
  readonly trust?: string | undefined;
  /** The addresses of a name; the system's answer unless given. */
  readonly resolve?: ((host: string) => Promise<readonly string[]>) | undefined;
}

export type OutgoingFailure =
  | 'bad-url'
  | 'forbidden-address'
  | 'no-such-host'
  | 'unreachable'
  | 'tls'
  | 'timeout'
  | 'answer-too-large';

/**
 * POSTs to an address somebody typed in, without becoming their hands in our network.
 *
 * The name is resolved once, every address of it is judged, and the connection goes to one that was
 * let through: a name that resolves differently a moment later changes nothing. Redirects are
 * answers, they are not followed.
 */
export async function postOutgoing(
  request: OutgoingRequest,
  policy: OutgoingPolicy,
): Promise<Result<OutgoingAnswer, OutgoingFailure>> {
  assert(Buffer.byteLength(request.body) <= REQUEST_BYTES_MAX, 'what we send fits');
  const signal = AbortSignal.timeout(policy.timeoutMs ?? TIMEOUT_MS);
  const target = await targetOf(request.url, policy, signal);
  return target.ok ? await post(request, target.value, { policy, signal }) : target;
}

interface Target {
  readonly url: URL;
  /** All that may be connected to: of two families one may not work here. */
  readonly addresses: readonly string[];
}

async function targetOf(
  text: string,
  policy: OutgoingPolicy,
  signal: AbortSignal,
): Promise<Result<Target, OutgoingFailure>> {
  const url = text.length <= URL_CHARACTERS_MAX ? URL.parse(text) : null;
  if (url === null || !isPlain(url)) return failed('bad-url');
  const resolved = await addressesOf(url, policy, signal);
  if (!resolved.ok) return resolved;
  if (resolved.value.length === 0) return failed('no-such-host');
  const allowed = url.protocol === 'https:' ? ['public', 'opened'] : ['opened'];
  const addresses = resolved.value.filter((address) =>
    allowed.includes(reachOf(address, policy.opened)),
  );
  return addresses.length === 0 ? failed('forbidden-address') : ok({ url, addresses });
}

/** Neither another scheme nor a password in the address, which would end up in logs. */
function isPlain(url: URL): boolean {
  const isWeb = url.protocol === 'https:' || url.protocol === 'http:';
  return isWeb && url.username === '' && url.password === '';
}

async function addressesOf(
  url: URL,
  policy: OutgoingPolicy,
  signal: AbortSignal,
): Promise<Result<readonly string[], OutgoingFailure>> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) !== 0) return ok([host]);
  const { promise: late, reject } = Promise.withResolvers<never>();
  const onAbort = (): void => reject(new Error('timeout'));
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return ok(await Promise.race([(policy.resolve ?? systemAddresses)(host), late]));
  } catch {
    return failed(signal.aborted ? 'timeout' : 'no-such-host');
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}

async function systemAddresses(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}

async function post(
  { headers, body }: OutgoingRequest,
  { url, addresses }: Target,
  { policy, signal }: { readonly policy: OutgoingPolicy; readonly signal: AbortSignal },
): Promise<Result<OutgoingAnswer, OutgoingFailure>> {
  const pinned = addresses.map((address) => ({ address, family: isIP(address) }));
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const { promise, resolve } = Promise.withResolvers<Result<OutgoingAnswer, OutgoingFailure>>();
  const request = send(url, {
    method: 'POST',
    headers: { ...headers, 'content-length': String(Buffer.byteLength(body)) },
    agent: false, // a kept connection would outlive the judgement of its address
    lookup: (_host, options, done) => {
      const [first] = pinned;
      if (options.all === true) done(null, pinned);
      else done(null, first?.address ?? '', first?.family);
    },
    minVersion: 'TLSv1.2',
    ca: policy.trust,
    signal,
  });
  request.on('error', (error) => resolve(failed(failureOf(error, signal))));
  request.on('response', (answer) => {
    answer.on('close', () => request.destroy());
    resolve(readAnswer(answer, signal));
  });
  request.end(body);
  return await promise;
}

async function readAnswer(
  answer: IncomingMessage,
  signal: AbortSignal,
): Promise<Result<OutgoingAnswer, OutgoingFailure>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer) {
      assert(chunk instanceof Uint8Array, 'an answer without an encoding comes in bytes');
      bytes += chunk.length;
      if (bytes > ANSWER_BYTES_MAX) return failed('answer-too-large');
      chunks.push(chunk);
    }
  } catch (error) {
    return failed(failureOf(error, signal));
  }
  const wait = answer.headers['retry-after'];
  return ok({
    status: answer.statusCode ?? 0,
    body: Buffer.concat(chunks).toString('utf8'),
    retryAfterSeconds: wait !== undefined && /^\d{1,9}$/.test(wait) ? Number(wait) : undefined,
  });
}

const TLS_CODE = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|EPROTO)/;

function failureOf(error: unknown, signal: AbortSignal): OutgoingFailure {
  if (signal.aborted) return 'timeout';
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return TLS_CODE.test(code) ? 'tls' : 'unreachable';
}
