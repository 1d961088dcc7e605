import type { FetchedAnswer, Given, Told, UploadContent } from '#contracts/rest/v1/client/given';
import type { HubFailure } from '#contracts/rest/v1/client/hub-failure';
import { problem } from '#contracts/rest/v1/problem';
import { type AnswerContent, API_PATH, type RouteContract } from '#contracts/rest/v1/route';
import { failed, ok, type Result } from '#domain/result';

export interface FetchRequest {
  readonly method: RouteContract['method'];
  readonly headers: Record<string, string>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

export interface CallSettings {
  /** Rejects only where no answer came at all. */
  readonly fetch: (address: string, request: FetchRequest) => Promise<FetchedAnswer>;
  /** In front of every path; without it those of the page's own origin. */
  readonly origin?: string;
  /** Who asks, and in which language: session token or bearer token, `accept-language`. */
  readonly headersOf: (route: RouteContract) => Readonly<Record<string, string>>;
  /** Called whenever the hub says that there is no session any more. */
  readonly onSignedOut?: () => void;
}

type AnyGiven = {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly body?: unknown;
  readonly version?: string;
  readonly idempotencyKey?: string;
};

/** Asks one route. What has nothing that must be said can be asked without saying anything. */
export type Ask<R extends RouteContract> = (
  ...given: object extends Given<R> ? [given?: Given<R>] : [given: Given<R>]
) => Promise<Result<Told<R>, HubFailure>>;

/** Makes the function that asks a route. */
export type Call = <R extends RouteContract>(route: R) => Ask<R>;

/** Every answer parsed by the contract of its route, every failure data. */
export function callWith(settings: CallSettings): Call {
  return <R extends RouteContract>(route: R): Ask<R> =>
    async (...[given]) => {
      const told = await ask(route, given ?? {}, settings);
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the contract that `Told` is computed from
      return told as Result<Told<R>, HubFailure>;
    };
}

async function ask(
  route: RouteContract,
  given: AnyGiven,
  settings: CallSettings,
): Promise<Result<unknown, HubFailure>> {
  const address = `${settings.origin ?? ''}${addressOf(route, given)}`;
  let answer: FetchedAnswer;
  try {
    answer = await settings.fetch(address, requestOf(route, given, settings));
  } catch {
    return failed({ kind: 'offline' });
  }
  if (answer.status === 401) settings.onSignedOut?.();
  return answer.ok ? await accepted(route, answer) : await refused(answer);
}

function addressOf({ path }: RouteContract, { params = {}, query = {} }: AnyGiven): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const parts = Object.entries(query)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return `${API_PATH}${filled}${parts.length === 0 ? '' : `?${parts.join('&')}`}`;
}

function requestOf(
  route: RouteContract,
  { body, version, idempotencyKey }: AnyGiven,
  settings: CallSettings,
): FetchRequest {
  const headers: Record<string, string> = { ...settings.headersOf(route) };
  if (version !== undefined) headers['if-match'] = `"${version}"`;
  if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
  const { method } = route;
  if (body === undefined) return { method, headers };
  if (isUploadContent(route, body)) {
    return { method, headers: { ...headers, 'content-type': body.mediaType }, body: body.content };
  }
  headers['content-type'] = 'application/json';
  return { method, headers, body: JSON.stringify(body) };
}

function isUploadContent({ body: shape }: RouteContract, body: unknown): body is UploadContent {
  const isUpload = shape !== undefined && 'kind' in shape;
  return isUpload && typeof body === 'object' && body !== null && 'content' in body;
}

async function accepted(
  { answers, concurrency }: RouteContract,
  answer: FetchedAnswer,
): Promise<Result<unknown, HubFailure>> {
  const content = Object.entries(answers).find(([status]) => Number(status) === answer.status)?.[1];
  const value = await valueOf(content, answer);
  if (!value.ok || concurrency === undefined) return value;
  const version = /^(?:W\/)?"(.*)"$/.exec(answer.headers.get('etag') ?? '')?.[1];
  if (version === undefined) return failed({ kind: 'unreadable' });
  return ok({ value: value.value, version });
}

async function valueOf(
  content: AnswerContent | undefined,
  answer: FetchedAnswer,
): Promise<Result<unknown, HubFailure>> {
  if (content === undefined) return failed({ kind: 'unreadable' });
  if ('kind' in content) return ok(content.kind === 'nothing' ? undefined : answer);
  const parsed = content.safeParse(await jsonOf(answer));
  return parsed.success ? ok(parsed.data) : failed({ kind: 'unreadable' });
}

async function refused(answer: FetchedAnswer): Promise<Result<never, HubFailure>> {
  const parsed = problem.safeParse(await jsonOf(answer));
  if (answer.status === 401) {
    return failed({ kind: 'signed-out', ...(parsed.success && { problem: parsed.data }) });
  }
  if (parsed.success) return failed({ kind: 'problem', problem: parsed.data });
  const gatewayIsAlone = answer.status >= 502 && answer.status <= 504;
  return failed({ kind: gatewayIsAlone ? 'offline' : 'unreadable' });
}

/** What is no JSON is left to the schema to refuse. */
async function jsonOf(answer: FetchedAnswer): Promise<unknown> {
  try {
    return await answer.json();
  } catch {
    return undefined;
  }
}
