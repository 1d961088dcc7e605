import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type ImportReport,
  type RowChange,
  type RowFault,
  SHOWN_MAX,
} from '#contracts/rest/v1/sheet-import';
import type { SheetContent } from '#platform/sheet/sheet-reader';

/** One row of a file that has no fault: what is there, and what is to be. */
export interface PlannedRow<T> {
  readonly line: number;
  readonly key: string;
  readonly name: string;
  /** In the words of a file; of what is new, everything. */
  readonly fields: RowChange['fields'];
  /** undefined for what is new. */
  readonly before: T | undefined;
  readonly after: T;
}

/** What a file would do, row by row. Nothing of it has been done. */
export interface SheetPlan<T> {
  readonly kind: 'people' | 'departments';
  readonly content: Pick<SheetContent, 'format'> & { readonly encoding?: string };
  readonly columns: ImportReport['columns'];
  readonly rows: readonly PlannedRow<T>[];
  readonly rowCount: number;
  readonly faults: readonly RowFault[];
  readonly missing: readonly { readonly key: string; readonly name: string }[];
  /** Paths, each behind the one above it. */
  readonly newDepartments: readonly string[];
  /** Of everything that was shown: the same file and the same books have the same. */
  readonly digest: string;
}

const ROWS_PER_TURN = 200; // some milliseconds of work, then whoever punches is served

/** Lets others have a turn every so many rows. */
export async function breathe(index: number): Promise<void> {
  if (index % ROWS_PER_TURN === ROWS_PER_TURN - 1) await nextTurn();
}

export function hasEffect(plan: SheetPlan<unknown>): boolean {
  return plan.newDepartments.length > 0 || plan.rows.some(({ fields }) => fields.length > 0);
}

export async function digestOf(plan: Omit<SheetPlan<unknown>, 'digest'>): Promise<string> {
  const { kind, rows, faults, newDepartments } = plan;
  const hash = createHash('sha256').update(JSON.stringify([kind, newDepartments]));
  for (const [index, { line, key, fields, before }] of rows.entries()) {
    hash.update(JSON.stringify([line, key, before === undefined, fields]));
    await breathe(index);
  }
  for (const { line, column, en } of faults) hash.update(JSON.stringify([line, column, en]));
  return hash.digest('hex');
}

/** As it is answered: counts of everything, and the first of each list. */
export function reportOf(plan: SheetPlan<unknown>, mode: ImportReport['mode']): ImportReport {
  const { content, rows, faults, missing, newDepartments } = plan;
  const changes = changesOf(plan);
  const added = rows.filter(({ before }) => before === undefined).length;
  return {
    mode,
    digest: plan.digest,
    format: content.format,
    encoding: content.encoding ?? null,
    columns: [...plan.columns],
    rows: plan.rowCount,
    added,
    changed: changes.length - added,
    unchanged: rows.length - changes.length,
    faulty: new Set(faults.map(({ line }) => line)).size,
    missing: missing.length,
    newDepartments: [...newDepartments],
    faults: faults.slice(0, SHOWN_MAX),
    changes: changes.slice(0, SHOWN_MAX),
    missingRows: missing.slice(0, SHOWN_MAX),
  };
}

export function changesOf({ rows }: SheetPlan<unknown>): RowChange[] {
  return rows
    .filter(({ before, fields }) => before === undefined || fields.length > 0)
    .map(({ line, key, name, fields, before }) => {
      return { line, kind: before === undefined ? 'new' : 'changed', key, name, fields };
    });
}
