import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { sealed, unsealed } from '#platform/archive/sealed-stream';
import { readTar, tarOf } from '#platform/archive/tar-archive';

async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function whole(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const PATIENCE_MS = 60_000; // deriving a key is slow on purpose

const FILES = [
  { name: 'empty', content: Buffer.alloc(0) },
  { name: 'attachments/one', content: Buffer.from('附件') },
  { name: 'block', content: Buffer.alloc(512, 7) },
  { name: 'large', content: Buffer.alloc(70_001, 'lintel') },
];

async function archive(): Promise<Buffer> {
  return await whole(
    tarOf(
      FILES.map(({ name, content }) => ({
        name,
        bytes: content.length,
        content: cut(content, 999),
      })),
    ),
  );
}

async function filesOf(bytes: Uint8Array, size = 1000) {
  const found: { name: string; content: Buffer }[] = [];
  for await (const { name, content } of readTar(cut(bytes, size)))
    found.push({ name, content: await whole(content) });
  return found;
}

describe('an archive', () => {
  test.each([1, 511, 512, 100_000])('read in pieces of %i bytes is what was written', async (n) => {
    expect(await filesOf(await archive(), n)).toEqual(FILES);
  });

  test('is opened by the tar of the system', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lintel-tar-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    writeFileSync(join(folder, 'a.tar'), await archive());
    execFileSync('tar', ['xf', 'a.tar'], { cwd: folder });
    expect(readFileSync(join(folder, 'attachments/one'), 'utf8')).toBe('附件');
  });

  test('whose files were not wanted goes on to the next', async () => {
    const names: string[] = [];
    for await (const { name } of readTar(cut(await archive(), 333))) names.push(name);
    expect(names).toEqual(FILES.map(({ name }) => name));
  });

  test('that is cut, or none at all, says so', async () => {
    const bytes = await archive();
    await expect(filesOf(bytes.subarray(0, 10_000))).rejects.toThrow('cut off');
    await expect(filesOf(bytes.subarray(0, bytes.length - 1024))).rejects.toThrow('cut off');
    await expect(filesOf(Buffer.alloc(2048, 1))).rejects.toThrow('not what a backup wrote');
  });

  test('of a file that shrinks meanwhile is not made', async () => {
    const file = { name: 'a', bytes: 5, content: cut(Buffer.from('abc'), 9) };
    await expect(whole(tarOf([file]))).rejects.toThrow('changed');
  });
});

describe('a seal', { timeout: PATIENCE_MS }, () => {
  const PIECE = 256 * 1024;
  test.each([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])('over %i bytes opens', async (size) => {
    const plain = Buffer.alloc(size, 'x');
    const box = await whole(sealed(cut(plain, 70_000), '密码 pass'));
    expect(size > 100 && box.includes('xxxxxxxx')).toBe(false);
    expect((await whole(unsealed(cut(box, 50_000), '密码 pass'))).equals(plain)).toBe(true);
  });

  test('opens for nobody else, and not when a bit is changed or the end is missing', async () => {
    const box = await whole(sealed(cut(Buffer.alloc(2 * PIECE + 5, 'x'), 9999), 'right'));
    const changed = Buffer.from(box);
    changed[400_000] = (changed[400_000] ?? 0) ^ 1;
    const atPiece = box.subarray(0, 32 + 2 * (PIECE + 16));
    for (const [bytes, passphrase] of [
      [box, 'wrong'],
      [changed, 'right'],
      [box.subarray(0, -1), 'right'],
      [atPiece, 'right'],
    ] as const) {
      const reading = whole(unsealed(cut(bytes, 9999), passphrase));
      await expect(reading).rejects.toThrow('wrong-passphrase-or-damaged');
    }
    await expect(whole(unsealed(cut(box, 9), undefined))).rejects.toThrow('no-passphrase');
  });

  test('that is not there is none to open', async () => {
    const plain = Buffer.from('no seal at all, and longer than a header would be');
    expect(await whole(unsealed(cut(plain, 5), undefined))).toEqual(plain);
  });
});
