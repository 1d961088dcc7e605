import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { webhookSecret } from '#contracts/rest/v1/webhooks';
import { parseNetworks } from '#platform/http/address-guard';
import { postWebhook } from '#platform/http/post-webhook';
import { isSignedWebhook, newWebhookSecret, signWebhook } from '#platform/http/webhook-signature';
import { type Answer, openPostBox } from '#tests/fixtures/post-box';

const NOW = Temporal.Instant.from('2026-01-05T02:00:00Z');
const BODY = '{"id":7,"note":"你好"}';

async function posted(answer: Answer, secrets: readonly string[] = ['new-secret', 'old-secret']) {
  const opened = parseNetworks(['127.0.0.0/8']);
  if (!opened.ok) throw new Error(opened.failure);
  const box = await openPostBox(() => answer);
  const delivery = { url: box.url, eventId: '7', event: 'punch.created', body: BODY, secrets };
  const outcome = await postWebhook(delivery, { opened: opened.value }, NOW);
  return { outcome, received: box.received[0] };
}

describe('a webhook', () => {
  test('carries its id, its name and a signature over exactly what arrives', async () => {
    const { outcome, received } = await posted({ status: 204 });
    expect(outcome).toEqual({ kind: 'delivered' });
    expect(received?.headers).toMatchObject({
      'lintel-event': 'punch.created',
      'lintel-event-id': '7',
    });
    const header = String(received?.headers['lintel-signature']);
    const body = received?.body.toString() ?? '';
    for (const secret of ['new-secret', 'old-secret'])
      expect(isSignedWebhook(body, header, { secret, now: NOW })).toBe(true);
    expect(isSignedWebhook(body, header, { secret: 'another', now: NOW })).toBe(false);
  });

  test.each([
    [{ status: 200 }, { kind: 'delivered' }],
    [{ status: 302 }, { kind: 'later', reason: 'status-302' }],
    [{ status: 400 }, { kind: 'later', reason: 'status-400' }],
    [{ status: 410 }, { kind: 'gone', reason: 'status-410' }],
    [
      { status: 503, headers: { 'retry-after': '30' } },
      { kind: 'later', reason: 'status-503', afterSeconds: 30 },
    ],
  ])('answered with %j is %j', async (answer, outcome) => {
    expect((await posted(answer)).outcome).toEqual(outcome);
  });

  test('to where it may not go is tried later: the address may still be put right', async () => {
    const opened = parseNetworks([]);
    if (!opened.ok) throw new Error(opened.failure);
    const delivery = {
      url: 'http://127.0.0.1:1/',
      eventId: '7',
      event: 'x',
      body: BODY,
      secrets: [],
    };
    const outcome = await postWebhook(delivery, { opened: opened.value, timeoutMs: 50 }, NOW);
    expect(outcome).toEqual({ kind: 'later', reason: 'forbidden-address' });
  });
});

describe('its signature, by the example of docs/notices.md', () => {
  test('is believed when it is ours, and not when anything is off', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/notices.md'), 'utf8');
    const [, example = ''] = /```js\n([\s\S]*?)```/.exec(page) ?? [];
    const module: unknown = await import(`data:text/javascript,${encodeURIComponent(example)}`);
    const { isFromLintel } = module as {
      isFromLintel: (body: string, header: string, secret: string) => boolean;
    };
    const header = signWebhook(BODY, Temporal.Now.instant(), ['new', 'old']);
    expect(['new', 'old'].every((secret) => isFromLintel(BODY, header, secret))).toBe(true);
    expect(isFromLintel(BODY, header, 'another')).toBe(false);
    expect(isFromLintel(`${BODY} `, header, 'new')).toBe(false);
    for (const bad of [
      '',
      'v1',
      't=x,v1=00',
      signWebhook(BODY, NOW.subtract({ hours: 1 }), ['new']),
    ])
      expect(isFromLintel(BODY, bad, 'new')).toBe(false);
  });
});

describe('its signature', () => {
  const header = signWebhook(BODY, NOW, ['secret']);
  const isSigned = (body: string, text: string, now = NOW): boolean =>
    isSignedWebhook(body, text, { secret: 'secret', now });

  test('is what openssl dgst -sha256 -hmac makes of "1767578400." and the body', () => {
    expect(signWebhook('{}', NOW, ['secret'])).toBe(
      't=1767578400,v1=cbaf13d2b5af65f0210f4f07876223cccb9a16aa47cc30139568e7789db9ae86',
    );
  });

  test('dies with a changed byte, a moved time, old age and bad form', () => {
    expect(isSigned(BODY, header)).toBe(true);
    expect(isSigned(`${BODY} `, header)).toBe(false);
    expect(isSigned(BODY, header.replace('t=1', 't=2'))).toBe(false);
    expect(isSigned(BODY, header, NOW.add({ seconds: 300 }))).toBe(true);
    expect(isSigned(BODY, header, NOW.add({ seconds: 301 }))).toBe(false);
    expect(isSigned(BODY, header, NOW.subtract({ seconds: 301 }))).toBe(false);
    for (const text of ['', 't=', 't=now,v1=x', header.replace('v1=', 'v2='), `${header}0`, 'v1'])
      expect(isSigned(BODY, text)).toBe(false);
  });
});

test('a secret is long, says what it is, and is another each time', () => {
  const secret = newWebhookSecret();
  expect(webhookSecret.shape.secret.safeParse(secret).success).toBe(true);
  expect(newWebhookSecret()).not.toBe(secret);
});
