import { mkdtempSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { contentTypeOf } from '#platform/files/content-type';
import { DigestStore } from '#platform/files/digest-store';

let folder: string;
let store: DigestStore;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-digests-'));
  store = new DigestStore(join(folder, 'files'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const text = (words: string): Uint8Array => new TextEncoder().encode(words);
const pathOf = (digest: string): string => join(folder, 'files', digest.slice(0, 2), digest);

test('the same content lies there once, for its owner alone', async () => {
  const digest = await store.keep(text('a certificate'));
  expect(await store.keep(text('a certificate'))).toBe(digest);
  expect(readdirSync(join(folder, 'files'), { recursive: true })).toHaveLength(2);
  expect(statSync(pathOf(digest)).mode & 0o077).toBe(0);
  expect(await store.read(digest)).toEqual(Buffer.from('a certificate'));
});

test('what is gone, or was changed behind its back, is not handed out', async () => {
  const digest = await store.keep(text('a certificate'));
  expect(await store.read('0'.repeat(64))).toBeUndefined();
  writeFileSync(pathOf(digest), 'another certificate');
  expect(await store.read(digest)).toBeUndefined();
});

test('what nobody holds goes, but not what has only just come', async () => {
  const [held, loose, young] = await Promise.all(
    ['held', 'loose', 'young'].map((words) => store.keep(text(words))),
  );
  for (const digest of [held ?? '', loose ?? '']) utimesSync(pathOf(digest), 1000, 1000);
  const removed = await store.sweep(2_000_000, async (digest) => digest === held);
  expect(removed).toBe(1);
  expect(await store.read(loose ?? '')).toBeUndefined();
  expect(await store.read(held ?? '')).toBeDefined();
  expect(await store.read(young ?? '')).toBeDefined();
});

test('an empty store has nothing to sweep', async () => {
  expect(await store.sweep(1, async () => false)).toBe(0);
});

test('a file is what its content is', async () => {
  const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ', 'base64');
  expect(await contentTypeOf(png)).toBe('image/png');
  expect(await contentTypeOf(text('<script>'))).toBeNull();
});
