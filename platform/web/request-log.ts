/** As much of a request as a log needs to know; fastify's fits. */
export interface LoggedRequest {
  readonly id: string;
  readonly method: string;
  /** As asked for, with its query. */
  readonly url: string;
  /** The pattern it was routed by; undefined where no route was found. */
  readonly routePattern: string | undefined;
}

/** What is left of it. */
export interface RequestLine {
  readonly requestId: string;
  readonly method: string;
  readonly route: string;
  readonly path: string;
}

const SEGMENT_ID = /^(?=.*\d)[\w.:-]{1,100}$/;
const METHOD = /^[A-Z]{3,10}$/;

/**
 * A request as it stands in the log: method, path and its pattern.
 *
 * Never a query, a body, a header or an address of the network: they hold names, passwords, and
 * where somebody was. A part of the path is shown only where the route has a place for it and it
 * looks like an id; whatever a stranger makes up shows as `(no route)`.
 */
export function loggedRequest(request: LoggedRequest): RequestLine {
  const { id, method, url, routePattern } = request;
  return {
    requestId: id,
    method: METHOD.test(method) ? method : '(other)',
    route: routePattern ?? '(no route)',
    path: routePattern === undefined ? '(no route)' : safePath(url, routePattern),
  };
}

function safePath(url: string, pattern: string): string {
  const asked = (url.split(/[?#]/, 1)[0] ?? '').split('/');
  return pattern
    .split('/')
    .map((part, index) => (part.startsWith(':') ? idOr(part, asked[index]) : part))
    .join('/');
}

function idOr(placeholder: string, value = ''): string {
  return SEGMENT_ID.test(value) ? value : placeholder;
}

/** An error as it stands in the log: its kind, its code and where it was thrown, not what it says. */
export function loggedError(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { errorKind: 'not-an-error' };
  const code = 'code' in error && typeof error.code === 'string' ? { errorCode: error.code } : {};
  return { errorKind: error.name, ...code, errorAt: stackWithoutText(error) };
}

/** The first lines of a stack repeat the message, and a message may quote what somebody typed. */
function stackWithoutText(error: Error): string {
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return frames
    .slice(0, FRAMES_MAX)
    .map((line) => line.trim())
    .join(' | ');
}

const FRAMES_MAX = 8; // as deep as our own code is
