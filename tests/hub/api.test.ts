import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { joinInstructions } from '#contracts/rest/v1/join';
import { people, person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import { punch, punches } from '#contracts/rest/v1/punches';
import { session } from '#contracts/rest/v1/session';
import { site, terminals } from '#contracts/rest/v1/terminals';
import { startHub } from '#hub/main';
import { RawTerminal } from '#tests/hub/raw-terminal';
import {
  configFor,
  hubDeps,
  PASSWORD,
  type RunningHub,
  removeFolder,
  request,
  runHub,
  sessionHeaders,
  temporaryFolder,
} from '#tests/hub/running-hub';
import {
  everythingKept,
  ONLY_POSTGRES,
  onDatabase,
  testDatabaseUrl,
  testEngine,
} from '#tests/hub/test-database';

let hub: RunningHub;
let folder: string;
const ANN = {
  employeeNo: 'A001',
  name: 'Ann Lee',
  greetingName: 'Ann',
  locale: 'en',
  manager: false,
};

beforeEach(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(folder);
});

function signIn(password: string, headers: Record<string, string> = {}) {
  const body = { name: 'admin', password };
  return request(hub.httpUrl, { method: 'POST', path: '/api/v1/session', body, headers });
}

async function failureWith(dataDir: string, change: Parameters<typeof configFor>[1]) {
  const started = await startHub(await configFor(dataDir, change), hubDeps);
  if (started.ok) {
    await started.value.stop();
    throw new Error('it started');
  }
  return started.failure;
}

describe('without a session', () => {
  const routes = [
    ['GET', '/api/v1/session'],
    ['DELETE', '/api/v1/session'],
    ['POST', '/api/v1/session/password'],
    ['GET', '/api/v1/people'],
    ['POST', '/api/v1/people'],
    ['PATCH', '/api/v1/people/8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99'],
    ['DELETE', '/api/v1/people/8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99/templates'],
    ['GET', '/api/v1/punches'],
    ['GET', '/api/v1/terminals'],
    ['GET', '/api/v1/site'],
    ['PATCH', '/api/v1/site'],
    ['GET', '/api/v1/join'],
    ['GET', '/api/v1/live'],
    ['GET', '/api/v1/not-a-route'],
    ['GET', '/api/../hub.db'],
    ['GET', '/hub.keys.json'],
  ] as const;
  test.each(routes)('%s %s is answered with 401', async (method, path) => {
    const answer = await request(hub.httpUrl, { method, path });
    expect(answer.status).toBe(401);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(problem.parse(answer.body).type).toBe('urn:lintel:problem:sign-in-needed');
  });

  test('a made-up cookie is no session', async () => {
    const headers = { cookie: `lintel_session=${'A'.repeat(43)}` };
    const answer = await request(hub.httpUrl, { method: 'GET', path: '/api/v1/people', headers });
    expect(answer.status).toBe(401);
  });

  test('the page that says how to build the console is there, in both languages', async () => {
    const answer = await request(hub.httpUrl, { method: 'GET', path: '/' });
    expect(answer.status).toBe(200);
    expect(answer.body).toContain('npm run build');
    expect(answer.body).toContain('尚未构建');
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('signing in', () => {
  test('the cookie is out of reach of scripts and other sites', async () => {
    const answer = await signIn(PASSWORD);
    expect(session.parse(answer.body)).toMatchObject({ name: 'admin', mustChangePassword: false });
    const cookie = answer.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
  });

  test('the first password opens nothing but its own replacement', async () => {
    const other = temporaryFolder();
    const started = await startHub(await configFor(other), hubDeps);
    if (!started.ok) throw new Error(started.failure.message.en);
    const { httpUrl, firstPassword, stop } = started.value;
    const body = { name: 'admin', password: firstPassword };
    const signedIn = await request(httpUrl, { method: 'POST', path: '/api/v1/session', body });
    const headers = sessionHeaders(signedIn);
    const refused = await request(httpUrl, { method: 'GET', path: '/api/v1/people', headers });
    expect(refused.status).toBe(403);
    expect(problem.parse(refused.body).type).toBe('urn:lintel:problem:password-must-change');
    const change = { current: firstPassword, next: PASSWORD };
    const path = '/api/v1/session/password';
    const changed = await request(httpUrl, { method: 'POST', path, body: change, headers });
    const after = sessionHeaders(changed);
    const list = await request(httpUrl, { method: 'GET', path: '/api/v1/people', headers: after });
    expect(list.status).toBe(200);
    await stop();
    const again = await startHub(await configFor(other), hubDeps);
    expect(again.ok && again.value.firstPassword).toBeUndefined();
    if (again.ok) await again.value.stop();
    removeFolder(other);
  });

  test('after five wrong passwords the right one has to wait', async () => {
    for (let attempt = 1; attempt <= 4; attempt += 1)
      expect((await signIn('wrong')).status).toBe(401);
    const locked = await signIn('wrong');
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await signIn(PASSWORD)).status).toBe(429);
  });

  test('signing out ends the session', async () => {
    expect((await hub.ask('DELETE', '/api/v1/session')).status).toBe(204);
    expect((await hub.ask('GET', '/api/v1/people')).status).toBe(401);
  });

  test('a change without the token, or from another site, is refused', async () => {
    const without = await hub.ask('POST', '/api/v1/people', ANN, { 'x-lintel-csrf': '' });
    expect(without.status).toBe(403);
    const wrong = await hub.ask('POST', '/api/v1/people', ANN, { 'x-lintel-csrf': 'A'.repeat(43) });
    expect(wrong.status).toBe(403);
    const foreign = await signIn(PASSWORD, { 'sec-fetch-site': 'cross-site' });
    expect(foreign.status).toBe(403);
  });

  test('neither password nor session token is on the disk', async () => {
    const answer = await signIn(PASSWORD);
    const token = answer.headers.getSetCookie()[0]?.match(/lintel_session=([^;]+)/)?.[1] ?? '?';
    const kept = await everythingKept(folder);
    expect(kept).toContain('argon2id');
    expect(kept).not.toContain(PASSWORD);
    expect(kept).not.toContain(token);
    expect(statSync(join(folder, 'hub.keys.json')).mode & 0o777).toBe(0o600);
  });
});

describe('people', () => {
  test('one is added, found, changed', async () => {
    const added = person.parse((await hub.ask('POST', '/api/v1/people', ANN)).body);
    expect(added).toMatchObject({ ...ANN, hasPin: false, templates: 0 });
    await hub.ask('POST', '/api/v1/people', { ...ANN, employeeNo: 'B002', name: '王小明' });
    const found = people.parse((await hub.ask('GET', '/api/v1/people?query=小明')).body);
    expect(found.people.map((each) => each.employeeNo)).toEqual(['B002']);
    const first = people.parse((await hub.ask('GET', '/api/v1/people?limit=1')).body);
    const behind = `/api/v1/people?limit=1&cursor=${first.next}`;
    const second = people.parse((await hub.ask('GET', behind)).body);
    expect(second).toMatchObject({ total: 2, people: [{ employeeNo: 'B002' }], next: null });
    const path = `/api/v1/people/${added.personId}`;
    const seen = { 'if-match': `"${added.version}"` };
    const changed = await hub.ask('PATCH', path, { manager: true, pin: '123456' }, seen);
    expect(person.parse(changed.body)).toMatchObject({ manager: true, hasPin: true });
    expect((await hub.ask('PATCH', path, { manager: false }, seen)).status).toBe(412);
    expect((await hub.ask('PATCH', path, { manager: false })).status).toBe(428);
  });

  test('an employee number is held by one person, whatever its case', async () => {
    await hub.ask('POST', '/api/v1/people', ANN);
    const second = await hub.ask('POST', '/api/v1/people', { ...ANN, employeeNo: 'a001' });
    expect(second.status).toBe(409);
    expect(problem.parse(second.body).errors?.[0]?.path).toBe('employeeNo');
  });

  test('every field at fault is named, in the language of the reader', async () => {
    const bad = { ...ANN, employeeNo: 'has space', name: '', pin: '12', extra: 1 };
    const english = await hub.ask('POST', '/api/v1/people', bad, { 'accept-language': 'en-GB' });
    expect(english.status).toBe(400);
    const errors = problem.parse(english.body).errors ?? [];
    expect(errors.map((error) => error.path).toSorted()).toEqual(['', 'employeeNo', 'name', 'pin']);
    expect(errors).toContainEqual({ path: 'pin', reason: '6 to 12 digits' });
    const chinese = await hub.ask('POST', '/api/v1/people', bad, { 'accept-language': 'zh-CN,en' });
    const reasons = problem.parse(chinese.body).errors?.map((error) => error.reason) ?? [];
    expect(reasons).toContain('须为 6 到 12 位数字');
    expect(reasons.every((reason) => /[一-鿿]/.test(reason))).toBe(true);
  });

  test('nobody is found under an id that is none', async () => {
    expect((await hub.ask('PATCH', '/api/v1/people/1', { manager: true })).status).toBe(404);
    expect((await hub.ask('DELETE', '/api/v1/people/1/templates')).status).toBe(404);
  });

  test('what is no JSON, or too much of it, gets a clear answer', async () => {
    const headers = { 'content-type': 'text/plain' };
    expect((await hub.ask('POST', '/api/v1/people', 'x', headers)).status).toBe(415);
    const large = { ...ANN, name: 'x'.repeat(100_000) };
    expect((await hub.ask('POST', '/api/v1/people', large)).status).toBe(413);
  });
});

describe('the rest', () => {
  test('site, joining, terminals and punches answer in their shapes', async () => {
    expect(site.parse((await hub.ask('GET', '/api/v1/site')).body).zone).toBe('Asia/Shanghai');
    const joining = joinInstructions.parse((await hub.ask('GET', '/api/v1/join')).body);
    expect(joining).toMatchObject({ code: hub.joinCode, reachableFromOthers: false });
    expect(terminals.parse((await hub.ask('GET', '/api/v1/terminals')).body).terminals).toEqual([]);
    expect(punches.parse((await hub.ask('GET', '/api/v1/punches')).body).total).toBe(0);
    expect((await hub.ask('GET', '/api/v1/punches?date=2026-02-30')).status).toBe(400);
    expect((await hub.ask('PATCH', '/api/v1/site', { zone: 'Mars/Base' })).status).toBe(400);
  });

  test('a punch arrives live, with an id, and a heartbeat keeps nothing waiting', async () => {
    const headers: Record<string, string> = sessionHeaders(await signIn(PASSWORD));
    headers['last-event-id'] = '17';
    const aborter = new AbortController();
    const stream = await fetch(`${hub.httpUrl}/api/v1/live`, { headers, signal: aborter.signal });
    expect(stream.headers.get('content-type')).toContain('text/event-stream');
    expect(stream.headers.get('content-security-policy')).toContain("default-src 'none'");
    const added = person.parse((await hub.ask('POST', '/api/v1/people', ANN)).body);
    const terminal = await new RawTerminal(hub).join();
    const { siteId } = site.parse((await hub.ask('GET', '/api/v1/site')).body);
    await terminal.sendBatch([terminal.genesis(), terminal.punch(added.personId, siteId)]);
    await terminal.close();
    let text = '';
    for await (const chunk of stream.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.includes('event: punch')) break;
    }
    aborter.abort();
    const sent = text.match(/event: punch\ndata: (.*)\n/)?.[1] ?? '';
    expect(punch.parse(JSON.parse(sent))).toMatchObject({ name: 'Ann Lee', voided: false });
    expect(text).toContain('event: people');
    expect(text).toContain('event: terminal');
  });

  test('a built console is served to anybody, and nothing beside it', async () => {
    const consoleDir = join(folder, 'console');
    mkdirSync(join(consoleDir, 'assets'), { recursive: true });
    writeFileSync(join(consoleDir, 'index.html'), '<!doctype html><title>console</title>');
    writeFileSync(join(consoleDir, 'assets', 'app-1a2b3c4d.js'), 'export {};');
    const other = temporaryFolder();
    const started = await startHub(await configFor(other), { ...hubDeps, consoleDir });
    if (!started.ok) throw new Error(started.failure.message.en);
    const get = (path: string) => request(started.value.httpUrl, { method: 'GET', path });
    expect((await get('/')).body).toContain('<title>console</title>');
    const script = await get('/assets/app-1a2b3c4d.js');
    expect(script.headers.get('cache-control')).toContain('immutable');
    expect((await get('/../hub.db')).status).toBe(401);
    expect((await get('/%2e%2e/hub.db')).status).toBe(401);
    await started.value.stop();
    removeFolder(other);
  });
});

describe('a hub that cannot start says what to do', () => {
  test('a taken port is named, with the flag that chooses another', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const other = temporaryFolder();
    const mqtt = await failureWith(other, { mqttPort: port });
    expect(mqtt.reason).toBe('port-taken');
    expect(mqtt.message.en).toContain(`${port}`);
    expect(mqtt.message.en).toContain('--mqtt-port');
    expect(mqtt.message['zh-CN']).toContain('--mqtt-port');
    const http = await failureWith(other, { httpPort: port });
    expect(http.message.en).toContain('--http-port');
    server.close();
    const started = await startHub(await configFor(other), hubDeps);
    // A start that failed did not use up the first password.
    expect(started.ok && started.value.firstPassword).toMatch(/^[\w-]{20}$/);
    if (started.ok) await started.value.stop();
    removeFolder(other);
  });

  test('beyond this machine the broker wants TLS', async () => {
    const other = temporaryFolder();
    expect((await failureWith(other, { mqttHost: '0.0.0.0' })).reason).toBe('needs-tls');
    removeFolder(other);
  });

  test('a database of a newer version, a damaged one, and damaged keys are refused', async () => {
    const other = temporaryFolder();
    const ownFile = { databaseUrl: undefined };
    const db = new Database(join(other, 'hub.db'));
    db.pragma('user_version = 99');
    db.close();
    expect((await failureWith(other, ownFile)).reason).toBe('newer-version');
    writeFileSync(
      join(other, 'hub.db'),
      'this is no database, but long enough to be read as one. ',
    );
    expect((await failureWith(other, ownFile)).reason).toBe('corrupt');
    writeFileSync(join(other, 'hub.keys.json'), '{}', { mode: 0o600 });
    expect((await failureWith(other, ownFile)).reason).toBe('keys-unreadable');
    removeFolder(other);
  });

  test('a second hub on one data folder is refused, and the first goes on', async () => {
    const other = temporaryFolder();
    const ownFile = { databaseUrl: undefined };
    const first = await runHub(other, ownFile);
    const failure = await failureWith(other, ownFile);
    expect(failure.reason).toBe('folder-taken');
    expect(failure.message.en).toContain(other);
    expect((await first.ask('GET', '/api/v1/site')).status).toBe(200);
    await first.stop();
    await (await runHub(other, ownFile)).stop();
    removeFolder(other);
  });

  test('a PostgreSQL that is away is named, and its password is not', async () => {
    const other = temporaryFolder();
    const databaseUrl = 'postgres://lintel:s3cret@127.0.0.1:1/books';
    const { reason, message } = await failureWith(other, { databaseUrl });
    expect(reason).toBe('database-away');
    for (const text of [message.en, message['zh-CN']]) {
      expect(text).toContain('127.0.0.1:1/books');
      expect(text).toContain('--database-url');
      expect(text).not.toContain('s3cret');
    }
    removeFolder(other);
  });

  test('a PostgreSQL without that database, or written by a newer Lintel, is refused', async ({
    skip,
  }) => {
    skip(testEngine === 'sqlite', ONLY_POSTGRES);
    const other = temporaryFolder();
    const url = new URL((await testDatabaseUrl(other)) ?? '');
    await (await runHub(other)).stop();
    await onDatabase(url.href, 'UPDATE schema_version SET version = 99');
    expect((await failureWith(other, {})).reason).toBe('newer-version');
    url.pathname = '/lintel_test_never_made';
    const refused = await failureWith(other, { databaseUrl: url.href });
    expect(refused.reason).toBe('database-refused');
    removeFolder(other);
  });

  test('a folder that cannot be one is refused', async () => {
    const other = temporaryFolder();
    writeFileSync(join(other, 'file'), '');
    expect((await failureWith(join(other, 'file'), {})).reason).toBe('disk');
    removeFolder(other);
  });

  test('a broker that is away does not keep the console from answering', async () => {
    const other = temporaryFolder();
    const brokerUrl = 'mqtt://hub:secret@127.0.0.1:1';
    const started = await startHub(await configFor(other, { brokerUrl }), hubDeps);
    if (!started.ok) throw new Error(started.failure.message.en);
    expect(started.value.brokerUrl).toBe('mqtt://127.0.0.1:1');
    const page = await request(started.value.httpUrl, { method: 'GET', path: '/' });
    expect(page.status).toBe(200);
    await started.value.stop();
    removeFolder(other);
  });
});
