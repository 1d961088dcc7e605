import { administratorInvited, type GrantText } from '#contracts/rest/v1/authority';
import { problem } from '#contracts/rest/v1/problem';
import { session } from '#contracts/rest/v1/session';
import { site } from '#contracts/rest/v1/terminals';
import { type BuiltServer, buildTestServer, put } from '#tests/hub/built-server';
import { ManualClock } from '#tests/terminal/manual-clock';

export const CHOSEN = 'mango tram window quiet';

export type Headers = Readonly<Record<string, string>>;
export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A hub with the people who run it, each signed in over the real interface, and a clock to move. */
export class AccessBench {
  readonly clock: ManualClock;
  readonly hub: BuiltServer;
  readonly siteId: string;

  static async open(): Promise<AccessBench> {
    const clock = new ManualClock('2026-03-02T08:00:00Z');
    const hub = await buildTestServer(clock);
    const own = await put(hub.app, { url: '/api/v1/site', headers: hub.session });
    return new AccessBench(hub, clock, site.parse(own.body).siteId);
  }

  constructor(hub: BuiltServer, clock: ManualClock, siteId: string) {
    this.hub = hub;
    this.clock = clock;
    this.siteId = siteId;
  }

  /** By the first administrator, unless somebody else is named. */
  async ask(method: Method, path: string, payload?: object, headers: Headers = this.hub.session) {
    const body = payload === undefined ? {} : { payload };
    const url = `/api/v1${path}`;
    return await put(this.hub.app, { method, url, headers: { ...headers }, ...body });
  }

  /** Appointed by the first administrator, with a password, signed in. */
  async appointed(name: string, grants: readonly GrantText[] | 'super') {
    const rank =
      grants === 'super' ? { kind: 'superAdministrator' } : { kind: 'administrator', grants };
    const made = await this.ask('POST', '/administrators', { name, locale: 'en', rank });
    const { token, administrator } = administratorInvited.parse(made.body);
    return { accountId: administrator.accountId, headers: await this.entered(name, token) };
  }

  /** With the password that a link lets them choose. */
  async entered(name: string, token: string): Promise<Headers> {
    await this.ask('POST', '/session/password-reset', { token, next: CHOSEN }, {});
    return await this.signedIn(name);
  }

  async signedIn(name: string): Promise<Headers> {
    const answer = await this.ask('POST', '/session', { name, password: CHOSEN }, {});
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    return { cookie, 'x-lintel-csrf': session.parse(answer.body).csrfToken };
  }

  close(): Promise<void> {
    return this.hub.stop();
  }
}

export function grant(of: Partial<GrantText> = {}): GrantText {
  return { capability: 'people', access: 'change', departments: null, sites: null, ...of };
}

export function reasonsOf(answer: { readonly body: unknown }): string {
  return (problem.parse(answer.body).errors ?? []).map(({ reason }) => reason).join();
}
