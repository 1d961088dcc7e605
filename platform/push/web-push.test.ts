/**
 * Goal: a browser, and nobody before it, can read what the hub pushed.
 * Method: a push service of our own over TLS, and the browser's half of RFC 8291 written out below.
 */
import {
  createDecipheriv,
  createECDH,
  createPublicKey,
  type ECDH,
  hkdfSync,
  randomBytes,
  verify,
} from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseNetworks } from '#platform/http/address-guard';
import { newVapidKeys, type VapidKeys } from '#platform/push/vapid-keys';
import { type PushSender, type PushSubscription, sendPush } from '#platform/push/web-push';
import { makeCertificate, whyNoCertificates } from '#tests/fixtures/certificate';
import { type Answer, openPostBox, type Received } from '#tests/fixtures/post-box';

const whyNot = whyNoCertificates();
const CONTENT = { title: '下班打卡提醒', body: '18:00 已下班', path: '/me', tag: 'duty-end/1' };

function browserAt(endpoint: string) {
  const keys = createECDH('prime256v1');
  const p256dh = keys.generateKeys('base64url', 'uncompressed');
  const auth = randomBytes(16);
  const subscription: PushSubscription = { endpoint, p256dh, auth: auth.toString('base64url') };
  return { keys, auth, subscription };
}

/** RFC 8291 §3.4 from the receiving end: what a browser does with the bytes it is handed. */
function opened(body: Buffer, keys: ECDH, auth: Buffer): string {
  const salt = body.subarray(0, 16);
  const sender = body.subarray(21, 21 + body.readUInt8(20));
  const sealed = body.subarray(21 + sender.length);
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), keys.getPublicKey(), sender]);
  const ikm = hkdfSync('sha256', keys.computeSecret(sender), auth, info, 32);
  const derived = (name: string, length: number): Buffer =>
    Buffer.from(hkdfSync('sha256', Buffer.from(ikm), salt, `Content-Encoding: ${name}\0`, length));
  const decipher = createDecipheriv('aes-128-gcm', derived('aes128gcm', 16), derived('nonce', 12));
  decipher.setAuthTag(sealed.subarray(-16));
  const padded = Buffer.concat([decipher.update(sealed.subarray(0, -16)), decipher.final()]);
  return padded.subarray(0, padded.lastIndexOf(2)).toString('utf8');
}

/** RFC 8292 §2: a JWT signed by the key the browser subscribed with. */
function claimsOf({ headers }: Received, keys: VapidKeys): Record<string, unknown> {
  const [, token = '', key] = /^vapid t=([^,]+), k=(.+)$/.exec(headers.authorization ?? '') ?? [];
  expect(key).toBe(keys.publicKey);
  const point = Buffer.from(keys.publicKey, 'base64url');
  const x = point.subarray(1, 33).toString('base64url');
  const y = point.subarray(33).toString('base64url');
  const publicKey = createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' });
  const [head = '', claims = '', signature = ''] = token.split('.');
  const signed = Buffer.from(`${head}.${claims}`);
  const given = Buffer.from(signature, 'base64url');
  expect(verify('sha256', signed, { key: publicKey, dsaEncoding: 'ieee-p1363' }, given)).toBe(true);
  return JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as Record<string, unknown>;
}

describe.skipIf(whyNot !== undefined)('a push', () => {
  const tls = makeCertificate(mkdtempSync(join(tmpdir(), 'lintel-push-')), 'service');
  const keys = newVapidKeys();

  async function service(answer: Answer, networks = ['127.0.0.0/8']) {
    const box = await openPostBox(() => answer, tls);
    const house = parseNetworks(networks);
    if (!house.ok) throw new Error(house.failure);
    const policy = { opened: house.value, trust: tls.cert };
    const sender: PushSender = { keys, contact: 'mailto:it@example.com', policy };
    return { box, sender, browser: browserAt(`${box.url}/push/abc`) };
  }

  test('is read by its browser and vouched for to its service', async () => {
    const { box, sender, browser } = await service({ status: 201 });
    const sent = await sendPush(CONTENT, browser.subscription, sender, 3600);
    expect(sent).toEqual({ kind: 'delivered' });
    const [received] = box.received;
    if (received === undefined) throw new Error('nothing arrived');
    expect(JSON.parse(opened(received.body, browser.keys, browser.auth))).toEqual(CONTENT);
    expect(received.body.includes('已下班')).toBe(false);
    expect(received.headers).toMatchObject({ ttl: '3600', 'content-encoding': 'aes128gcm' });
    expect(claimsOf(received, keys)).toMatchObject({ aud: box.url, sub: 'mailto:it@example.com' });
  });

  test.each([
    [404, { kind: 'gone', reason: 'status-404' }],
    [410, { kind: 'gone', reason: 'status-410' }],
    [413, { kind: 'never', reason: 'status-413' }],
    [403, { kind: 'never', reason: 'status-403' }],
    [500, { kind: 'later', reason: 'status-500' }],
  ])('answered with %i is %j', async (status, outcome) => {
    const { sender, browser } = await service({ status });
    expect(await sendPush(CONTENT, browser.subscription, sender, 60)).toEqual(outcome);
  });

  test('waits as long as a busy service asks', async () => {
    const { sender, browser } = await service({ status: 429, headers: { 'retry-after': '90' } });
    const sent = await sendPush(CONTENT, browser.subscription, sender, 60);
    expect(sent).toEqual({ kind: 'later', reason: 'status-429', afterSeconds: 90 });
  });

  test('is not kept longer than a day, nor for no time at all', async () => {
    const { box, sender, browser } = await service({ status: 201 });
    await sendPush(CONTENT, browser.subscription, sender, 1e9);
    await sendPush(CONTENT, browser.subscription, sender, -5);
    expect(box.received.map(({ headers }) => headers['ttl'])).toEqual(['86400', '1']);
  });

  test('to our own network forgets the subscription and sends nothing', async () => {
    const { box, sender, browser } = await service({ status: 201 }, []);
    const sent = await sendPush(CONTENT, browser.subscription, sender, 60);
    expect(sent).toEqual({ kind: 'gone', reason: 'forbidden-address' });
    expect(box.received).toEqual([]);
  });

  test.each([
    [{ p256dh: 'AAAA' }, 'a key that is none'],
    [{ auth: '' }, 'no secret'],
    [{ endpoint: 'http://127.0.0.1/x' }, 'an address without TLS'],
    [{ endpoint: 'nowhere' }, 'an address that is none'],
  ])('to %j forgets the subscription: %s', async (change, _why) => {
    const { sender, browser } = await service({ status: 201 });
    const bad = { ...browser.subscription, ...change };
    expect(await sendPush(CONTENT, bad, sender, 60)).toMatchObject({ kind: 'gone' });
  });

  test('too long for one record is never sent', async () => {
    const { sender, browser } = await service({ status: 201 });
    const long = { ...CONTENT, body: '字'.repeat(1400) };
    const sent = await sendPush(long, browser.subscription, sender, 60);
    expect(sent).toEqual({ kind: 'never', reason: 'too-large' });
  });
});
