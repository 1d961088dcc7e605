import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HubConfig, hubConfig } from '#contracts/config/hub-config';
import { session } from '#contracts/rest/v1/session';
import { type Hub, type HubDeps, startHub } from '#hub/main';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { testDatabaseUrl } from '#tests/hub/test-database';

export const PASSWORD = 'a longer password';

export interface RunningHub extends Hub {
  readonly dataDir: string;
  /** Signed in, the first password already replaced. */
  readonly ask: Ask;
  /** Sends a file as it is. */
  readonly upload: Upload;
}

export type Ask = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<{ status: number; body: unknown; headers: Headers }>;

export type Upload = (
  path: string,
  file: Uint8Array<ArrayBuffer> | string,
  type?: string,
) => Promise<{ status: number; body: unknown }>;

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'lintel-hub-'));
}

export function removeFolder(path: string): void {
  rmSync(path, { recursive: true, force: true });
}

export async function configFor(
  dataDir: string,
  change: Partial<HubConfig> = {},
): Promise<HubConfig> {
  return hubConfig.parse({
    dataDir,
    databaseUrl: await testDatabaseUrl(dataDir),
    httpPort: 0,
    mqttPort: 0,
    siteZone: 'Asia/Shanghai',
    logLevel: 'silent',
    ...change,
  });
}

export const hubDeps = { clock: systemClock(), logger: createLogger('hub', 'silent') };

/** A hub as its customer gets it, on free ports, with everything behind it real. */
export async function runHub(
  dataDir: string,
  change: Partial<HubConfig> = {},
  deps: Partial<HubDeps> = {},
): Promise<RunningHub> {
  const started = await startHub(await configFor(dataDir, change), { ...hubDeps, ...deps });
  if (!started.ok) throw new Error(started.failure.message.en);
  const hub = started.value;
  let headers: Record<string, string> = {};
  const ask: Ask = (method, path, body, more = {}) =>
    request(hub.httpUrl, { method, path, body, headers: { ...headers, ...more } });

  const upload: Upload = async (path, file, type = 'text/csv') => {
    const sent = { ...headers, 'content-type': type };
    const response = await fetch(`${hub.httpUrl}${path}`, {
      method: 'POST',
      headers: sent,
      body: file,
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') === true;
    return { status: response.status, body: isJson ? JSON.parse(text) : text };
  };

  const first = hub.firstPassword;
  const signedIn = await ask('POST', '/api/v1/session', {
    name: 'admin',
    password: first ?? PASSWORD,
  });
  headers = sessionHeaders(signedIn);
  if (first !== undefined) {
    const passwords = { current: first, next: PASSWORD };
    headers = sessionHeaders(await ask('POST', '/api/v1/session/password', passwords));
  }
  return { ...hub, dataDir, ask, upload };
}

export async function request(
  httpUrl: string,
  {
    method,
    path,
    body,
    headers = {},
  }: {
    method: string;
    path: string;
    body?: unknown;
    headers?: Record<string, string>;
  },
): Promise<{ status: number; body: unknown; headers: Headers }> {
  const response = await fetch(`${httpUrl}${path}`, {
    method,
    headers: body === undefined ? headers : { 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return {
    status: response.status,
    body: isJson ? JSON.parse(text) : text,
    headers: response.headers,
  };
}

export function sessionHeaders(answer: {
  body: unknown;
  headers: Headers;
}): Record<string, string> {
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? '';
  return { cookie, 'x-lintel-csrf': session.parse(answer.body).csrfToken };
}
