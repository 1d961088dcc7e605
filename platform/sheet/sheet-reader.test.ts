import { crc32, deflateRawSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Sheet, SheetColumn, SheetRow } from '#platform/sheet/sheet';
import { sheetFaultText } from '#platform/sheet/sheet-fault';
import {
  readSheet,
  SHEET_BYTES_MAX,
  SHEET_COLUMNS_MAX,
  SHEET_ROWS_MAX,
} from '#platform/sheet/sheet-reader';
import { frameParts } from '#platform/sheet/xlsx-parts';
import { xlsxOf } from '#platform/sheet/xlsx-writer';
import { UNPACKED_BYTES_MAX } from '#platform/sheet/zip-index';
import { type ZipPart, zipOf } from '#platform/sheet/zip-writer';

/*
 * Goal: a file from anybody is read as a table or refused with what to do, and costs little either way.
 * Method: workbooks are made part by part, so that each lies in exactly one thing.
 */

async function bytesOf(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const chunk of chunks) pieces.push(chunk);
  return Buffer.concat(pieces);
}

type Xml = Readonly<Record<string, string>>;

async function archiveOf(parts: Xml): Promise<Buffer> {
  const entries = Object.entries(parts).map(([path, xml]): ZipPart => {
    return { path, bytes: [Buffer.from(xml)] };
  });
  return await bytesOf(zipOf(entries));
}

const FORMATS = ['yyyy-mm-dd', '[h]:mm:ss', 'h:mm', 'yyyy"年"m"月"d"日" h:mm'];
const [DATE, LENGTH, TIME, DATE_TIME] = [3, 4, 5, 6];

const sheetXml = (data: string): string =>
  `<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${data}</sheetData></worksheet>`;

function workbookParts(rows: string, more: Xml = {}): Xml {
  const frame = frameParts(['考勤', '说明'], FORMATS).map(({ path, xml }) => [path, xml] as const);
  return {
    ...Object.fromEntries(frame),
    'xl/worksheets/sheet1.xml': sheetXml(rows),
    'xl/worksheets/sheet2.xml': sheetXml(''),
    ...more,
  };
}

async function readRows(rows: string): ReturnType<typeof readSheet> {
  return await readSheet(await archiveOf(workbookParts(rows)));
}

const cell = (at: string, value: string, style = 0): string =>
  `<c r="${at}" s="${style}"><v>${value}</v></c>`;

function column(kind: SheetColumn['kind'], decimals = 0): SheetColumn {
  return { heading: kind, kind, decimals, width: 10 };
}

describe('a workbook', () => {
  test.each([
    [cell('A1', '12.5'), '12.5', 'a number'],
    [cell('A1', '0.30000000000000004'), '0.3', 'as it is shown'],
    [cell('A1', '0.0000001'), '0.0000001', 'without an exponent'],
    [cell('A1', '-3'), '-3', 'a negative one'],
    [cell('A1', '46082', DATE), '2026-03-01', 'a date'],
    [cell('A1', '46082.37152777778', DATE_TIME), '2026-03-01 08:55:00', 'a date with a time'],
    [cell('A1', '7.333333333333333', LENGTH), '176:00:00', 'a length beyond a day'],
    [cell('A1', '100', LENGTH), '2400:00:00', 'a length beyond the February that never was'],
    [cell('A1', '0.37152777778', TIME), '08:55:00', 'a time of day'],
    ['<c r="A1" t="b"><v>1</v></c>', 'TRUE', 'a truth'],
    ['<c r="A1" t="b"><v>0</v></c>', 'FALSE', 'its opposite'],
    ['<c r="A1" t="inlineStr"><is><t>0042</t></is></c>', '0042', 'a text keeps its zeros'],
    ['<c r="A1"><f>1+1</f><v>2</v></c>', '2', 'what a formula last came to'],
    ['<c r="A1" t="str"><f>"a"</f><v>a</v></c>', 'a', 'or said'],
  ])('%s is read as %s: %s', async (xml, text) => {
    const read = await readRows(`<row r="1">${xml}</row>`);
    expect(read.ok && read.value.faults).toEqual([]);
    expect(read.ok && read.value.lines).toEqual([{ line: 1, cells: [text] }]);
  });

  test.each([
    ['<c r="B2" t="e"><v>#N/A</v></c>', 'errorValue'],
    ['<c r="B2" t="e"><f>1/0</f><v>#DIV/0!</v></c>', 'errorValue'],
    ['<c r="B2"><f>HYPERLINK("http://x")</f></c>', 'formulaUncomputed'],
    [cell('B2', '320106199001011234'), 'numberImprecise'],
    [`<c r="B2" t="inlineStr"><is><t>${'x'.repeat(32_768)}</t></is></c>`, 'cellTooLong'],
  ])('tells where %.30s is, and why it cannot stay', async (xml, reason) => {
    const read = await readRows(`<row r="2">${cell('A2', '1')}${xml}</row>`);
    expect(read.ok && read.value.faults).toEqual([{ reason, line: 2, column: 2 }]);
  });

  test('keeps the rows of the file, and passes over empty ones', async () => {
    const read = await readRows(
      `<row r="1">${cell('A1', '1')}</row><row r="4">${cell('C4', '2')}</row>`,
    );
    expect(read.ok && read.value.lines).toEqual([
      { line: 1, cells: ['1'] },
      { line: 4, cells: ['', '', '2'] },
    ]);
  });

  test('reads the first sheet that can be seen', async () => {
    const parts = workbookParts(`<row r="1">${cell('A1', '1')}</row>`);
    const hidden =
      parts['xl/workbook.xml']?.replace('sheetId="1"', 'sheetId="1" state="hidden"') ?? '';
    const sheet2 = parts['xl/worksheets/sheet1.xml']?.replace('<v>1<', '<v>2<') ?? '';
    const read = await readSheet(
      await archiveOf({ ...parts, 'xl/workbook.xml': hidden, 'xl/worksheets/sheet2.xml': sheet2 }),
    );
    expect(read).toMatchObject({ ok: true, value: { sheet: '说明', lines: [{ cells: ['2'] }] } });
  });

  test('of our own is read as it was written', async () => {
    const columns = [
      column('text'),
      column('integer'),
      column('decimal', 2),
      column('date'),
      column('duration'),
    ];
    const rows: SheetRow[] = [['=1+1', -3, 1250, '2026-03-01', 633_600]];
    const sheet: Sheet = { name: '考勤', columns, rows };
    const notes = { name: '说明', heading: ['a', 'b'], lines: [] } as const;
    const read = await readSheet(await bytesOf(xlsxOf(sheet, notes)));
    expect(read.ok && read.value.lines[1]?.cells).toEqual([
      '=1+1',
      '-3',
      '12.5',
      '2026-03-01',
      '176:00:00',
    ]);
  });
});

function utf16(name: string): Buffer {
  const magic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  return Buffer.concat([magic, Buffer.alloc(512), Buffer.from(name, 'utf16le')]);
}

const ROW = `<row r="1">${cell('A1', '1')}</row>`;

describe('a file that is no table is refused with what to do:', () => {
  test.each([
    ['empty', Buffer.alloc(0)],
    ['tooManyBytes', Buffer.alloc(SHEET_BYTES_MAX + 1, 'a')],
    ['encrypted', utf16('EncryptedPackage')],
    ['oldExcel', utf16('Workbook')],
    ['notASheet', utf16('WordDocument')],
    ['webPage', Buffer.from('\u{FEFF}<html><table><tr><td>1</td></tr></table></html>')],
    ['damaged', Buffer.from('PK\u0003\u0004 and no more')],
    ['unknownEncoding', Buffer.from('%PDF-1.7\n\u0000\u0000\u0001\u0000\u0002', 'latin1')],
    ['empty', Buffer.from('\r\n\r\n')],
    ['tooManyColumns', Buffer.from(`${','.repeat(SHEET_COLUMNS_MAX)}a\n`)],
    ['tooManyRows', Buffer.from('a\n'.repeat(SHEET_ROWS_MAX + 1))],
  ] as const)('%s', async (reason, bytes) => {
    expect(await readSheet(bytes)).toEqual({ ok: false, failure: reason });
    expect(sheetFaultText(reason)['zh-CN']).not.toBe('');
  });

  test.each([
    ['macros', workbookParts(ROW, { 'xl/vbaProject.bin': 'x' })],
    ['binaryExcel', { 'xl/workbook.bin': 'x' }],
    ['openDocument', { mimetype: 'application/vnd.oasis', 'content.xml': '<a/>' }],
    ['notASheet', { 'word/document.xml': '<a/>' }],
    ['damaged', { 'xl/workbook.xml': '<a/>' }],
    ['damaged', workbookParts(`${ROW}<row r="1048576">${cell('XFD1048576', '1')}</row>`)],
    ['tooManyColumns', workbookParts(`<row r="1">${cell('XFD1', '1')}</row>`)],
    ['empty', workbookParts('')],
  ] as const)('%s %#', async (reason, parts) => {
    expect(await readSheet(await archiveOf(parts))).toEqual({ ok: false, failure: reason });
  });

  test('noSheet', async () => {
    const parts = workbookParts(ROW);
    const hidden = parts['xl/workbook.xml']?.replaceAll('sheetId', 'state="hidden" sheetId') ?? '';
    const bytes = await archiveOf({ ...parts, 'xl/workbook.xml': hidden });
    expect(await readSheet(bytes)).toEqual({ ok: false, failure: 'noSheet' });
  });
});

interface Forged {
  readonly flags: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly path: string;
}

/** An archive of one honest part, whose directory says something else of it. */
function forged(change: Partial<Forged>, count = 1): Buffer {
  const content = Buffer.from('<a/>');
  const body = deflateRawSync(content);
  const told = {
    flags: 0,
    packed: body.length,
    unpacked: content.length,
    path: 'xl/workbook.xml',
    ...change,
  };
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(8, 8);
  local.writeUInt16LE(told.path.length, 26);
  const entry = Buffer.alloc(46);
  entry.writeUInt32LE(0x02014b50, 0);
  entry.writeUInt16LE(told.flags, 8);
  entry.writeUInt16LE(8, 10);
  entry.writeUInt32LE(crc32(content), 16);
  entry.writeUInt32LE(told.packed, 20);
  entry.writeUInt32LE(told.unpacked, 24);
  entry.writeUInt16LE(told.path.length, 28);
  const path = Buffer.from(told.path);
  const start = Buffer.concat([local, path, body]);
  const directory = Array.from({ length: count }, () => Buffer.concat([entry, path]));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(start.length, 16);
  return Buffer.concat([start, ...directory, end]);
}

describe('a lying archive is refused before it is unpacked:', () => {
  test.each([
    ['bomb', 'more than memory is meant for', { unpacked: UNPACKED_BYTES_MAX + 1 }, 1],
    ['bomb', 'a part that swells', { packed: 1000, unpacked: 100_000_000 }, 1],
    ['bomb', 'parts that lie over each other', { packed: 500 }, 20],
    ['bomb', 'a thousand parts', {}, 1000],
    ['damaged', 'two parts of one name', {}, 2],
    ['damaged', 'a part without a size', { unpacked: 0 }, 1],
    ['damaged', 'a part whose size follows', { flags: 8, packed: 0, unpacked: 0 }, 1],
    ['encrypted', 'a part with a password', { flags: 1 }, 1],
  ] as const)('%s, %s', async (reason, _what, change, count) => {
    expect(await readSheet(forged(change, count))).toEqual({ ok: false, failure: reason });
  });

  test('a part that is larger than it says is not unpacked further', async () => {
    const rows = `<row r="1"><c r="A1" t="inlineStr"><is><t>${'x'.repeat(5000)}</t></is></c></row>`;
    const bytes = await archiveOf(workbookParts(rows));
    const at = bytes.lastIndexOf('xl/worksheets/sheet1.xml') - 46;
    bytes.writeUInt32LE(100, at + 24);
    expect(await readSheet(bytes)).toEqual({ ok: false, failure: 'damaged' });
  });
});

describe('every file', () => {
  test('has an answer, whatever its bytes', async () => {
    const whole = await archiveOf(workbookParts(ROW));
    const torn = fc
      .tuple(fc.nat(whole.length - 1), fc.integer({ min: 0, max: 255 }), fc.nat(whole.length))
      .map(([at, byte, length]) => {
        const bytes = Buffer.from(whole);
        bytes[at] = byte;
        return length % 3 === 0 ? bytes.subarray(0, length) : bytes;
      });
    await fc.assert(
      fc.asyncProperty(fc.oneof(torn, fc.uint8Array({ maxLength: 300 })), async (bytes) => {
        expect(await readSheet(bytes)).toHaveProperty('ok');
      }),
      { numRuns: 300 },
    );
  });
});
