import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type CallFault, type Outcome, outcomeOf } from '#contracts/wecom/errcode';
import {
  accessQuery,
  checkinDataRequest,
  dayDataRequest,
  hardwareDataRequest,
  tokenQuery,
} from '#contracts/wecom/request';
import { auditActorOf } from '#domain/authority/audit-entry';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { AuditLog } from '#hub/audit/audit-log';
import { type Admitted, type Authority, reachFor } from '#hub/authority/authority';
import { ACCESS_TOKEN_SECONDS, giveAccessToken, readAccessToken } from '#hub/compat/access-token';
import { CallBudget } from '#hub/compat/call-budget';
import type { WecomDesk } from '#hub/compat/wecom-desk';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

const ROOT = '/compat/wecom/cgi-bin';
const PUBLIC = { authority: 'public' } as const; // the token of the address is asked for below
const PUNCHES_PER_MINUTE = 600; // WeCom's own, all of them
const REPORTS_PER_MINUTE = 100;
const TOKENS_PER_MINUTE = 60; // of one address; a token lasts two hours

export interface WecomRoutesDeps {
  readonly authority: Authority;
  readonly auditLog: AuditLog;
  readonly wecom: WecomDesk;
  /** Seals access tokens. */
  readonly key: Uint8Array;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Call<S extends z.ZodType> {
  readonly path: string;
  readonly request: S;
  readonly perMinute: number;
  readonly answer: (request: z.output<S>, reach: Reach) => Promise<Result<object, CallFault>>;
}

/** WeCom's attendance interface: whatever happens the status is 200, and `errcode` says what happened. */
export async function serveWecom(app: FastifyInstance, deps: WecomRoutesDeps): Promise<void> {
  const budget = new CallBudget(deps.clock);
  await app.register(async (scope) => {
    scope.removeAllContentTypeParsers(); // integrators often send JSON as something else
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, text, done) => {
      done(null, text);
    });
    scope.setErrorHandler(async (error, _request, reply) => {
      deps.logger.error({ err: error }, 'a call of the WeCom interface failed');
      await reply.code(200).send(outcomeOf('busy'));
    });
    const rateLimit = { max: TOKENS_PER_MINUTE, timeWindow: '1 minute' };
    scope.get(`${ROOT}/gettoken`, { config: { ...PUBLIC, rateLimit } }, async (request, reply) => {
      await reply.header('cache-control', 'no-store').send(await tokenFor(request, deps));
    });
    const { wecom } = deps;
    const serve = <S extends z.ZodType>(call: Call<S>): void => {
      scope.post(`${ROOT}/${call.path}`, { config: PUBLIC }, async (request, reply) => {
        const answer = await answerTo(request, call, { ...deps, budget });
        await reply.header('cache-control', 'no-store').send(answer);
      });
    };
    serve({
      path: 'checkin/getcheckindata',
      request: checkinDataRequest,
      perMinute: PUNCHES_PER_MINUTE,
      answer: async (asked, reach) => await wecom.checkinData(asked, reach),
    });
    serve({
      path: 'checkin/getcheckin_daydata',
      request: dayDataRequest,
      perMinute: REPORTS_PER_MINUTE,
      answer: async (asked, reach) => await wecom.dayData(asked, reach),
    });
    serve({
      path: 'hardware/get_hardware_checkin_data',
      request: hardwareDataRequest,
      perMinute: PUNCHES_PER_MINUTE,
      answer: async (asked, reach) => await wecom.hardwareData(asked, reach),
    });
  });
}

interface TokenGiven extends Outcome {
  readonly access_token: string;
  readonly expires_in: number;
}

/** `corpid` is the id of an API client, `corpsecret` its token. */
async function tokenFor(
  request: FastifyRequest,
  deps: WecomRoutesDeps,
): Promise<Outcome | TokenGiven> {
  const query = tokenQuery.safeParse(request.query);
  if (!query.success) return outcomeOf('badParameter', 'corpid and corpsecret, once each');
  const { corpid, corpsecret } = query.data;
  const admitted = await deps.authority.ofToken(corpsecret);
  if (!admitted.ok) return outcomeOf('badSecret');
  const { actor } = admitted.value;
  if (actor.kind !== 'client' || actor.clientId !== corpid) return outcomeOf('badCorp');
  const access_token = giveAccessToken(corpsecret, deps.clock.now(), deps.key);
  return { ...outcomeOf('ok'), access_token, expires_in: ACCESS_TOKEN_SECONDS };
}

async function answerTo<S extends z.ZodType>(
  request: FastifyRequest,
  call: Call<S>,
  deps: WecomRoutesDeps & { readonly budget: CallBudget },
): Promise<Outcome> {
  const admitted = await admittedBy(request, deps);
  if (!admitted.ok) return outcomeOf(admitted.failure);
  const { actor } = admitted.value;
  const audited = auditActorOf(actor);
  const caller = `${JSON.stringify(audited)} ${call.path}`;
  if (!deps.budget.spend(caller, call.perMinute)) return outcomeOf('tooOften');
  const reach = reachFor(admitted.value, 'results', 'view');
  if (reach.kind === 'nobody') return outcomeOf('forbidden');
  const body = jsonFrom(request.body);
  if (!body.ok) return outcomeOf(body.failure);
  const asked = call.request.safeParse(body.value);
  if (!asked.success) return outcomeOf('badParameter', firstFault(asked.error));
  const answer = await call.answer(asked.data, reach);
  if (!answer.ok) return outcomeOf(answer.failure);
  const subject = { kind: 'evidence', id: call.path };
  await deps.auditLog.append({ actor: audited, action: 'evidence.viewed', subject, changes: [] });
  return { ...outcomeOf('ok'), ...answer.value };
}

async function admittedBy(
  { query }: FastifyRequest,
  { authority, clock, key }: WecomRoutesDeps,
): Promise<Result<Admitted, CallFault>> {
  const given = accessQuery.safeParse(query);
  if (!given.success) return failed('badToken');
  const { access_token: text } = given.data;
  if (text === '') return failed('noToken');
  const secret = readAccessToken(text, clock.now(), key);
  if (!secret.ok) return secret;
  const admitted = await authority.ofToken(secret.value);
  return admitted.ok ? admitted : failed('badToken'); // replaced or revoked since
}

function jsonFrom(body: unknown): Result<unknown, CallFault> {
  if (typeof body !== 'string') return failed('notJson');
  try {
    return ok(JSON.parse(body) as unknown);
  } catch {
    return failed('notJson');
  }
}

function firstFault({ issues }: z.ZodError): string {
  const [issue] = issues;
  return issue === undefined ? '' : `${issue.path.join('.')} ${issue.message}`.trim();
}
