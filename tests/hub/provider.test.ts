/*
 * Goal: the company's own provider lets in whom it knows, as whom it should, and nobody else.
 * Method: a real hub and a real provider on this machine; a browser is a jar of cookies.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { session } from '#contracts/rest/v1/session';
import { startHub } from '#hub/main';
import { CLIENT, OpenidProvider } from '#tests/fixtures/openid-provider';
import {
  configFor,
  hubDeps,
  type RunningHub,
  removeFolder,
  runHub,
  temporaryFolder,
} from '#tests/hub/running-hub';

const CALLBACK = 'https://attendance.example/api/v1/session/provider/callback';
const ANN = {
  employeeNo: 'A001',
  name: 'Ann Lee',
  greetingName: 'Ann',
  locale: 'en',
  manager: false,
  email: 'ann@example.com',
};

let folder: string;
let hub: RunningHub;
let provider: OpenidProvider;
beforeEach(async () => {
  folder = temporaryFolder();
  provider = await new OpenidProvider().start();
});
afterEach(async () => {
  await hub.stop();
  removeFolder(folder);
});

async function running(oidcClaim = 'email'): Promise<void> {
  const oidcClientSecretFile = join(folder, 'secret');
  writeFileSync(oidcClientSecretFile, `${CLIENT.secret}\n`, { mode: 0o600 });
  hub = await runHub(folder, {
    oidcIssuer: provider.issuer.href,
    oidcClientId: CLIENT.id,
    oidcClientSecretFile,
    oidcClaim,
    publicUrl: 'https://attendance.example',
  });
  expect((await hub.ask('POST', '/api/v1/people', ANN)).status).toBe(201);
}

/** A browser: it keeps cookies, and goes where it is sent when a test says so. */
class Browser {
  readonly #cookies = new Map<string, string>();

  async get(path: string, more: Record<string, string> = {}) {
    const cookie = [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const url = new URL(path, hub.httpUrl);
    const headers = { cookie, ...more };
    const answer = await fetch(url, { headers, redirect: 'manual' });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      this.#cookies.set(name, value);
    }
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    const body: unknown = isJson ? await answer.json() : undefined;
    return { status: answer.status, location: answer.headers.get('location') ?? '', body };
  }

  take(cookie: string): void {
    const [name = '', value = ''] = cookie.split('=');
    this.#cookies.set(name, value);
  }

  /** To the provider, who consents, and back with its code. */
  async through(query = ''): Promise<string> {
    const leaving = await this.get(`/api/v1/session/provider${query}`);
    if (leaving.status !== 302) throw new Error(`${leaving.status} instead of the provider`);
    const consent = await fetch(leaving.location, { redirect: 'manual' });
    const back = new URL(consent.headers.get('location') ?? '');
    if (`${back.origin}${back.pathname}` !== CALLBACK) throw new Error(`sent to ${back.href}`);
    return `${back.pathname}${back.search}`;
  }

  async name(): Promise<string | undefined> {
    const answer = await this.get('/api/v1/session');
    return answer.status === 200 ? session.parse(answer.body).name : undefined;
  }
}

describe('the provider of the company', () => {
  test('is offered by its name', async () => {
    await running();
    const ways = await new Browser().get('/api/v1/session/ways');
    expect(ways.body).toEqual({
      provider: { label: { 'zh-CN': '用单位账号登录', en: 'Sign in with the company account' } },
    });
  });

  test('lets staff in by a verified address, to the page they wanted, without an invitation', async () => {
    await running();
    provider.quirks = { claims: { email: 'Ann@Example.com', email_verified: true } };
    const browser = new Browser();
    const back = await browser.get(await browser.through('?returnTo=/days'));
    expect(back).toMatchObject({ status: 302, location: '/days' });
    expect(await browser.name()).toBe('A001');
    const rights = await browser.get('/api/v1/session/rights');
    expect(rights.body).toMatchObject({ rank: 'none' });
    expect((await browser.get('/api/v1/administrators')).status).toBe(403);
  });

  test('lets staff in by employee number', async () => {
    await running('employee_number');
    provider.quirks = { claims: { employee_number: 'a001' } };
    const browser = new Browser();
    await browser.get(await browser.through());
    expect(await browser.name()).toBe('A001');
  });

  test('is believed about a subject for good: an address given to another opens nothing', async () => {
    await running();
    provider.quirks = { claims: { email: 'ann@example.com', email_verified: true } };
    const ann = new Browser();
    await ann.get(await ann.through());
    provider.quirks = {
      claims: { sub: 'somebody-else', email: 'ann@example.com', email_verified: true },
    };
    const other = new Browser();
    const refused = await other.get(await other.through());
    expect(refused.location).toBe('/?signIn=unknown-person');
    expect(await other.name()).toBeUndefined();
    provider.quirks = { claims: { email: 'renamed@example.com', email_verified: true } };
    const renamed = new Browser();
    await renamed.get(await renamed.through());
    expect(await renamed.name()).toBe('A001');
  });

  test.each([
    ['an address nobody has verified', { email: 'ann@example.com' }, 'email-unverified'],
    [
      'nobody who is known here',
      { email: 'bob@example.com', email_verified: true },
      'unknown-person',
    ],
    ['nothing to know them by', {}, 'claim-missing'],
  ])('does not let in %s, and the page says why', async (_who, claims, fault) => {
    await running();
    provider.quirks = { claims };
    const browser = new Browser();
    expect((await browser.get(await browser.through())).location).toBe(`/?signIn=${fault}`);
    expect(await browser.name()).toBeUndefined();
  });

  test('sends back one browser, once', async () => {
    await running();
    provider.quirks = { claims: { email: 'ann@example.com', email_verified: true } };
    const browser = new Browser();
    const back = await browser.through();
    const stranger = new Browser();
    const refused = '/?signIn=not-this-sign-in';
    expect((await stranger.get(back)).location).toBe(refused);
    await browser.get(back);
    expect(await browser.name()).toBe('A001');
    const again = new Browser();
    expect((await again.get(back)).location).toBe(refused);
  });

  test('that is away leaves the password as a way in', async () => {
    await running();
    provider.stop();
    const browser = new Browser();
    const leaving = await browser.get('/api/v1/session/provider');
    expect(leaving.location).toBe('/?signIn=unreachable');
  });

  test('ties an administrator’s account to their identity when they ask for it, signed in', async () => {
    await running('sub');
    const { headers } = await hub.ask('POST', '/api/v1/session', {
      name: 'admin',
      password: 'a longer password',
    });
    const admin = new Browser();
    expect((await admin.get('/api/v1/session/provider?purpose=link')).status).toBe(401);
    admin.take(headers.getSetCookie()[0]?.split(';')[0] ?? '');
    await admin.get(await admin.through('?purpose=link&returnTo=/account'));
    const later = new Browser();
    const back = await later.get(await later.through());
    expect(back.location).toBe('/');
    expect(await later.name()).toBe('admin');
  });

  test('cannot send anybody to another site', async () => {
    await running();
    const browser = new Browser();
    const asked = await browser.get('/api/v1/session/provider?returnTo=//evil.example');
    expect(asked.status).toBe(400);
  });
});

describe('a hub that is told of a provider and not enough', () => {
  test.each([
    ['no client id', {}, '--oidc-client-id'],
    ['no address of its own', { oidcClientId: CLIENT.id }, '--public-url'],
    [
      'a secret that is not there',
      {
        oidcClientId: CLIENT.id,
        publicUrl: 'https://attendance.example',
        oidcClientSecretFile: '/nowhere/secret',
      },
      '--oidc-client-secret-file',
    ],
  ])('with %s says what is missing', async (_what, change, flag) => {
    const other = temporaryFolder();
    const issuer = { oidcIssuer: provider.issuer.href };
    const started = await startHub(await configFor(other, { ...issuer, ...change }), hubDeps);
    hub = await runHub(folder);
    const named = expect.stringContaining(flag);
    const failure = { reason: 'oidc', message: { en: named, 'zh-CN': named } };
    expect(started).toEqual({ ok: false, failure });
    removeFolder(other);
  });
});
