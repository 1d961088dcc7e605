import { z } from 'zod';
import { type Refusal, readOrRefuse } from '#contracts/attendance/refusal';
import {
  extentFaultsOf,
  extentFields,
  makeupFields,
  subjectOf,
} from '#contracts/rest/v1/approval-form';
import { slug } from '#contracts/rest/v1/approval-template';
import type { ForeignForm } from '#domain/approvals/foreign/foreign-form';
import { isReversed } from '#domain/approvals/form/check-content';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** Rows of one delivery: a year of a company of ten thousand comes in a few of them. */
export const IMPORT_ROWS_MAX = 5000;

const identity = {
  /** The other system, and its own id of the form: sent again, the row does nothing. */
  source: slug,
  foreignId: z.string().trim().min(1).max(120),
  employeeNo: z
    .string()
    .trim()
    .regex(/^\w{1,20}$/, 'letters, digits and _ only, 1 to 20'),
  /** `withdrawn` takes the effect of a row back that came before. */
  status: z.enum(['approved', 'withdrawn']).default('approved'),
  /** As explanations call it. */
  name: z.string().trim().max(200).default(''),
};

/** One approved form of another system. The API sends these objects; a CSV has the same columns. */
export const foreignRow = z
  .discriminatedUnion('kind', [
    z.strictObject({
      ...identity,
      kind: z.literal('leave'),
      leaveType: slug,
      ...extentFields,
    }),
    z.strictObject({ ...identity, kind: z.enum(['trip', 'outing']), ...extentFields }),
    z.strictObject({
      ...identity,
      kind: z.literal('overtime'),
      ...extentFields,
      compensation: z.enum(['pay', 'leave']).optional(),
    }),
    z.strictObject({ ...identity, kind: z.literal('makeup'), ...makeupFields }),
  ])
  .superRefine((row, context) => {
    if (row.kind === 'makeup') return;
    for (const { path, zh, en } of extentFaultsOf(row)) {
      context.addIssue({ code: 'custom', path: [path], message: en, params: { zh } });
    }
  });
export type ForeignRow = z.output<typeof foreignRow>;

/** Each row is read by itself, so that one bad row does not hide the others. */
export const foreignImport = z.strictObject({
  rows: z.array(z.unknown()).min(1).max(IMPORT_ROWS_MAX),
  /** `refuse`: nothing is imported unless all is well; `skip`: the good rows are. */
  faulty: z.enum(['refuse', 'skip']).default('refuse'),
  /** `try` reports and changes nothing. */
  mode: z.enum(['try', 'import']).default('import'),
});

export const importFault = z.strictObject({
  /** Of the file, counted from 1 with its heading; of an array, counted from 1. */
  line: z.int().min(1),
  field: z.string(),
  'zh-CN': z.string(),
  en: z.string(),
});
export type ImportFault = z.output<typeof importFault>;

export const importReport = z.strictObject({
  mode: z.enum(['try', 'import']),
  rows: z.int().min(0),
  created: z.int().min(0),
  changed: z.int().min(0),
  withdrawn: z.int().min(0),
  same: z.int().min(0),
  faults: z.array(importFault),
});

/** A row that was read, and where it stood. */
export interface NumberedRow {
  readonly line: number;
  readonly row: ForeignRow;
}

/** Reads rows one by one; every fault says its line, its field and what to do. */
export function readForeignRows(rows: readonly { line: number; input: unknown }[]): {
  readonly rows: readonly NumberedRow[];
  readonly faults: readonly ImportFault[];
} {
  const read: NumberedRow[] = [];
  const faults: ImportFault[] = [];
  for (const { line, input } of rows) {
    const result = readOrRefuse(foreignRow, input);
    if (result.ok) read.push({ line, row: result.value });
    else faults.push(...result.refusals.map((refusal) => importFaultOf(line, refusal)));
  }
  return { rows: read, faults };
}

function importFaultOf(line: number, { path, ...text }: Refusal): ImportFault {
  return { line, field: path, 'zh-CN': text['zh-CN'], en: text.en };
}

/** A row as the rules take it, on the clock of the person's place. */
export function foreignFormOf(row: ForeignRow, personId: string, clock: ZoneClock): ForeignForm {
  const { source, foreignId, status, name } = row;
  const subject =
    row.kind === 'leave'
      ? subjectOf({ ...row, leaveTypeId: row.leaveType }, clock)
      : subjectOf(row, clock);
  return { source, foreignId, personId, status, name, subject };
}

/** What only a clock can tell about a row: that it runs forwards. */
export function clockFaultsOf(
  { line, row }: NumberedRow,
  form: ForeignForm,
): readonly ImportFault[] {
  const { subject } = form;
  if (row.kind === 'makeup' || subject.kind === 'makeup' || !isReversed(subject.extent)) return [];
  return [{ line, field: 'to', 'zh-CN': '结束必须晚于开始', en: 'to must be later than from' }];
}

/**
 * A CSV line as a row: empty cells are left out, `2026-03-02 9:00` becomes a moment, and columns and
 * words may be written in Chinese, as people who export by hand do.
 */
export function rowOfCells(cells: Readonly<Record<string, string>>): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [heading, cell] of Object.entries(cells)) {
    const text = cell.trim();
    if (text === '') continue;
    const name = COLUMNS.get(heading.trim()) ?? heading.trim();
    row[name] = valueOf(name, text);
  }
  return row;
}

const TIME_COLUMNS: ReadonlySet<string> = new Set(['from', 'to', 'at', 'date']);

function valueOf(name: string, text: string): unknown {
  if (TIME_COLUMNS.has(name)) return momentOf(text);
  if (name === 'section' && /^\d{1,3}$/.test(text)) return Number(text);
  return WORDS.get(name)?.get(text) ?? text;
}

/** `2026/3/2 9:00` and `2026-03-02 09:00` as spreadsheets write them; anything else is left as it is. */
function momentOf(text: string): string {
  const parts = /^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[ T](\d{1,2}):(\d{2})(.*))?$/.exec(text);
  if (parts === null) return text;
  const [, year, month = '', day = '', hour, minute, rest = ''] = parts;
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return hour === undefined ? date : `${date}T${hour.padStart(2, '0')}:${minute}${rest}`;
}

const COLUMNS: ReadonlyMap<string, string> = new Map([
  ['来源', 'source'],
  ['单号', 'foreignId'],
  ['工号', 'employeeNo'],
  ['类型', 'kind'],
  ['状态', 'status'],
  ['名称', 'name'],
  ['假期类型', 'leaveType'],
  ['开始', 'from'],
  ['结束', 'to'],
  ['开始半天', 'fromHalf'],
  ['结束半天', 'toHalf'],
  ['补偿', 'compensation'],
  ['日期', 'date'],
  ['上下班', 'duty'],
  ['时段', 'section'],
  ['补卡时间', 'at'],
  ['原因', 'reason'],
]);

const HALVES: ReadonlyMap<string, string> = new Map([
  ['上午', 'am'],
  ['下午', 'pm'],
]);

const WORDS: ReadonlyMap<string, ReadonlyMap<string, string>> = new Map([
  [
    'kind',
    new Map([
      ['请假', 'leave'],
      ['出差', 'trip'],
      ['外出', 'outing'],
      ['加班', 'overtime'],
      ['补卡', 'makeup'],
    ]),
  ],
  [
    'status',
    new Map([
      ['已通过', 'approved'],
      ['已撤销', 'withdrawn'],
    ]),
  ],
  ['fromHalf', HALVES],
  ['toHalf', HALVES],
  [
    'compensation',
    new Map([
      ['加班费', 'pay'],
      ['调休', 'leave'],
    ]),
  ],
  [
    'duty',
    new Map([
      ['上班', 'on'],
      ['下班', 'off'],
    ]),
  ],
  [
    'reason',
    new Map([
      ['缺卡', 'missing'],
      ['迟到', 'late'],
      ['早退', 'early'],
      ['其他', 'other'],
    ]),
  ],
]);
