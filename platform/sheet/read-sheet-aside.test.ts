import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { readSheetAside } from '#platform/sheet/read-sheet-aside';
import { readSheet, SHEET_BYTES_MAX } from '#platform/sheet/sheet-reader';
import { xlsxOf } from '#platform/sheet/xlsx-writer';

const ROWS = 5000; // more than is read without a thread

async function workbook(): Promise<Uint8Array> {
  const columns = ['工号', '姓名'].map((heading) => {
    return { heading, kind: 'text' as const, decimals: 0, width: 10 };
  });
  const rows = Array.from({ length: ROWS }, (_, index) => [`E${index}`, '王小明']);
  const notes = { name: 'n', heading: ['a', 'b'], lines: [] } as const;
  return await buffer(xlsxOf({ name: 'x', columns, rows }, notes));
}

test.each([
  ['a workbook', workbook],
  ['a CSV', async () => Buffer.from('工号,姓名\n'.repeat(ROWS))],
  ['a file that is no table', async () => Buffer.from(`<html>${' '.repeat(ROWS * 10)}</html>`)],
  ['nothing', async () => new Uint8Array()],
  ['too much', async () => Buffer.alloc(SHEET_BYTES_MAX + 1, 65)],
])('%s is read aside as it is read here', async (_what, made) => {
  const bytes = await made();
  expect(await readSheetAside(bytes)).toEqual(await readSheet(bytes));
});

test('others have their turn while a workbook is read', async () => {
  const bytes = await workbook();
  let turns = 0;
  const turn = setInterval(() => {
    turns += 1;
  }, 1);
  const read = await readSheetAside(bytes);
  clearInterval(turn);
  expect(read.ok && read.value.lines.length).toBe(ROWS + 1);
  expect(turns).toBeGreaterThan(3);
});
