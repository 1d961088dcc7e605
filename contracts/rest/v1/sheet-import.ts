import { z } from 'zod';
import { locale } from '#contracts/wire/v1/ids';

/** What a table may come as; its content decides what it is, not its name. */
export const SHEET_TYPES = [
  'text/csv',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  'application/octet-stream',
] as const;

/** Entries of each list that are shown; the counts are of all, and the report as a file has them all. */
export const SHOWN_MAX = 500;

export const SHEET_IMPORT_BYTES_MAX = 16 * 1024 * 1024; // ten thousand people with every column are two
export const SHEET_IMPORTS_PER_MINUTE = 20;

const digest = z.string().regex(/^[0-9a-f]{64}$/, 'a digest of a dry run is 64 hexadecimal digits');

/** What to do about what the file names and the hub does not know. */
export const importOptions = z.strictObject({
  /** `create` makes departments on the way; without it an unknown one is a fault of its row. */
  departments: z.enum(['known', 'create']).default('known'),
});

export const importOrder = importOptions.extend({
  /** Of the dry run: what is imported is what was shown, or nothing is. */
  digest,
  /** `good-rows` leaves the faulty ones out; `all` imports nothing while there are any. */
  accept: z.enum(['all', 'good-rows']).default('all'),
});

export const reportOptions = importOptions.extend({ language: locale });

export const sheetFormat = z.enum(['csv', 'xlsx']);
export const sheetOptions = z.strictObject({ format: sheetFormat, language: locale });

const bilingual = { 'zh-CN': z.string(), en: z.string() };

/** Where a file is wrong, as whoever opens it counts, and what to do about it. */
export const rowFault = z.strictObject({
  line: z.int().min(1),
  /** null: of the whole row. */
  column: z.int().min(1).nullable(),
  heading: z.string().nullable(),
  /** As far as it may be shown. */
  value: z.string().nullable(),
  ...bilingual,
});
export type RowFault = z.output<typeof rowFault>;

export const rowChange = z.strictObject({
  line: z.int().min(1),
  kind: z.enum(['new', 'changed']),
  /** The employee number of a person, the path of a department. */
  key: z.string(),
  name: z.string(),
  /** As they are written in a file; `before` is empty for what is new. */
  fields: z.array(z.strictObject({ field: z.string(), before: z.string(), after: z.string() })),
});
export type RowChange = z.output<typeof rowChange>;

const named = z.strictObject({ key: z.string(), name: z.string() });

/** What a file would do, or what it did. */
export const importReport = z
  .strictObject({
    mode: z.enum(['checked', 'imported']),
    digest: z.string(),
    format: sheetFormat,
    /** Of a CSV, as it was found to be. */
    encoding: z.string().nullable(),
    /** How the headings were understood; a column without a field is left alone. */
    columns: z.array(z.strictObject({ heading: z.string(), field: z.string().nullable() })),
    rows: z.int().min(0),
    added: z.int().min(0),
    changed: z.int().min(0),
    unchanged: z.int().min(0),
    /** Rows with at least one fault. */
    faulty: z.int().min(0),
    /** Known here, and in no row. Nothing becomes of them. */
    missing: z.int().min(0),
    newDepartments: z.array(z.string()),
    faults: z.array(rowFault).max(SHOWN_MAX),
    changes: z.array(rowChange).max(SHOWN_MAX),
    missingRows: z.array(named).max(SHOWN_MAX),
  })
  .meta({ id: 'sheetImport' });
export type ImportReport = z.output<typeof importReport>;
