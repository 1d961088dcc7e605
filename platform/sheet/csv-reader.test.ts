import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { csvLines } from '#platform/sheet/csv-lines';
import { readCsv } from '#platform/sheet/csv-reader';

/*
 * Goal: a CSV of whatever program is read as it was meant, or refused with the place of each fault.
 * Method: encodings as real bytes, and another parser to agree with.
 */

const GBK = Buffer.from('b9a4bac52cd0d5c3fb0d0a303034322cd0a1cdf50d0a', 'hex'); // 工号,姓名 0042,小王
const BIG5 = Buffer.from('a475b8b92ca96da5570d0a303034322ca470a4fd0d0a', 'hex'); // the same in Big5

const TABLE = '工号,姓名\r\n0042,小王\r\n';
const ROWS = [
  { line: 1, cells: ['工号', '姓名'] },
  { line: 2, cells: ['0042', '小王'] },
];

function utf16(text: string, order: 'le' | 'be'): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return order === 'le' ? bytes : bytes.swap16();
}

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;

const contentOf = (text: string) => readCsv(Buffer.from(text));

describe('a CSV', () => {
  test.each([
    ['utf-8', Buffer.from(TABLE), 'without a mark'],
    ['utf-8', Buffer.from(`\u{FEFF}${TABLE}`), 'with a mark'],
    ['utf-16le', utf16(`\u{FEFF}${TABLE}`, 'le'), 'as “Unicode text” of Excel'],
    ['utf-16be', utf16(`\u{FEFF}${TABLE}`, 'be'), 'the other way round'],
    ['utf-16le', utf16(TABLE, 'le'), 'without a mark'],
    ['utf-16be', utf16(TABLE, 'be'), 'the other way round without a mark'],
    ['gb18030', GBK, 'as Excel saves it in China'],
  ] as const)('in %s is read %#', (encoding, bytes, _how) => {
    expect(readCsv(bytes)).toMatchObject({
      ok: true,
      value: { encoding, lines: ROWS, faults: [] },
    });
  });

  test.each([
    ['Big5', BIG5],
    ['Latin-1', Buffer.from('name\r\nM\u00fcller\r\n', 'latin1')],
    ['nothing at all', Buffer.from([0x41, 0, 0, 0x42, 0, 0x43])],
    ['text with a lonely zero', Buffer.from(`${'a,b\r\n'.repeat(50)}\0`)],
    ['UTF-16 cut in the middle of a character', Buffer.from([0xff, 0xfe, 0x41, 0x00, 0x3d, 0xd8])],
  ])('in %s is refused, not guessed', (_name, bytes) => {
    expect(readCsv(bytes)).toEqual({ ok: false, failure: 'unknownEncoding' });
  });

  test.each([
    ['a,b;c\r\n1,2\r\n', ',', ['a', 'b;c']],
    ['a;b\n1,5;2\n', ';', ['a', 'b']],
    ['a\tb\n', '\t', ['a', 'b']],
    ['"a,b,c";d\n', ';', ['a,b,c', 'd']],
    ['alone\n', ',', ['alone']],
    ['sep=;\r\na,b;c\r\n', ';', ['a,b', 'c']],
  ])('%j is cut at %j', (text, separator, cells) => {
    expect(contentOf(text)).toMatchObject({ ok: true, value: { separator } });
    const read = contentOf(text);
    expect(read.ok && read.value.lines[0]?.cells).toEqual(cells);
  });

  test('keeps the lines of the file, past blank ones, line ends in cells and declarations', () => {
    const read = contentOf('sep=,\n\n"a\r\nb",c\r\rd\n');
    expect(read.ok && read.value.lines).toEqual([
      { line: 3, cells: ['a\r\nb', 'c'] },
      { line: 6, cells: ['d'] },
    ]);
  });

  test('tells every fault with its place, and reads on', () => {
    const text = 'a,b\n1,5"\n"2"x,3\n"4\n5",6\n7,"8\n9,10\n';
    const read = contentOf(text);
    expect(read.ok && read.value.faults).toEqual([
      { reason: 'quoteStray', line: 2, column: 2 },
      { reason: 'quoteStray', line: 3, column: 1 },
      { reason: 'quoteUnclosed', line: 6, column: 2 },
    ]);
    expect(read.ok && read.value.lines.at(-1)).toEqual({ line: 7, cells: ['9', '10'] });
  });

  test('gives back what was guarded against execution', () => {
    const read = contentOf("'=1+1,'plain\n");
    expect(read.ok && read.value.lines[0]?.cells).toEqual(['=1+1', "'plain"]);
  });

  test('may not hide a book in a cell', () => {
    const read = contentOf(`a\n"${'x'.repeat(32_768)}"\n`);
    expect(read.ok && read.value.faults).toEqual([{ reason: 'cellTooLong', line: 2, column: 1 }]);
  });
});

describe('every CSV', () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '"', ',', ';', '\n', '\r', ' ', '王') });
  const rows = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 5 });

  test('that is well formed is read as another parser reads it', () => {
    fc.assert(
      fc.property(rows, fc.constantFrom('\n', '\r\n'), (table, end) => {
        const text = table.map((row) => row.map(quoted).join(',') + end).join('');
        const { lines, faults } = csvLines(text, ',');
        expect(faults).toEqual([]);
        expect(lines.map(({ cells }) => cells)).toEqual(
          parse(text, { relax_column_count: true, record_delimiter: end }),
        );
      }),
    );
  });

  test('comes to an end, and its faults lie inside it', () => {
    const noise = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r') });
    fc.assert(
      fc.property(noise, (text) => {
        const { faults } = csvLines(text, ',');
        const last = text.split(/\r\n|\r|\n/).length;
        expect(faults.every(({ line }) => line >= 1 && line <= last)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
