/**
 * Goal: a URL somebody typed in reaches what it may and nothing else.
 * Method: a real server on this machine, which is exactly what must not be reached unasked.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseNetworks } from '#platform/http/address-guard';
import { type OutgoingPolicy, postOutgoing } from '#platform/http/outgoing-request';
import { makeCertificate, whyNoCertificates } from '#tests/fixtures/certificate';
import { openPostBox } from '#tests/fixtures/post-box';

const whyNot = whyNoCertificates();

function policy(change: Partial<OutgoingPolicy> = {}, networks = ['127.0.0.0/8']): OutgoingPolicy {
  const opened = parseNetworks(networks);
  if (!opened.ok) throw new Error(opened.failure);
  return { opened: opened.value, ...change };
}

const resolveTo =
  (...addresses: readonly string[]) =>
  async (): Promise<readonly string[]> =>
    addresses;
const neverResolve = (): Promise<never> => new Promise(() => {});
const failToResolve = (): Promise<never> => Promise.reject(new Error('ENOTFOUND'));

const post = (url: string, allowed: OutgoingPolicy) =>
  postOutgoing({ url, headers: { 'content-type': 'text/plain' }, body: '你好' }, allowed);

describe('an outgoing request', () => {
  test('arrives whole, and its answer comes back', async () => {
    const box = await openPostBox(() => ({
      status: 503,
      body: 'later',
      headers: { 'retry-after': '120' },
    }));
    const answer = await post(`${box.url}/hook?a=1`, policy());
    expect(answer).toEqual({
      ok: true,
      value: { status: 503, body: 'later', retryAfterSeconds: 120 },
    });
    expect(box.received[0]?.path).toBe('/hook?a=1');
    expect(box.received[0]?.body.toString()).toBe('你好');
  });

  test.each(['127.0.0.1', '0x7f.1', '2130706433', '[::ffff:127.0.0.1]', 'localhost'])(
    'to %s is refused unless the configuration opens it',
    async (host) => {
      const box = await openPostBox(() => ({ status: 200 }));
      const url = box.url.replace('127.0.0.1', host);
      expect(await post(url, policy({}, []))).toEqual({ ok: false, failure: 'forbidden-address' });
      expect(box.received).toEqual([]);
    },
  );

  test('goes to the address that was judged, whatever the name says a moment later', async () => {
    const box = await openPostBox(() => ({ status: 200 }));
    const answers = [['127.0.0.1'], ['192.168.77.77']];
    const resolve = async (): Promise<readonly string[]> => answers.shift() ?? [];
    const url = box.url.replace('127.0.0.1', 'hook.example');
    expect(await post(url, policy({ resolve }))).toMatchObject({ ok: true });
    expect(box.received[0]?.headers.host).toMatch(/^hook\.example:/);
    expect(answers).toHaveLength(1);
  });

  test('goes past the addresses it may not use, and past one that does not answer', async () => {
    const box = await openPostBox(() => ({ status: 200 }));
    const url = box.url.replace('127.0.0.1', 'hook.example');
    const several = resolveTo('10.0.0.1', '127.0.0.77', '127.0.0.1');
    expect(await post(url, policy({ resolve: several }))).toMatchObject({ ok: true });
    const inside = policy({ resolve: resolveTo('10.0.0.1', 'fd00::1') });
    expect(await post(url, inside)).toEqual({ ok: false, failure: 'forbidden-address' });
  });

  test('never crosses the internet without TLS', async () => {
    const refused = await post('http://hook.example/', policy({ resolve: resolveTo('8.8.8.8') }));
    expect(refused).toEqual({ ok: false, failure: 'forbidden-address' });
  });

  test.each([
    'file:///etc/passwd',
    'ftp://hook.example/',
    'https://user:secret@hook.example/',
    'hook.example',
    `https://hook.example/${'x'.repeat(2000)}`,
  ])('to %s is no request', async (url) => {
    expect(await post(url, policy())).toEqual({ ok: false, failure: 'bad-url' });
  });

  test('does not follow a redirect', async () => {
    const inner = await openPostBox(() => ({ status: 200 }));
    const outer = await openPostBox(() => ({ status: 307, headers: { location: inner.url } }));
    expect(await post(outer.url, policy())).toMatchObject({ ok: true, value: { status: 307 } });
    expect(inner.received).toEqual([]);
  });

  test('gives up on a server that says nothing, and on a name that never resolves', async () => {
    const box = await openPostBox(() => 'silence');
    const soon = { timeoutMs: 50 };
    expect(await post(box.url, policy(soon))).toEqual({ ok: false, failure: 'timeout' });
    const stuck = await post('https://hook.example/', policy({ ...soon, resolve: neverResolve }));
    expect(stuck).toEqual({ ok: false, failure: 'timeout' });
  });

  test('gives up on an answer without end', async () => {
    const box = await openPostBox(() => ({ status: 200, body: 'x'.repeat(65 * 1024) }));
    expect(await post(box.url, policy())).toEqual({ ok: false, failure: 'answer-too-large' });
  });

  test('tells an unknown name from a closed door', async () => {
    const unknown = await post('https://hook.example/', policy({ resolve: failToResolve }));
    expect(unknown).toEqual({ ok: false, failure: 'no-such-host' });
    const nowhere = await post('https://hook.example/', policy({ resolve: resolveTo() }));
    expect(nowhere).toEqual({ ok: false, failure: 'no-such-host' });
    const closed = await post('http://127.0.0.1:1/', policy());
    expect(closed).toEqual({ ok: false, failure: 'unreachable' });
  });

  test.skipIf(whyNot !== undefined)(
    'over TLS, trusts whom it was told to and nobody else',
    async () => {
      const folder = mkdtempSync(join(tmpdir(), 'lintel-tls-'));
      const pair = makeCertificate(folder, 'box');
      const box = await openPostBox(() => ({ status: 200 }), pair);
      expect(await post(box.url, policy())).toEqual({ ok: false, failure: 'tls' });
      expect(await post(box.url, policy({ trust: pair.cert }))).toMatchObject({ ok: true });
      expect(box.received).toHaveLength(1);
    },
  );
});
