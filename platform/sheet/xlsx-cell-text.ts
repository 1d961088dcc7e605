import type { Cell, CellValue } from 'hucre/xlsx';
import { failed, ok, type Result } from '#domain/result';
import type { CellFaultReason } from '#platform/sheet/sheet-fault';

const DIGITS_MAX = 15; // IEEE 754 as spreadsheets show it
const IMPRECISE_FROM = 10 ** DIGITS_MAX;

/**
 * A cell as words, the same that a CSV would hold: `0042`, `12.5`, `2026-03-01`, `176:30:00`. No
 * formula is worked out: what it last came to is read, or the cell is refused.
 *
 * @param special what is known of cells that are more than a word or a number
 */
export function xlsxCellText(
  value: CellValue,
  special: Cell | undefined,
): Result<string, CellFaultReason> {
  if (special?.type === 'error') return failed('errorValue');
  if (special?.formula === undefined) return textOf(value, special?.style?.numFmt);
  const result = special.formulaResult ?? value;
  if (result === null) return failed('formulaUncomputed');
  if (typeof result === 'string' && ERRORS.has(result)) return failed('errorValue');
  return textOf(result, special.style?.numFmt);
}

/** ECMA-376 18.17.3, and what newer editions add. */
const ERRORS: ReadonlySet<string> = new Set([
  '#NULL!',
  '#DIV/0!',
  '#VALUE!',
  '#REF!',
  '#NAME?',
  '#NUM!',
  '#N/A',
  '#GETTING_DATA',
  '#SPILL!',
  '#CALC!',
]);

function textOf(value: CellValue, format: string | undefined): Result<string, CellFaultReason> {
  if (value === null) return ok('');
  if (typeof value === 'string') return ok(value);
  if (typeof value === 'boolean') return ok(value ? 'TRUE' : 'FALSE');
  if (typeof value === 'number') return numberText(value);
  return ok(timeText(value.getTime(), format));
}

function numberText(value: number): Result<string, CellFaultReason> {
  if (Math.abs(value) >= IMPRECISE_FROM) return failed('numberImprecise');
  const rounded = Number(value.toPrecision(DIGITS_MAX)); // 0.30000000000000004 is shown as 0.3
  const text = String(rounded);
  return ok(text.includes('e') ? rounded.toFixed(20).replace(/\.?0+$/, '') : text);
}

const MONTH_OF_LEAP_DAY = '1900-03-01'; // up to here Excel is a day behind itself
const EPOCH_1904 = '1904-01-01';

/** Spreadsheets know only numbers of days; the format tells whether a date or a length is meant. */
function timeText(epochMs: number, format: string | undefined): string {
  const seconds = Math.round(epochMs / 1000);
  const at = Temporal.Instant.fromEpochMilliseconds(seconds * 1000)
    .toZonedDateTimeISO('UTC')
    .toPlainDateTime();
  const kind = kindOf(format, at.year);
  if (kind === 'length') return lengthText(at);
  const time = at.toPlainTime().toString();
  if (kind === 'time') return time;
  return time === '00:00:00'
    ? at.toPlainDate().toString()
    : `${at.toPlainDate().toString()} ${time}`;
}

/** Formats without a code are the built-in ones of East Asian editions: dates, all but a few. */
function kindOf(format: string | undefined, year: number): 'date' | 'time' | 'length' {
  if (format === undefined) return year < 1901 ? 'time' : 'date';
  if (/\[(?:h+|m+|s+)\]/i.test(format)) return 'length';
  const bare = format.replaceAll(/"[^"]*"|\[[^\]]*\]|\\./g, '');
  return /[yd]/i.test(bare) || !/[hs]/i.test(bare) ? 'date' : 'time';
}

function lengthText(at: Temporal.PlainDateTime): string {
  const from = zeroOf(at.toPlainDate()).toPlainDateTime('00:00');
  const seconds = from.until(at, { largestUnit: 'seconds' }).seconds;
  const two = String(Math.floor(seconds / 60) % 60).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two}:${String(seconds % 60).padStart(2, '0')}`;
}

/** The day a length of nothing would be. Lengths above four years are read in the 1904 system. */
function zeroOf(date: Temporal.PlainDate): Temporal.PlainDate {
  if (Temporal.PlainDate.compare(date, EPOCH_1904) >= 0) return Temporal.PlainDate.from(EPOCH_1904);
  const isAfter = Temporal.PlainDate.compare(date, MONTH_OF_LEAP_DAY) >= 0;
  return Temporal.PlainDate.from(isAfter ? '1899-12-30' : '1899-12-31');
}
