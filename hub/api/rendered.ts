import type { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isChange, type RouteContract } from '#contracts/rest/v1/route';
import { assert } from '#domain/assert';
import type { FileContent } from '#hub/api/handler';
import { cursorOf } from '#hub/api/page-cursor';
import { etagOf, isSeen } from '#hub/api/precondition';

/** An answer as it goes out. */
export interface Rendered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Readable | Uint8Array | undefined;
}

/** What a handler answered, of whichever route. */
export interface AnyAnswer {
  readonly status?: number;
  readonly body?: object | undefined;
  readonly location?: string;
  readonly version?: string;
  readonly next?: readonly (string | number)[] | undefined;
}

const VERSION = /^[\x21\x23-\x7e]+$/; // what fits between the quotation marks of an ETag

/** The answer of a handler as its contract says it, with the headers that follow from it. */
export function rendered(
  route: RouteContract,
  answer: AnyAnswer,
  request: FastifyRequest,
): Rendered {
  const status = answer.status ?? onlyStatusOf(route);
  const headers = headersOf(route, answer, request);
  const { version } = answer;
  const isKnown = version !== undefined && isSeen(request.headers['if-none-match'], version);
  if (isKnown && !isChange(route)) return { status: 304, headers, body: undefined };
  if (answer.body === undefined) return { status, headers, body: undefined };
  if (isFile(route, status, answer.body)) return fileFrom(status, headers, answer.body);
  const body = route.paged === undefined ? answer.body : pageFrom(answer);
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return { status, headers: { ...headers, ...type }, body: JSON.stringify(body) };
}

export function send(reply: FastifyReply, { status, headers, body }: Rendered): FastifyReply {
  return reply.code(status).headers(headers).send(body);
}

function onlyStatusOf({ answers }: RouteContract): number {
  const [status, ...more] = Object.keys(answers);
  assert(status !== undefined && more.length === 0, 'of several answers the handler names one');
  return Number(status);
}

function headersOf(
  route: RouteContract,
  { location, version, next }: AnyAnswer,
  request: FastifyRequest,
): Record<string, string> {
  const headers: Record<string, string> = {};
  if (location !== undefined) headers['location'] = location;
  if (version !== undefined) {
    assert(VERSION.test(version), 'a version is of visible ASCII without quotation marks');
    headers['etag'] = etagOf(version);
  }
  if (route.paged !== undefined && next !== undefined) {
    headers['link'] = `<${addressBehind(request.url, cursorOf(next))}>; rel="next"`;
  }
  return headers;
}

function addressBehind(address: string, cursor: string): string {
  const [path = '', query = ''] = address.split('?', 2);
  const parts = new URLSearchParams(query);
  parts.set('cursor', cursor);
  return `${path}?${parts.toString()}`;
}

function pageFrom({ body, next }: AnyAnswer): object {
  return { ...body, next: next === undefined ? null : cursorOf(next) };
}

function isFile({ answers }: RouteContract, status: number, body: object): body is FileContent {
  const content = Object.entries(answers).find(([each]) => Number(each) === status)?.[1];
  return content !== undefined && 'kind' in content && content.kind === 'file' && 'content' in body;
}

/** RFC 6266, with the name in RFC 8187 so that it may be Chinese, and a plain one beside it. */
function fileFrom(status: number, headers: Rendered['headers'], file: FileContent): Rendered {
  const name = encodeURIComponent(file.fileName).replace(/['()*]/g, percentOf);
  const plain = file.fileName.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const about = {
    'content-type': file.mediaType,
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${name}`,
  };
  const part = partFrom(file);
  const own = { ...headers, ...about, ...part };
  return { status: 'content-range' in part ? 206 : status, headers: own, body: file.content };
}

/** RFC 9110 14.4: how much there is, and which part of it this is. */
function partFrom({ bytes, part }: FileContent): Rendered['headers'] {
  if (bytes === undefined) return {};
  const ranges = { 'accept-ranges': 'bytes' };
  if (part === undefined) return { ...ranges, 'content-length': String(bytes) };
  const { first, last } = part;
  return {
    ...ranges,
    'content-length': String(last - first + 1),
    'content-range': `bytes ${first}-${last}/${bytes}`,
  };
}

function percentOf(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
