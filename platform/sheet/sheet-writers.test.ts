import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { readXlsx } from 'hucre/xlsx';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { csvOf } from '#platform/sheet/csv-writer';
import { guarded, unguarded } from '#platform/sheet/formula-guard';
import { jsonOf } from '#platform/sheet/json-writer';
import { plainText, type Sheet, type SheetColumn, type SheetRow } from '#platform/sheet/sheet';
import { writeSheetFile } from '#platform/sheet/sheet-file';
import { SheetLimitError, XLSX_TEXT_MAX, xlsxOf } from '#platform/sheet/xlsx-writer';

/*
 * Goal: what is written is what was given, in every format, and harms nobody who opens it. Method:
 * workbooks are read back by a library that did not write them.
 */

const column = (kind: SheetColumn['kind'], heading: string, decimals = 0): SheetColumn => ({
  heading,
  kind,
  decimals,
  width: 12,
});

const COLUMNS = [
  column('text', '工号'),
  column('text', '姓名'),
  column('date', '日期'),
  column('integer', '迟到次数'),
  column('decimal', '工时', 2),
  column('duration', '加班'),
];

const NOTES = { name: '说明', heading: ['列', '含义'], lines: [['工时', '小时']] } as const;

function sheetOf(rows: readonly SheetRow[], columns: readonly SheetColumn[] = COLUMNS): Sheet {
  return { name: '考勤', columns, rows };
}

const WANG: SheetRow = ['0042', '王, "小"', '2026-03-01', 3, -1250, 633_600];

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}

describe('a CSV', () => {
  test('is UTF-8 with a mark, quoted where RFC 4180 asks for it', async () => {
    const text = (
      await bytesOf(csvOf(sheetOf([WANG, ['1', 'a\nb', null, null, 5, 59]])))
    ).toString();
    expect(text).toBe(
      '\u{FEFF}工号,姓名,日期,迟到次数,工时,加班\r\n' +
        '0042,"王, ""小""",2026-03-01,3,-12.50,176:00:00\r\n' +
        '1,"a\nb",,,0.05,0:00:59\r\n',
    );
  });

  test.each([
    ['=HYPERLINK("http://x")', 'a formula'],
    ['+86 138', 'a plus'],
    ['-1+1', 'a minus'],
    ['@SUM(1)', 'an at sign'],
    ['\t=1', 'a tabulator'],
    ['\r=1', 'a carriage return'],
    [' =1', 'blanks before it'],
    ['＝1', 'a wide sign'],
  ])('%j is not executed: %s', async (text) => {
    const csv = (await bytesOf(csvOf(sheetOf([[text]], [column('text', 'a')])))).toString();
    expect(csv.split('\r\n').slice(1).join('\r\n')).toMatch(/^"?'/);
    expect(unguarded(guarded(text))).toBe(text);
  });

  test('guards nothing that is harmless, and headings too', async () => {
    expect(guarded('a=b')).toBe('a=b');
    const csv = await bytesOf(csvOf(sheetOf([[-5]], [column('integer', '=1')])));
    expect(csv.toString()).toBe("\u{FEFF}'=1\r\n-5\r\n");
  });

  test('gives every text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(unguarded(guarded(text))).toBe(text);
        expect(guarded(text)).not.toMatch(/^[=+\-@\t\r]/);
      }),
    );
  });
});

describe('JSON', () => {
  test('is one object a line, or an array of the same', async () => {
    const object = {
      工号: '0042',
      姓名: '王, "小"',
      日期: '2026-03-01',
      迟到次数: 3,
      工时: '-12.50',
      加班: 633_600,
    };
    const lines = (await bytesOf(jsonOf(sheetOf([WANG, WANG]), 'lines'))).toString();
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual([object, object]);
    const array = (await bytesOf(jsonOf(sheetOf([WANG, WANG]), 'array'))).toString();
    expect(JSON.parse(array)).toEqual([object, object]);
  });

  test('of nothing is an empty array, or no line', async () => {
    expect(JSON.parse((await bytesOf(jsonOf(sheetOf([]), 'array'))).toString())).toEqual([]);
    expect((await bytesOf(jsonOf(sheetOf([]), 'lines'))).length).toBe(0);
  });
});

describe('a workbook', () => {
  test('has typed cells, a frozen heading and a sheet of notes', async () => {
    const bytes = await bytesOf(
      xlsxOf(sheetOf([WANG, [null, null, null, null, null, null]]), NOTES),
    );
    const { sheets } = await readXlsx(bytes, { readStyles: true });
    const [rows, notes] = sheets;
    expect(rows?.name).toBe('考勤');
    expect(rows?.rows[0]).toEqual(COLUMNS.map(({ heading }) => heading));
    const [no, name, date, late, hours, overtime] = rows?.rows[1] ?? [];
    expect([no, name, late, hours]).toEqual(['0042', '王, "小"', 3, -12.5]);
    expect(JSON.stringify(date)).toBe('"2026-03-01T00:00:00.000Z"');
    expect(JSON.stringify(overtime)).toContain('T08:00:00');
    expect(rows?.cells?.get('1,4')?.style?.numFmt).toBe('0.00');
    expect(rows?.freezePane).toMatchObject({ rows: 1 });
    expect(notes?.rows).toEqual([
      ['列', '含义'],
      ['工时', '小时'],
    ]);
  });

  test('is the same bytes for the same rows', async () => {
    const rows = Array.from({ length: 500 }, () => WANG);
    const [one, other] = [xlsxOf(sheetOf(rows), NOTES), xlsxOf(sheetOf(rows), NOTES)];
    expect((await bytesOf(one)).equals(await bytesOf(other))).toBe(true);
  });

  test('carries every text, formulas and control characters included, as text', async () => {
    const texts = fc.array(fc.string({ unit: 'binary', minLength: 1 }), { minLength: 1 });
    const odd = ['=1+1', '_x0041_', 'a\u0001b', '<&">', ' x ', 'a\r\nb', '😀', '0042'];
    await fc.assert(
      fc.asyncProperty(texts, async (given) => {
        const rows = [...given, ...odd].map((text) => [text]);
        const bytes = await bytesOf(xlsxOf(sheetOf(rows, [column('text', 'a')]), NOTES));
        const { sheets } = await readXlsx(bytes);
        const read = sheets[0]?.rows.slice(1).map(([text]) => text);
        expect(read).toEqual(rows.map(([text]) => text?.toWellFormed()));
      }),
      { numRuns: 50 },
    );
  });

  test('names its columns beyond Z', async () => {
    const columns = Array.from({ length: 703 }, (_, index) => column('integer', `c${index}`));
    const row = columns.map((_, index) => index);
    const { sheets } = await readXlsx(await bytesOf(xlsxOf(sheetOf([row], columns), NOTES)));
    expect(sheets[0]?.rows[1]).toEqual(row);
  });

  test('refuses a cell that Excel would call damaged', async () => {
    const sheet = sheetOf([['x'.repeat(XLSX_TEXT_MAX + 1)]], [column('text', 'a')]);
    await expect(bytesOf(xlsxOf(sheet, NOTES))).rejects.toThrow(SheetLimitError);
  });

  test('fails when its rows fail, and lets go of them when nobody reads on', async () => {
    let isOpen = true;
    function* rows(): Generator<SheetRow> {
      try {
        for (let count = 0; ; count += 1) yield [`${count}`.repeat(50)];
      } finally {
        isOpen = false;
      }
    }
    const endless = { ...sheetOf([], [column('text', 'a')]), rows: rows() };
    for await (const chunk of xlsxOf(endless, NOTES)) if (chunk.length > 10_000) break;
    await expect.poll(() => isOpen).toBe(false);
    const broken = { ...sheetOf([]), rows: failing() };
    await expect(bytesOf(xlsxOf(broken, NOTES))).rejects.toThrow('the database is gone');
  });
});

async function* failing(): AsyncGenerator<SheetRow> {
  yield WANG;
  await Promise.resolve();
  throw new Error('the database is gone');
}

describe('a cell', () => {
  test('of the wrong kind is a bug', () => {
    expect(() => plainText('x', column('integer', 'a'))).toThrow('words stand');
    expect(() => plainText(1, column('text', 'a'))).toThrow('a number stands');
    expect(() => plainText(1.5, column('integer', 'a'))).toThrow('whole');
  });

  test.each([
    [-5, 'decimal', 2, '-0.05'],
    [7, 'decimal', 0, '7'],
    [-3661, 'duration', 0, '-1:01:01'],
  ] as const)('%s as %s with %s decimals is %s', (value, kind, decimals, text) => {
    expect(plainText(value, column(kind, 'a', decimals))).toBe(text);
  });
});

describe('a file', () => {
  let folder = '';
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'lintel-sheet-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('is complete, private, and hashed on the way', async () => {
    const path = join(folder, 'a.csv');
    const { bytes, sha256 } = await writeSheetFile(path, csvOf(sheetOf([WANG])));
    const content = readFileSync(path);
    expect(bytes).toBe(content.length);
    expect(sha256).toBe(createHash('sha256').update(content).digest('hex'));
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  test('that could not be finished leaves the old one and no draft', async () => {
    const path = join(folder, 'b.csv');
    const { sha256 } = await writeSheetFile(path, csvOf(sheetOf([WANG])));
    const broken = { ...sheetOf([]), rows: failing() };
    await expect(writeSheetFile(path, csvOf(broken))).rejects.toThrow('the database is gone');
    expect(createHash('sha256').update(readFileSync(path)).digest('hex')).toBe(sha256);
    expect(existsSync(`${path}.part`)).toBe(false);
  });
});
