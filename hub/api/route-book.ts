import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from 'fastify';
import type { z } from 'zod';
import type { ProblemKind } from '#contracts/rest/v1/problem';
import { API_PATH, isChange, type RouteContract } from '#contracts/rest/v1/route';
import { wantsVersion } from '#contracts/rest/v1/route-shape';
import { assert } from '#domain/assert';
import type { Access, Capability } from '#domain/authority/capability';
import { Act } from '#hub/api/act';
import {
  type AnsweredOnceDeps,
  actorKey,
  answeredOnce,
  keyedRequest,
} from '#hub/api/answered-once';
import type { ActNote, Handlers, IsExpected, Page } from '#hub/api/handler';
import { keyOf } from '#hub/api/page-cursor';
import { expectedVersion } from '#hub/api/precondition';
import { ProblemError, type ProblemMore } from '#hub/api/problem';
import { type AnyAnswer, rendered, send } from '#hub/api/rendered';
import { bodyFrom, isUpload, limited, paramsFrom, queryFrom } from '#hub/api/request-parts';
import type { UnderWay } from '#hub/api/under-way';
import type { AuditLog } from '#hub/audit/audit-log';
import { placesFor, reachFor } from '#hub/authority/authority';

export const BODY_BYTES_MAX = 64 * 1024; // the largest form is a person
const REQUESTS_PER_MINUTE = 3000; // of one account: fifty a second is a program, and in no hurry

interface BookDeps extends AnsweredOnceDeps {
  readonly underWay: UnderWay;
  readonly auditLog: AuditLog;
}

type AnyRoutes = Readonly<Record<string, RouteContract>>;
type AnyHandler = (asked: unknown) => Promise<AnyAnswer> | AnyAnswer;

/**
 * Where contracts meet their handlers: everything that holds for every route is done here, once.
 * Who may knock is the guard's business; what is parsed, and what comes with a version, a page or a
 * key, is this one's.
 */
export class RouteBook {
  readonly #app: FastifyInstance;
  readonly #deps: BookDeps;

  constructor(app: FastifyInstance, deps: BookDeps) {
    this.#app = app;
    this.#deps = deps;
  }

  /** Serves every route of an area. Where there are several statuses: `status: 201 as const`. */
  serve<Routes extends AnyRoutes>(routes: Routes, handlers: Handlers<Routes>): void {
    for (const [name, route] of Object.entries(routes)) {
      assert(
        !isChange(route) || route.audit !== undefined,
        `${route.method} ${route.path} changes something and does not say what the audit log calls it`,
      );
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- `entries` loses the pairing of contract and handler that `Handlers` proved
      const handle = handlers[name] as AnyHandler;
      const options = this.#optionsOf(route, handle);
      if (isUpload(route.body)) this.#serveUpload(options, route.body.mediaTypes);
      else this.#app.route(options);
    }
  }

  #optionsOf(route: RouteContract, handle: AnyHandler): RouteOptions {
    const max = route.requestsPerMinute ?? REQUESTS_PER_MINUTE;
    return {
      method: route.method,
      url: `${API_PATH}${route.path}`,
      bodyLimit: route.bodyBytesMax ?? BODY_BYTES_MAX,
      config: {
        authority: route.authority,
        firstPassword: route.firstPassword,
        rateLimit: { max, timeWindow: '1 minute', keyGenerator: callerOf },
      },
      handler: (request, reply) =>
        this.#deps.underWay.run(() => this.#answer(route, handle, { request, reply })),
    };
  }

  /** Its bytes are nobody's JSON: the parser of that type hands them on, and no other is there. */
  #serveUpload(options: RouteOptions, mediaTypes: readonly string[]): void {
    const bytesMax = options.bodyLimit ?? BODY_BYTES_MAX;
    void this.#app.register(async (scope) => {
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser([...mediaTypes], (_request, payload, done) =>
        done(null, payload.pipe(limited(bytesMax))),
      );
      scope.route(options);
    });
  }

  async #answer(
    route: RouteContract,
    handle: AnyHandler,
    { request, reply }: Exchange,
  ): Promise<FastifyReply> {
    const make = async () => {
      const { act, asked } = askedOf(route, { request, reply }, this.#deps.auditLog);
      return rendered(route, await written(route, () => handle(asked), act), request);
    };
    const keyed = route.idempotency === undefined ? undefined : keyedRequest(request);
    const answer = await (keyed === undefined ? make() : answeredOnce(keyed, make, this.#deps));
    return reply.sent ? reply : send(reply, answer);
  }
}

interface Exchange {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

function refuse(kind: ProblemKind, more?: ProblemMore): ProblemError {
  return new ProblemError(kind, more);
}

function isStream({ answers }: RouteContract): boolean {
  return Object.values(answers).some((each) => 'kind' in each && each.kind === 'stream');
}

/** The handler at work: what it changes and the entry that tells of it are one, or are not there. */
async function written(
  route: RouteContract,
  handle: () => Promise<AnyAnswer> | AnyAnswer,
  act: Act | undefined,
): Promise<AnyAnswer> {
  const { audit } = route;
  if (act === undefined || typeof audit !== 'object') return await handle();
  if (!isChange(route)) {
    if (isStream(route)) await act.look(undefined); // there is no saying when it will be answered
    const answer = await handle();
    if (!isStream(route)) await act.look(answer);
    return answer;
  }
  if (audit.unit !== 'own' && !isUpload(route.body)) {
    return await act.unit(async () => await handle());
  }
  const answer = await handle();
  act.requireWritten();
  return answer;
}

/** Everything parsed. @throws ProblemError that says what is wrong with it, and where */
function askedOf(route: RouteContract, { request, reply }: Exchange, log: AuditLog) {
  const params = paramsFrom(route, request);
  const { query, page } = queryAndPage(route, request);
  const body = bodyFrom(route, request);
  const { actor } = request;
  const isExpected = isExpectedOf(route, request);
  const act = actor === undefined ? undefined : new Act({ route, actor, params, body }, log);
  const parts = { params, query, page, body, actor, refuse, isExpected, request, reply };
  return { act, asked: { ...parts, ...extentOf(route, request), ...actPartsOf(act) } };
}

/** How far whoever asks may reach, by this route and beside it. */
function extentOf({ authority }: RouteContract, { actor, tree }: FastifyRequest) {
  const admitted = actor === undefined || tree === undefined ? undefined : { actor, tree };
  const reachBy = (capability: Capability, access: Access) =>
    admitted === undefined ? NOBODY : reachFor(admitted, capability, access);
  const placesBy = (capability: Capability, access: Access) =>
    admitted === undefined ? NOWHERE : placesFor(admitted, capability, access);
  const self = authority === 'self' && actor?.kind === 'account' ? actor.personId : undefined;
  if (typeof authority !== 'object') return { reachBy, placesBy, self };
  const { capability, access } = authority;
  return {
    reachBy,
    placesBy,
    reach: reachBy(capability, access),
    places: placesBy(capability, access),
  };
}

const NOBODY = { kind: 'nobody' } as const;
const NOWHERE = { kind: 'nowhere' } as const;

function actPartsOf(act: Act | undefined) {
  return {
    note: (note: ActNote) => act?.note(note),
    unit: async <T>(work: () => Promise<T>): Promise<T> => {
      assert(act !== undefined, 'where nobody is known there is nobody to write down');
      return await act.unit(work);
    },
  };
}

function isExpectedOf(route: RouteContract, request: FastifyRequest): IsExpected {
  return wantsVersion(route) ? expectedVersion(request.headers['if-match']) : () => true;
}

interface QueryAndPage {
  readonly query: object;
  readonly page: Page<z.output<NonNullable<RouteContract['paged']>['key']>> | undefined;
}

function queryAndPage(route: RouteContract, request: FastifyRequest): QueryAndPage {
  const whole = queryFrom(route, request);
  if (route.paged === undefined) return { query: whole, page: undefined };
  const { cursor, limit, ...query } = whole;
  const after = typeof cursor === 'string' ? keyOf(cursor, route.paged) : undefined;
  return { query, page: { limit: Number(limit), after } };
}

/** Behind the guard somebody is known; before it, an address. */
function callerOf({ actor, ip }: FastifyRequest): string {
  return actor === undefined ? `address:${ip}` : actorKey(actor);
}
