/**
 * Goal: only somebody the provider vouches for, just now and to us, is let in; every other end has
 * its own name. Method: a real provider on this machine, right in everything but one thing.
 */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Clock } from '#platform/clock/clock';
import { systemClock } from '#platform/clock/system-clock';
import {
  IdentityProvider,
  type IdentityProviderSettings,
  type PendingSignIn,
  type StartedSignIn,
} from '#platform/oidc/identity-provider';
import { oidcText } from '#platform/oidc/oidc-failure';
import { CLIENT, OpenidProvider, type Quirks } from '#tests/fixtures/openid-provider';

const clock = systemClock();
const secondsNow = () => Math.floor(clock.now().epochMilliseconds / 1000);

function settings(
  provider: OpenidProvider,
  change: Partial<IdentityProviderSettings> = {},
): IdentityProviderSettings {
  return {
    issuer: provider.issuer,
    clientId: CLIENT.id,
    clientSecret: CLIENT.secret,
    redirectUri: new URL('https://hub.example/api/v1/session/oidc/callback'),
    scopes: ['email'],
    claim: { kind: 'subject' },
    ...change,
  };
}

async function started(client: IdentityProvider): Promise<StartedSignIn> {
  const answer = await client.start();
  if (!answer.ok) throw new Error(answer.failure.fault);
  return answer.value;
}

/** The browser: follows where it is sent, and brings back what is behind the question mark. */
async function consent({ url }: StartedSignIn): Promise<string> {
  const response = await fetch(url, { redirect: 'manual' });
  return new URL(response.headers.get('location') ?? '').search;
}

async function signIn(
  provider: OpenidProvider,
  change: Partial<IdentityProviderSettings> = {},
): Promise<unknown> {
  const client = new IdentityProvider(settings(provider, change), clock);
  const start = await started(client);
  const answer = await client.finish(await consent(start), start.pending);
  return answer.ok ? answer.value : answer.failure.fault;
}

const known = (value: string) => ({ issuer: expect.any(String), subject: 'subject-1', value });

async function providerWith(quirks: Quirks = {}): Promise<OpenidProvider> {
  const provider = await new OpenidProvider().start();
  provider.quirks = quirks;
  return provider;
}

describe('somebody who comes back', () => {
  test('is who the provider says', async () => {
    const provider = await providerWith();
    expect(await signIn(provider)).toEqual({
      issuer: provider.issuer.href,
      subject: 'subject-1',
      value: 'subject-1',
    });
  });

  test('was sent with everything that binds them to this browser', async () => {
    const provider = await providerWith();
    const { url, pending } = await started(new IdentityProvider(settings(provider), clock));
    expect(url.searchParams.get('code_challenge_method')).toBe('S256');
    expect(url.searchParams.get('state')).toBe(pending.state);
    expect(url.searchParams.get('nonce')).toBe(pending.nonce);
    expect(url.href).not.toContain(pending.codeVerifier);
    expect(url.href).not.toContain('secret');
  });

  test.each([
    ['by an employee number', { claims: { employee_number: ' A1024 ' } }, known('A1024')],
    ['by a number that is a number', { claims: { employee_number: 1024 } }, known('1024')],
    ['by what only the profile says', { profile: { employee_number: 'A7' } }, known('A7')],
    ['not by nothing', { claims: { employee_number: '' } }, 'claim-missing'],
    ['not by a list', { claims: { employee_number: ['A1'] } }, 'claim-missing'],
    ['not by a novel', { claims: { employee_number: 'A'.repeat(400) } }, 'claim-missing'],
    ['not without the claim', {}, 'claim-missing'],
    [
      'not by somebody else’s profile',
      { profile: { sub: 'x', employee_number: '1' } },
      'not-understood',
    ],
  ] as const)('is recognised %s', async (_how, quirks, outcome) => {
    const claim = { kind: 'named', name: 'employee_number' } as const;
    const answer = await signIn(await providerWith(quirks), { claim });
    expect(answer).toEqual(outcome);
  });

  test.each([
    ['verified', { email: 'Wang@Example.com', email_verified: true }, known('wang@example.com')],
    ['not verified', { email: 'boss@example.com', email_verified: false }, 'email-unverified'],
    ['of unknown standing', { email: 'boss@example.com' }, 'email-unverified'],
  ] as const)('with an e-mail address that is %s', async (_what, claims, outcome) => {
    const answer = await signIn(await providerWith({ claims }), { claim: { kind: 'email' } });
    expect(answer).toEqual(outcome);
  });

  test.each(['post', 'none'] as const)('where the secret is proved as %s', async (secretAs) => {
    const provider = await providerWith({ secretAs });
    const clientSecret = secretAs === 'none' ? null : CLIENT.secret;
    expect(await signIn(provider, { clientSecret })).toMatchObject({ subject: 'subject-1' });
  });
});

describe('what a provider adds to the way back', () => {
  test.each([
    ['words of its own', () => '&session_state=4711', { ok: true }],
    ['its name', (issuer: string) => `&iss=${encodeURIComponent(issuer)}`, { ok: true }],
    [
      'another name',
      () => '&iss=https%3A%2F%2Fevil.example%2F',
      { failure: { fault: 'wrong-issuer' } },
    ],
  ] as const)('%s is judged', async (_what, added, outcome) => {
    const provider = await providerWith();
    const client = new IdentityProvider(settings(provider), clock);
    const start = await started(client);
    const query = (await consent(start)) + added(provider.issuer.href);
    expect(await client.finish(query, start.pending)).toMatchObject(outcome);
  });
});

describe('nobody is let in', () => {
  const stranger = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
  const hour = 3600;

  test.each([
    ['with a token for another application', { claims: { aud: 'payroll' } }, 'wrong-audience'],
    [
      'with one that others may use, too',
      { claims: { aud: [CLIENT.id, 'payroll'] } },
      'wrong-audience',
    ],
    [
      'with a token of another issuer',
      { claims: { iss: 'https://evil.example/' } },
      'wrong-issuer',
    ],
    ['with the nonce of another sign-in', { claims: { nonce: 'another' } }, 'not-this-sign-in'],
    ['without a nonce', { claims: { nonce: undefined } }, 'not-understood'],
    ['with an expired token', { claims: { exp: secondsNow() - hour } }, 'expired'],
    ['with one from the future', { claims: { nbf: secondsNow() + hour } }, 'clock-differs'],
    ['with a token somebody else signed', { signer: stranger }, 'bad-signature'],
    ['without a subject', { claims: { sub: undefined } }, 'not-understood'],
  ] as const)('%s', async (_what, quirks, fault) => {
    expect(await signIn(await providerWith(quirks))).toBe(fault);
  });

  test('a minute of difference between two clocks keeps nobody out', async () => {
    const provider = await providerWith({ claims: { exp: secondsNow() - 20 } });
    expect(await signIn(provider)).toMatchObject({ subject: 'subject-1' });
  });

  test('with a secret the provider does not know', async () => {
    expect(await signIn(await providerWith(), { clientSecret: 'wrong' })).toBe('client-refused');
  });

  test.each([
    ['a code that was used', (query: string) => query, 'code-spent'],
    [
      'a code that was made up',
      (query: string) => query.replace(/code=[^&]+/, 'code=x'),
      'code-spent',
    ],
    ['the state of another browser', (query: string) => `${query}x`, 'not-this-sign-in'],
    ['no state', (query: string) => query.replace(/&?state=[^&]+/, ''), 'not-this-sign-in'],
    ['two states', (query: string) => `${query}&state=x`, 'not-this-sign-in'],
    ['a refusal', () => '?error=access_denied', 'not-this-sign-in'],
    ['nothing', () => '', 'not-this-sign-in'],
  ] as const)('with %s', async (_what, changed, fault) => {
    const provider = await providerWith();
    const client = new IdentityProvider(settings(provider), clock);
    const start = await started(client);
    const query = await consent(start);
    if (fault === 'code-spent') await client.finish(query, start.pending);
    const answer = await client.finish(changed(query), start.pending);
    expect(answer).toMatchObject({ ok: false, failure: { fault } });
  });

  test('whom the provider itself refuses; the log hears its word', async () => {
    const provider = await providerWith();
    const client = new IdentityProvider(settings(provider), clock);
    const { pending } = await started(client);
    const query = `?error=access_denied&state=${pending.state}`;
    expect(await client.finish(query, pending)).toEqual({
      ok: false,
      failure: { fault: 'refused', detail: 'access_denied' },
    });
  });

  test('with the code verifier of another browser', async () => {
    const provider = await providerWith();
    const client = new IdentityProvider(settings(provider), clock);
    const [mine, theirs] = [await started(client), await started(client)];
    const pending: PendingSignIn = { ...mine.pending, codeVerifier: theirs.pending.codeVerifier };
    const answer = await client.finish(await consent(mine), pending);
    expect(answer).toMatchObject({ failure: { fault: 'code-spent' } });
  });

  test('who left the page open over lunch', async () => {
    const provider = await providerWith();
    let minutes = 0;
    const later: Clock = { ...clock, now: () => clock.now().add({ minutes }) };
    const client = new IdentityProvider(settings(provider), later);
    const start = await started(client);
    const query = await consent(start);
    minutes = 11;
    const answer = await client.finish(query, start.pending);
    expect(answer).toMatchObject({ failure: { fault: 'too-late' } });
  });
});

describe('a provider', () => {
  test('that is away is said to be, and is asked again the next time', async () => {
    const provider = await providerWith({ answer: { status: 503, body: 'later' } });
    const client = new IdentityProvider(settings(provider), clock);
    expect(await client.start()).toMatchObject({ failure: { fault: 'unreachable' } });
    provider.quirks = {};
    expect(await client.start()).toMatchObject({ ok: true });
  });

  test('that does not answer at all', async () => {
    const provider = await providerWith();
    const client = new IdentityProvider(settings(provider), clock);
    provider.stop();
    expect(await client.start()).toMatchObject({ failure: { fault: 'unreachable' } });
  });

  test('that goes away half-way through', async () => {
    const provider = await providerWith();
    const client = new IdentityProvider(settings(provider), clock);
    const start = await started(client);
    const query = await consent(start);
    provider.stop();
    const answer = await client.finish(query, start.pending);
    expect(answer).toMatchObject({ failure: { fault: 'unreachable' } });
  });

  test.each([
    ['is a web page', { answer: { status: 200, body: '<html>' } }, 'not-a-provider'],
    ['never ends', { answer: { status: 200, body: 'x'.repeat(2 ** 21) } }, 'unreachable'],
    [
      'calls itself something else',
      { metadata: { issuer: 'https://evil.example/' } },
      'wrong-issuer',
    ],
  ] as const)('that %s', async (_what, quirks, fault) => {
    const client = new IdentityProvider(settings(await providerWith(quirks)), clock);
    expect(await client.start()).toMatchObject({ failure: { fault } });
  });

  test('elsewhere is never spoken to without TLS, even if it asks for it', async () => {
    const provider = await providerWith({ metadata: { token_endpoint: 'http://192.0.2.1/token' } });
    expect(await signIn(provider)).toBe('not-encrypted');
    const elsewhere = settings(provider, { issuer: new URL('http://192.0.2.1/') });
    const answer = await new IdentityProvider(elsewhere, clock).start();
    expect(answer).toMatchObject({ failure: { fault: 'not-encrypted' } });
  });
});

test('each end says what to do, in both languages', () => {
  expect(oidcText('unknown-person')).toEqual({
    'zh-CN': '没有与此身份对应的人员，请联系管理员登记',
    en: 'Nobody here belongs to this identity; ask an administrator to add you',
  });
});
