import type { Refusal } from '#contracts/attendance/refusal';
import { failed, ok, type Result } from '#domain/result';
import type { SheetColumn } from '#platform/sheet/sheet';

/** A column of a table that people keep, as it is called in both languages and elsewhere. */
export interface ImportColumn<Field extends string = string> {
  readonly field: Field;
  readonly 'zh-CN': string;
  readonly en: string;
  /** How other programs call it. */
  readonly aliases: readonly string[];
  readonly kind: 'text' | 'integer' | 'date';
  readonly width: number;
  /** What to write into it, for the notes of a template. */
  readonly note: { readonly 'zh-CN': string; readonly en: string };
  /** Of what is wrong in it only a part is shown. */
  readonly privacy?: 'masked';
}

/** What each column of a file is; `null` for those that are left alone. */
export interface Headings<Field extends string> {
  readonly fields: readonly (Field | null)[];
  readonly columns: readonly { readonly heading: string; readonly field: Field | null }[];
}

/** Reads the first row. Case, spaces, brackets and full-width signs make no difference. */
export function readHeadings<Field extends string>(
  cells: readonly string[],
  columns: readonly ImportColumn<Field>[],
): Result<Headings<Field>, Refusal> {
  const known = new Map(
    columns.flatMap((column) =>
      [column['zh-CN'], column.en, column.field, ...column.aliases].map(
        (name) => [keyOf(name), column.field] as const,
      ),
    ),
  );
  const fields = cells.map((cell) => known.get(keyOf(cell)) ?? null);
  const double = cells.find(
    (_, index) => fields[index] !== null && fields.indexOf(fields[index] ?? null) < index,
  );
  if (double !== undefined) return failed(twice(double));
  const [key] = columns;
  if (key !== undefined && !fields.includes(key.field)) return failed(keyMissing(key));
  return ok({
    fields,
    columns: cells.map((heading, index) => ({ heading, field: fields[index] ?? null })),
  });
}

/** The columns of an export. */
export function sheetColumns(
  columns: readonly ImportColumn[],
  language: 'zh-CN' | 'en',
): readonly SheetColumn[] {
  return columns.map(({ kind, width, ...named }) => {
    return { heading: named[language], kind, decimals: 0, width };
  });
}

function keyOf(heading: string): string {
  return heading
    .normalize('NFKC')
    .replaceAll(/\([^)]*\)/g, '')
    .replaceAll(/[\s*.:_'’-]/g, '')
    .toLowerCase();
}

function twice(heading: string): Refusal {
  return {
    path: 'file',
    'zh-CN': `“${heading}”这一列的内容已有另一列表示，请只保留一列`,
    en: `the column “${heading}” means the same as another one; keep only one of them`,
  };
}

function keyMissing(column: ImportColumn): Refusal {
  return {
    path: 'file',
    'zh-CN': `第一行里没有“${column['zh-CN']}”这一列；请下载模板，或把列名改为“${column['zh-CN']}”`,
    en: `the first row has no column “${column.en}”; take the template, or rename the column`,
  };
}
