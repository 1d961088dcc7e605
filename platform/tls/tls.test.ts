/**
 * Goal: a server never starts with files it cannot use, nor stops because a renewal went wrong.
 * Method: certificates made for each test, and a real TLS server that is asked which one it shows.
 */
import { X509Certificate } from 'node:crypto';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, createServer } from 'node:tls';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadTls, type TlsFiles, type TlsProblem } from '#platform/tls/tls-files';
import { tlsProblemText } from '#platform/tls/tls-problem-text';
import { TlsWatch } from '#platform/tls/tls-watch';
import { makeCertificate, whyNoCertificates } from '#tests/fixtures/certificate';

const whyNot = whyNoCertificates();

function folderOf(): string {
  return mkdtempSync(join(tmpdir(), 'lintel-tls-'));
}

function now(): Temporal.Instant {
  return Temporal.Now.instant();
}

describe.skipIf(whyNot !== undefined)('TLS files', () => {
  const folder = folderOf();
  const one = makeCertificate(folder, 'one');
  const other = makeCertificate(folder, 'other');
  const nonsense = join(folder, 'nonsense');
  writeFileSync(nonsense, 'nothing');
  const files: TlsFiles = { certFile: one.certFile, keyFile: one.keyFile };

  test('that fit are taken, with the day they end and nothing below TLS 1.2', () => {
    const loaded = loadTls({ ...files, caFile: other.certFile }, now());
    const { validToDate } = new X509Certificate(one.cert);
    expect(loaded).toEqual({
      ok: true,
      value: {
        cert: one.cert,
        key: one.key,
        ca: other.cert,
        minVersion: 'TLSv1.2',
        expiresAt: Temporal.Instant.fromEpochMilliseconds(validToDate.getTime()),
      },
    });
  });

  test.each<[Partial<TlsFiles>, TlsProblem['reason']]>([
    [{ certFile: join(folder, 'absent') }, 'unreadable'],
    [{ keyFile: join(folder, 'absent') }, 'unreadable'],
    [{ caFile: join(folder, 'absent') }, 'unreadable'],
    [{ certFile: folder }, 'unreadable'],
    [{ certFile: nonsense }, 'not-a-certificate'],
    [{ certFile: one.keyFile }, 'not-a-certificate'],
    [{ caFile: nonsense }, 'not-a-certificate'],
    [{ keyFile: nonsense }, 'not-a-key'],
    [{ keyFile: one.certFile }, 'not-a-key'],
    [{ keyFile: other.keyFile }, 'key-mismatch'],
  ])('with %j are %s, and the file at fault is named', (change, reason) => {
    const named = reason === 'key-mismatch' ? other.keyFile : Object.values(change)[0];
    const loaded = loadTls({ ...files, ...change }, now());
    expect(loaded).toEqual({ ok: false, failure: { file: named, reason } });
  });

  test('end, and begin', () => {
    expect(reasonAt(files, now().add({ hours: 29 * 24 }))).toBe('fine');
    expect(reasonAt(files, now().add({ hours: 31 * 24 }))).toBe('expired');
    expect(reasonAt(files, now().subtract({ hours: 24 }))).toBe('not-yet-valid');
  });

  test('say what to do in both languages', () => {
    const text = tlsProblemText({ file: '/etc/hub.key', reason: 'key-mismatch' });
    expect(text['zh-CN']).toMatch(/^\/etc\/hub\.key：.*私钥.*。$/);
    expect(text.en).toMatch(/^\/etc\/hub\.key: .*key.*\.$/);
  });
});

describe.skipIf(whyNot !== undefined)('a renewal', () => {
  test('is shown to the next connection', async () => {
    const folder = folderOf();
    const { old, put, watch, problems, shown } = await serverWith(folder);
    expect(await shown()).toBe(new X509Certificate(old.cert).fingerprint256);
    const renewed = makeCertificate(folder, 'renewed');
    put(renewed);
    watch.look();
    expect(await shown()).toBe(new X509Certificate(renewed.cert).fingerprint256);
    expect(problems).toEqual([]);
  });

  test('caught halfway is waited for, without a word', async () => {
    const folder = folderOf();
    const { files, put, watch, problems, shown } = await serverWith(folder);
    const renewed = makeCertificate(folder, 'renewed');
    copyFileSync(renewed.certFile, files.certFile);
    watch.look();
    put(renewed);
    watch.look();
    expect(problems).toEqual([]);
    expect(await shown()).toBe(new X509Certificate(renewed.cert).fingerprint256);
  });

  test('that stays wrong is told once, and the old certificate stays in force', async () => {
    const folder = folderOf();
    const { files, old, watch, problems, shown } = await serverWith(folder);
    copyFileSync(makeCertificate(folder, 'alone').certFile, files.certFile);
    for (let looks = 0; looks < 4; looks += 1) watch.look();
    expect(problems).toEqual([{ file: files.keyFile, reason: 'key-mismatch' }]);
    expect(await shown()).toBe(new X509Certificate(old.cert).fingerprint256);
  });

  test('that takes the files away is told once for each time', async () => {
    const folder = folderOf();
    const { files, old, put, watch, problems } = await serverWith(folder);
    const takeAway = (): void => {
      rmSync(files.certFile);
      for (let looks = 0; looks < 3; looks += 1) watch.look();
    };
    takeAway();
    expect(problems).toEqual([{ file: files.certFile, reason: 'unreadable' }]);
    put(old);
    watch.look();
    takeAway();
    expect(problems).toHaveLength(2);
  });
});

async function serverWith(folder: string) {
  const files = { certFile: join(folder, 'live.crt'), keyFile: join(folder, 'live.key') };
  const put = (pair: { readonly certFile: string; readonly keyFile: string }): void => {
    copyFileSync(pair.certFile, files.certFile);
    copyFileSync(pair.keyFile, files.keyFile);
  };
  const old = makeCertificate(folder, 'old');
  put(old);
  const loaded = loadTls(files, now());
  if (!loaded.ok) throw new Error(loaded.failure.reason);
  const server = createServer(loaded.value, (socket) => socket.end());
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const problems: TlsProblem[] = [];
  const watch = new TlsWatch({
    files,
    clock: { now, monotonicMs: () => 0, bootId: '' },
    onRenewed: (material) => server.setSecureContext(material),
    onProblem: (problem) => problems.push(problem),
  });
  watch.start(loaded.value);
  onTestFinished(() => {
    watch.stop();
    server.close();
  });
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  return { files, old, put, watch, problems, shown: () => fingerprintAt(port) };
}

function reasonAt(files: TlsFiles, at: Temporal.Instant): string {
  const loaded = loadTls(files, at);
  return loaded.ok ? 'fine' : loaded.failure.reason;
}

function fingerprintAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, rejectUnauthorized: false }, () => {
      resolve(socket.getPeerCertificate().fingerprint256);
      socket.destroy();
    });
    socket.on('error', reject);
  });
}
