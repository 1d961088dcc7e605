/** Goal: what holds for every route holds. Method: a small interface of its own, over a real server. */
import { randomUUID } from 'node:crypto';
import { text } from 'node:stream/consumers';
import fastifyRateLimit from '@fastify/rate-limit';
import type { FastifyInstance, InjectOptions } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fileAnswer, nothing, upload } from '#contracts/rest/v1/content';
import { countedText, pageOf } from '#contracts/rest/v1/page';
import { problem } from '#contracts/rest/v1/problem';
import { defineRoute } from '#contracts/rest/v1/route';
import '#hub/api/guard';
import { answerProblems } from '#hub/api/answer-problems';
import { RouteBook } from '#hub/api/route-book';
import { emptyServer } from '#hub/api/server';
import { UnderWay } from '#hub/api/under-way';
import { AuditLog } from '#hub/audit/audit-log';
import { AuditRepository } from '#hub/storage/audit-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { IdempotencyRepository } from '#hub/storage/idempotency-repository';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { openTestDatabase } from '#tests/hub/test-database';

const base = { authority: 'public', summary: '', errors: [] } as const;
const note = z.strictObject({ text: z.string().min(1).max(20) });
const ofNote = z.strictObject({ noteId: z.string().regex(/^n\d$/) });

const notes = {
  list: defineRoute({
    ...base,
    method: 'GET',
    path: '/notes',
    query: z.strictObject({ least: countedText({ min: 0, max: 9 }).default(0) }),
    paged: { key: z.tuple([z.int()]), limitMax: 4, limitDefault: 3 },
    answers: { 200: pageOf({ numbers: z.array(z.int()) }) },
  }),
  read: defineRoute({
    ...base,
    method: 'GET',
    path: '/notes/:noteId',
    params: ofNote,
    answers: { 200: note },
    concurrency: 'etag',
  }),
  write: defineRoute({
    ...base,
    audit: { action: 'note.written', subject: 'noteId' },
    method: 'PUT',
    path: '/notes/:noteId',
    params: ofNote,
    body: note,
    answers: { 200: note, 201: note },
    concurrency: 'etag',
  }),
  make: defineRoute({
    ...base,
    audit: { action: 'note.made', subject: 'number', unit: 'own' },
    method: 'POST',
    path: '/notes',
    body: note,
    answers: { 201: z.strictObject({ number: z.int() }) },
    errors: ['conflict'],
    idempotency: 'key',
  }),
  remove: defineRoute({
    ...base,
    audit: { action: 'note.removed' },
    method: 'DELETE',
    path: '/notes',
    answers: { 204: nothing },
  }),
  bring: defineRoute({
    ...base,
    audit: { action: 'note.brought', unit: 'own' },
    method: 'POST',
    path: '/notes/file',
    body: upload('text/csv'),
    answers: { 200: z.strictObject({ text: z.string() }) },
    bodyBytesMax: 10,
  }),
  fetch: defineRoute({
    ...base,
    method: 'GET',
    path: '/notes/file',
    answers: { 200: fileAnswer('text/csv') },
    requestsPerMinute: 2,
  }),
} as const;

let app: FastifyInstance;
let db: HubDatabase;
let audit: AuditRepository;
let book: RouteBook;
let made: string[];
let kept: { text: string; version: string };
/** Holds `make` back until it is let go. */
let gate: Promise<void>;

beforeEach(async () => {
  db = await openTestDatabase();
  made = [];
  kept = { text: 'one', version: 'v1' };
  gate = Promise.resolve();
  app = emptyServer();
  await app.register(fastifyRateLimit, { global: false });
  app.decorateRequest('session', undefined);
  app.decorateRequest('actor', undefined);
  app.decorateRequest('tree', undefined);
  app.addHook('onRequest', async (request) => {
    const accountId = String(request.headers['x-account'] ?? 'ann');
    request.actor = {
      kind: 'account',
      accountId,
      personId: null,
      standings: [],
      onBehalfOf: null,
    };
  });
  answerProblems(app, createLogger('hub', 'silent'));
  const answers = new IdempotencyRepository(db);
  const clock = systemClock();
  audit = new AuditRepository(db);
  await audit.found(randomUUID());
  const auditLog = new AuditLog({ db, audit, clock });
  book = new RouteBook(app, { answers, clock, auditLog, underWay: new UnderWay() });
  serveNotes();
});
afterEach(async () => {
  await app.close();
  await db.close();
});

function serveNotes(): void {
  book.serve(notes, {
    list: ({ query, page }) => {
      const from = (page.after?.[0] ?? -1) + 1;
      const all = [0, 1, 2, 3, 4, 5, 6].filter((n) => n >= Math.max(from, query.least));
      const numbers = all.slice(0, page.limit);
      const last = numbers.at(-1);
      const next = all.length > page.limit && last !== undefined ? ([last] as [number]) : undefined;
      return { body: { numbers }, next };
    },
    read: () => ({ body: { text: kept.text }, version: kept.version }),
    write: ({ body, isExpected, refuse }) => {
      if (!isExpected(kept.version)) throw refuse('stale');
      kept = { text: body.text, version: 'v2' };
      return { status: 200 as const, body, version: 'v2' };
    },
    make: async ({ body, refuse, unit }) => {
      await gate; // before the unit: nobody waits for the books meanwhile
      if (body.text === 'taken') throw refuse('conflict');
      if (body.text === 'crash') throw new Error('out of the blue');
      return await unit(async () => {
        made.push(body.text);
        return { body: { number: made.length }, location: `/api/v1/notes/n${made.length}` };
      });
    },
    remove: () => ({}),
    bring: async ({ body, unit }) => {
      const brought = await text(body);
      return await unit(async () => ({ body: { text: brought } }));
    },
    fetch: () => ({
      body: { content: Buffer.from('a,b'), fileName: '打卡 (1).csv', mediaType: 'text/csv' },
    }),
  });
}

async function ask(options: InjectOptions & { readonly url: string }) {
  const answer = await app.inject({ ...options, url: `/api/v1${options.url}` });
  const body: unknown = answer.body === '' ? undefined : JSON.parse(answer.body);
  return { status: answer.statusCode, headers: answer.headers, body };
}

function make(body: object, headers: Record<string, string> = {}) {
  return ask({ method: 'POST', url: '/notes', payload: body, headers });
}

function write(headers: Record<string, string>) {
  return ask({ method: 'PUT', url: '/notes/n1', payload: { text: 'two' }, headers });
}

function bring(payload: string, type = 'text/csv') {
  const headers = { 'content-type': type };
  return ask({ method: 'POST', url: '/notes/file', payload, headers });
}

function fetchFile() {
  return app.inject({ method: 'GET', url: '/api/v1/notes/file' });
}

describe('what is asked', () => {
  test.each([
    ['a key that is not known', { text: 'a', more: 1 }, ''],
    ['a wrong type', { text: 5 }, 'text'],
    ['nothing at all', undefined, ''],
    ['a character that no database keeps', { text: 'a\0' }, 'text'],
    ['half a character', { text: 'a\ud800' }, 'text'],
  ])('is refused with its path for %s, and nothing is made', async (_, body, path) => {
    const answer = await ask({
      method: 'POST',
      url: '/notes',
      ...(body === undefined ? {} : { payload: body }),
      headers: { 'accept-language': 'zh-CN' },
    });
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    const { errors = [] } = problem.parse(answer.body);
    expect(errors[0]?.path).toBe(path);
    expect(errors[0]?.reason).toMatch(/[一-鿿]/);
    expect(made).toEqual([]);
  });

  test('that is not JSON is told so', async () => {
    const headers = { 'content-type': 'application/json' };
    const answer = await ask({ method: 'POST', url: '/notes', payload: '{"text":', headers });
    expect(problem.parse(answer.body).errors?.[0]?.reason).toBe('the body is not valid JSON');
  });

  test.each([
    ['GET', '/notes?what=1', 400],
    ['GET', '/notes?least=1&least=2', 400],
    ['GET', '/notes/zzz', 404],
    ['GET', '/notes/n1?what=1', 400],
  ] as const)('%s %s is %d', async (method, url, status) => {
    expect((await ask({ method, url })).status).toBe(status);
  });

  test('with a body where none is wanted is refused', async () => {
    const answer = await ask({ method: 'DELETE', url: '/notes', payload: { all: true } });
    expect(answer.status).toBe(400);
    expect((await ask({ method: 'DELETE', url: '/notes' })).status).toBe(204);
  });
});

describe('pages', () => {
  test('follow one another to the end, by the body or by the link', async () => {
    const first = await ask({ method: 'GET', url: '/notes?least=1' });
    expect(first.body).toMatchObject({ numbers: [1, 2, 3], next: expect.any(String) });
    const link = String(first.headers['link']);
    const url = /^<\/api\/v1(.*)>; rel="next"$/.exec(link)?.[1] ?? '';
    const second = await ask({ method: 'GET', url });
    expect(second.body).toEqual({ numbers: [4, 5, 6], next: null });
    expect(second.headers['link']).toBeUndefined();
  });

  test.each([
    ['/notes?cursor=bm9uc2Vuc2U', 'cursor'],
    ['/notes?cursor=WyJhIl0', 'cursor'],
    ['/notes?cursor=%00', 'cursor'],
    ['/notes?limit=5', 'limit'],
    ['/notes?limit=0', 'limit'],
  ])('%s is refused at %s', async (url, path) => {
    const answer = await ask({ method: 'GET', url });
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.body).errors?.[0]?.path).toBe(path);
  });
});

describe('versions', () => {
  test('are told on reading, and what is already held is not sent again', async () => {
    const read = await ask({ method: 'GET', url: '/notes/n1' });
    expect(read.headers['etag']).toBe('"v1"');
    const headers = { 'if-none-match': 'W/"v0", "v1"' };
    const again = await ask({ method: 'GET', url: '/notes/n1', headers });
    expect([again.status, again.body]).toEqual([304, undefined]);
  });

  test.each<[Record<string, string>, number]>([
    [{}, 428],
    [{ 'if-match': '"v0"' }, 412],
    [{ 'if-match': 'W/"v1"' }, 412],
    [{ 'if-match': 'v1' }, 400],
  ])('a change with %j is refused with %d and changes nothing', async (headers, status) => {
    const answer = await write(headers);
    expect(answer.status).toBe(status);
    expect(problem.parse(answer.body).title).not.toBe('');
    expect(kept.text).toBe('one');
  });

  test.each(['"v1"', '"v0", "v1"', '*'])('a change from %s is made', async (ifMatch) => {
    const answer = await write({ 'if-match': ifMatch });
    expect([answer.status, answer.headers['etag']]).toEqual([200, '"v2"']);
  });
});

describe('a key', () => {
  const key = { 'idempotency-key': 'k-1' };

  test('makes it once, however often it is asked', async () => {
    const first = await make({ text: 'a' }, key);
    const second = await make({ text: 'a' }, key);
    expect(second.body).toEqual(first.body);
    expect([second.status, second.headers['location']]).toEqual([201, '/api/v1/notes/n1']);
    expect([first, second].map(({ headers }) => headers['idempotency-replayed'])).toEqual([
      undefined,
      'true',
    ]);
    expect(made).toEqual(['a']);
  });

  test('of one body is not taken for another', async () => {
    await make({ text: 'a' }, key);
    expect((await make({ text: 'b' }, key)).status).toBe(422);
    expect(made).toEqual(['a']);
  });

  test('whose request is under way waits for it', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const first = make({ text: 'a' }, key);
    const second = await make({ text: 'a' }, key);
    expect([second.status, second.headers['retry-after']]).toEqual([409, '1']);
    resolve();
    expect((await first).status).toBe(201);
    expect(made).toEqual(['a']);
  });

  test('of a refused request is free again; of a crash it is not', async () => {
    expect((await make({ text: 'taken' }, key)).status).toBe(409);
    expect((await make({ text: 'a' }, key)).status).toBe(201);
    const other = { 'idempotency-key': 'k-2' };
    expect((await make({ text: 'crash' }, other)).status).toBe(500);
    expect(problem.parse((await make({ text: 'crash' }, other)).body).type).toContain(
      'key-under-way',
    );
  });

  test('belongs to whoever sent it, and to one that is none', async () => {
    await make({ text: 'a' }, key);
    expect((await make({ text: 'b' }, { ...key, 'x-account': 'bob' })).status).toBe(201);
    expect((await make({ text: 'c' }, { 'idempotency-key': 'a b' })).status).toBe(400);
    expect(made).toEqual(['a', 'b']);
  });
});

describe('files', () => {
  test('are taken as what they are, up to their limit', async () => {
    expect((await bring('a,b')).body).toEqual({ text: 'a,b' });
    expect((await bring('a,b,c,d,e,f')).status).toBe(413);
    expect((await bring('{}', 'application/json')).status).toBe(415);
  });

  test('are answered under their names, and not more often than allowed', async () => {
    const file = await fetchFile();
    expect(file.body).toBe('a,b');
    expect(file.headers['content-disposition']).toBe(
      `attachment; filename="__ (1).csv"; filename*=UTF-8''%E6%89%93%E5%8D%A1%20%281%29.csv`,
    );
    await fetchFile();
    const third = await fetchFile();
    expect(third.statusCode).toBe(429);
    expect(Number(third.headers['retry-after'])).toBeGreaterThan(0);
  });
});

test('a problem that nobody foresaw says nothing of its cause', async () => {
  const answer = await make({ text: 'crash' });
  expect(answer.body).toEqual(expect.objectContaining({ status: 500 }));
  expect(JSON.stringify(answer.body)).not.toContain('blue');
});
