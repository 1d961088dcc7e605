/**
 * Goal: a hub can be watched, served encrypted or behind a proxy, and says nothing about people in
 * doing so. Method: real hubs on free ports.
 */
import { get } from 'node:https';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { HubConfig } from '#contracts/config/hub-config';
import { startHub } from '#hub/main';
import { makeCertificate, whyNoCertificates } from '#tests/fixtures/certificate';
import {
  configFor,
  hubDeps,
  removeFolder,
  request,
  runHub,
  temporaryFolder,
} from '#tests/hub/running-hub';

const whyNot = whyNoCertificates();
const TOKEN = 'a-token-of-some-length';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => removeFolder(folder));

async function started(change: Partial<HubConfig> = {}, deps: Partial<typeof hubDeps> = {}) {
  const hub = await runHub(folder, change, deps);
  onTestFinished(() => hub.stop());
  return hub;
}

async function refusal(change: Partial<HubConfig>) {
  const hub = await startHub(await configFor(folder, change), hubDeps);
  if (!hub.ok) return hub.failure;
  await hub.value.stop();
  throw new Error('it started');
}

/** Everything a hub logs, as it goes out. */
function listening() {
  const lines: string[] = [];
  const logger = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  return { lines, logger };
}

async function metricsUrl(change: Partial<HubConfig> = {}): Promise<string> {
  const { lines, logger } = listening();
  await started({ metricsPort: 0, ...change }, { logger });
  const line = lines.find((each) => each.includes('metrics can be read')) ?? '{}';
  return String((JSON.parse(line) as { url?: string }).url);
}

describe('a hub that is well', () => {
  test('says so to anybody, and names what it needs', async () => {
    const { httpUrl } = await started();
    const health = await request(httpUrl, { method: 'GET', path: '/health' });
    expect(health).toMatchObject({ status: 200, body: { state: 'ok' } });
    const ready = await request(httpUrl, { method: 'GET', path: '/ready' });
    expect(ready.status).toBe(200);
    expect(ready.body).toEqual({
      state: 'ready',
      probes: [
        { name: 'database', state: 'ok' },
        { name: 'disk', state: 'ok' },
      ],
    });
  });
});

describe('metrics', () => {
  test('are on a port of their own, and tell what happened', async () => {
    const url = await metricsUrl();
    const page = await fetch(url);
    const text = await page.text();
    expect(page.headers.get('content-type')).toContain('text/plain');
    expect(text).toMatch(/^lintel_hub_terminals\{state="online"\} 0$/m);
    expect(text).toMatch(/^lintel_hub_outbox_waiting_messages\{channel="webhook"\} 0$/m);
    expect(text).toMatch(/^lintel_hub_request_seconds_count\{method="POST",route="\/api\/v1\//m);
    expect((await fetch(url.replace('/metrics', '/other'))).status).toBe(404);
    expect((await fetch(url, { method: 'POST' })).status).toBe(404);
  });

  test('want the token where there is one', async () => {
    const url = await metricsUrl({ metricsToken: TOKEN });
    expect((await fetch(url)).status).toBe(401);
    const wrong = { headers: { authorization: `Bearer ${TOKEN}x` } };
    expect((await fetch(url, wrong)).status).toBe(401);
    const right = { headers: { authorization: `Bearer ${TOKEN}` } };
    expect((await fetch(url, right)).status).toBe(200);
  });

  test('are not shown beyond this machine without one', async () => {
    const failure = await refusal({ metricsPort: 0, metricsHost: '0.0.0.0' });
    expect(failure.reason).toBe('metrics-open');
    expect(failure.message['zh-CN']).toContain('LINTEL_METRICS_TOKEN');
  });
});

describe('behind a proxy', () => {
  const forwarded = { 'x-forwarded-proto': 'https' };

  test('that is trusted, the page is one of TLS', async () => {
    const { httpUrl } = await started({ trustProxy: '127.0.0.1' });
    const page = await request(httpUrl, { method: 'GET', path: '/', headers: forwarded });
    expect(page.headers.get('strict-transport-security')).toContain('max-age');
  });

  test('that nobody named, what it says is not believed', async () => {
    const { httpUrl } = await started();
    const page = await request(httpUrl, { method: 'GET', path: '/', headers: forwarded });
    expect(page.headers.get('strict-transport-security')).toBeNull();
  });

  test.each(['everything', '10.0.0.0/64', '10.0.0.1,,x'])('%s is no proxy', async (trustProxy) => {
    expect((await refusal({ trustProxy })).reason).toBe('bad-network');
  });
});

describe.skipIf(whyNot !== undefined)('with a certificate', () => {
  test('the console is served by TLS alone', async () => {
    const { cert, certFile, keyFile } = makeCertificate(folder, 'console');
    const config = await configFor(folder, { httpTlsCert: certFile, httpTlsKey: keyFile });
    const hub = await startHub(config, hubDeps);
    if (!hub.ok) throw new Error(hub.failure.message.en);
    onTestFinished(() => hub.value.stop());
    expect(hub.value.httpUrl).toMatch(/^https:/);
    const { status, headers } = await over(`${hub.value.httpUrl}/health`, cert);
    expect(status).toBe(200);
    expect(headers['strict-transport-security']).toContain('max-age');
    await expect(fetch(hub.value.httpUrl.replace('https', 'http'))).rejects.toThrow('fetch failed');
  });

  test.each([
    [{ httpTlsCert: '/nowhere.pem' }, '--http-tls-key'],
    [{ httpTlsKey: '/nowhere.pem' }, '--http-tls-cert'],
    [{ httpTlsCert: '/nowhere.pem', httpTlsKey: '/nowhere.pem' }, '/nowhere.pem'],
  ])('%j alone is no certificate', async (change, named) => {
    const failure = await refusal(change);
    expect(failure.reason).toBe('http-tls');
    expect(failure.message.en).toContain(named);
    expect(failure.message['zh-CN']).toContain(named);
  });
});

function over(url: string, ca: string) {
  return new Promise<{ status: number | undefined; headers: NodeJS.Dict<string | string[]> }>(
    (resolve, reject) => {
      get(url, { ca, agent: false }, (answer) => {
        answer.resume();
        resolve({ status: answer.statusCode, headers: answer.headers });
      }).on('error', reject);
    },
  );
}

test('the log names the route of a request, and nobody', async () => {
  const { lines, logger } = listening();
  const { ask } = await started({}, { logger });
  const person = {
    employeeNo: 'SECRET77',
    name: '王小明',
    greetingName: '小明',
    locale: 'zh-CN',
    manager: false,
    pin: '864213',
  };
  expect((await ask('POST', '/api/v1/people', person)).status).toBe(201);
  expect((await ask('GET', '/api/v1/people?query=%E7%8E%8B%E5%B0%8F%E6%98%8E')).status).toBe(200);
  const log = lines.join('');
  expect(log).toContain('"route":"/api/v1/people"');
  expect(log).not.toMatch(/SECRET77|王小明|小明|864213|%E7|cookie/);
});
