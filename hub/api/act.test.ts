/*
 * Goal: no change without an entry, no entry without a change, and no secret in either.
 * Method: a small interface of its own over a real server; the log is taken away to see what stays.
 */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { nothing, upload } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';
import { failed, ok } from '#domain/result';
import { answerProblems } from '#hub/api/answer-problems';
import '#hub/api/guard';
import { RouteBook } from '#hub/api/route-book';
import { emptyServer } from '#hub/api/server';
import { UnderWay } from '#hub/api/under-way';
import { AuditLog } from '#hub/audit/audit-log';
import { AuditRepository } from '#hub/storage/audit-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { IdempotencyRepository } from '#hub/storage/idempotency-repository';
import { EVERYBODY } from '#hub/storage/within-reach';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { openTestDatabase } from '#tests/hub/test-database';

const base = { authority: 'signed-in', summary: '', errors: ['conflict'] } as const;
const ofMark = z.strictObject({ markId: z.string().max(20) });
const body = z.strictObject({ pin: z.string().optional(), shade: z.string().optional() });

const marks = {
  see: defineRoute({
    ...base,
    method: 'GET',
    path: '/marks/:markId',
    audit: { action: 'evidence.viewed', subject: 'markId' },
    params: ofMark,
    answers: { 200: z.strictObject({ markId: z.string() }) },
  }),
  make: defineRoute({
    ...base,
    method: 'POST',
    path: '/marks',
    audit: { action: 'mark.made', subject: 'markId' },
    body,
    answers: { 201: ofMark },
    idempotency: 'key',
  }),
  change: defineRoute({
    ...base,
    method: 'PATCH',
    path: '/marks/:markId',
    audit: { action: 'mark.changed', subject: 'markId', unit: 'own' },
    params: ofMark,
    body,
    answers: { 204: nothing },
  }),
  bring: defineRoute({
    ...base,
    method: 'POST',
    path: '/marks/file',
    audit: { action: 'mark.brought' },
    body: upload('text/plain'),
    answers: { 204: nothing },
  }),
} as const;

let app: FastifyInstance;
let db: HubDatabase;
let audit: AuditRepository;
let book: RouteBook;
beforeEach(async () => {
  db = await openTestDatabase();
  audit = new AuditRepository(db);
  await audit.found(randomUUID());
  app = emptyServer();
  await app.register(fastifyRateLimit, { global: false });
  app.decorateRequest('session', undefined);
  app.decorateRequest('tree', undefined);
  app.decorateRequest('actor', undefined);
  app.addHook('onRequest', async (request) => {
    const rank = { kind: 'superAdministrator' } as const;
    const standings = request.headers['x-rank'] === undefined ? [] : [rank];
    const [personId, onBehalfOf] = [null, null];
    request.actor = { kind: 'account', accountId: 'ann', personId, standings, onBehalfOf };
  });
  answerProblems(app, createLogger('hub', 'silent'));
  const clock = systemClock();
  const answers = new IdempotencyRepository(db);
  const auditLog = new AuditLog({ db, audit, clock });
  book = new RouteBook(app, { answers, clock, auditLog, underWay: new UnderWay() });
  serveMarks();
});
afterEach(async () => {
  await app.close();
  await db.close();
});

async function put(key: string): Promise<void> {
  await db.now.insertInto('sign_in_locks').values({ key, failures: 1, failed_at_ms: 0 }).execute();
}

async function kept(): Promise<readonly string[]> {
  const rows = await db.now.selectFrom('sign_in_locks').select('key').orderBy('key').execute();
  return rows.map(({ key }) => key);
}

function serveMarks(): void {
  book.serve(marks, {
    see: ({ params, note }) => {
      if (params.markId === 'renamed') note({ subjectId: 'its first name' });
      return { body: { markId: params.markId } };
    },
    make: async ({ body: { shade }, refuse }) => {
      await put('made');
      if (shade === 'taken') throw refuse('conflict');
      if (shade === 'crash') throw new Error('out of the blue');
      return { body: { markId: 'm1' } };
    },
    change: async ({ params, body: { shade }, unit, note }) => {
      if (shade === 'forgotten') return {};
      const changed = await unit(async () => {
        if (shade === 'refused') return failed('too pale');
        await put(params.markId);
        note({ changes: [{ field: 'shade', before: 'blue', after: shade ?? null }] });
        return ok(params.markId);
      });
      expect(changed.ok).toBe(shade !== 'refused');
      return {};
    },
    bring: async ({ body: file, unit }) => {
      const brought = await text(file);
      await unit(async () => await put(brought));
      return {};
    },
  });
}

async function ask(method: 'GET' | 'POST' | 'PATCH', url: string, more: InjectOptions = {}) {
  return (await app.inject({ method, url: `/api/v1${url}`, ...more })).statusCode;
}

/** What the audit log tells, oldest first. */
async function told() {
  const entries = await audit.list({ limit: 100, reach: EVERYBODY });
  return entries.map(({ act }) => act).toReversed();
}

async function withoutLog(): Promise<void> {
  await db.now.deleteFrom('audit_heads').execute();
}

describe('an act', () => {
  test('is told with who, what and to which; of what was sent, the names alone', async () => {
    const payload = { shade: 'red', pin: '314159' };
    expect(await ask('POST', '/marks', { payload })).toBe(201);
    expect(await told()).toEqual([
      {
        actor: { kind: 'staff', id: 'ann', onBehalfOf: null },
        action: 'mark.made',
        subject: { kind: 'mark', id: 'm1' },
        changes: [{ field: 'pin' }, { field: 'shade' }],
      },
    ]);
  });

  test('of an administrator says so', async () => {
    await ask('POST', '/marks', { payload: {}, headers: { 'x-rank': 'super' } });
    expect(await told()).toMatchObject([{ actor: { kind: 'administrator', id: 'ann' } }]);
  });

  test('says more where its handler does', async () => {
    await ask('PATCH', '/marks/m2', { payload: { shade: 'red' } });
    const changes = [{ field: 'shade', before: 'blue', after: 'red' }];
    expect(await told()).toMatchObject([{ subject: { id: 'm2' }, changes }]);
  });

  test('that was refused, or crashed, is undone and not told', async () => {
    expect(await ask('POST', '/marks', { payload: { shade: 'taken' } })).toBe(409);
    expect(await ask('POST', '/marks', { payload: { shade: 'crash' } })).toBe(500);
    expect(await told()).toEqual([]);
    expect(await kept()).toEqual([]);
  });

  test('that failed as data is not told either, and does not go unnoticed', async () => {
    expect(await ask('PATCH', '/marks/m2', { payload: { shade: 'refused' } })).toBe(500);
    expect(await told()).toEqual([]);
  });

  test('is told once when it is asked for twice with one key', async () => {
    const headers = { 'idempotency-key': 'k' };
    await ask('POST', '/marks', { payload: {}, headers });
    await ask('POST', '/marks', { payload: {}, headers });
    expect(await told()).toHaveLength(1);
  });

  test('that came as a file is one as well', async () => {
    const more = { payload: 'f1', headers: { 'content-type': 'text/plain' } };
    expect(await ask('POST', '/marks/file', more)).toBe(204);
    expect(await told()).toMatchObject([{ action: 'mark.brought', subject: { id: '-' } }]);
  });
});

describe('without its entry', () => {
  test.each([
    ['a change', 'POST', '/marks', { payload: {} }],
    ['a change in a unit of its own', 'PATCH', '/marks/m2', { payload: {} }],
  ] as const)('%s is not there', async (_what, method, url, more) => {
    await withoutLog();
    expect(await ask(method, url, more)).toBe(500);
    expect(await kept()).toEqual([]);
    await audit.found(randomUUID());
    expect(await ask(method, url, more)).toBeLessThan(300);
    expect(await kept()).toHaveLength(1);
    expect(await told()).toHaveLength(1);
  });

  test('evidence is not shown', async () => {
    expect(await ask('GET', '/marks/renamed')).toBe(200);
    expect(await told()).toMatchObject([
      { action: 'evidence.viewed', subject: { kind: 'evidence', id: 'its first name' } },
    ]);
    await withoutLog();
    expect(await ask('GET', '/marks/renamed')).toBe(500);
  });

  test('a route does not answer that said it would write itself down', async () => {
    expect(await ask('PATCH', '/marks/m2', { payload: { shade: 'forgotten' } })).toBe(500);
  });

  test('a change that has no name for it is not even served', () => {
    const { audit: _, ...nameless } = marks.make;
    const serve = () => book.serve({ nameless }, { nameless: () => ({ body: { markId: '' } }) });
    expect(serve).toThrow('what the audit log calls it');
  });
});
