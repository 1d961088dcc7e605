import { newDepartment } from '#contracts/rest/v1/departments';
import { coversArea, type Reach } from '#domain/authority/reach';
import { listOf, listText } from '#hub/people/sheet/cell-text';
import { DEPARTMENT_COLUMNS, type DepartmentField } from '#hub/people/sheet/department-columns';
import type { DepartmentPaths } from '#hub/people/sheet/department-paths';
import * as reasons from '#hub/people/sheet/department-reasons';
import { PATHS } from '#hub/people/sheet/people-reasons';
import type { FieldFault, SheetRow } from '#hub/people/sheet/row-fault';
import type { PlannedRow } from '#hub/people/sheet/sheet-plan';
import type { StoredDepartment } from '#hub/storage/department-repository';
import type { DirectoryEntry } from '#hub/storage/directory-repository';

type DepartmentRow = SheetRow<DepartmentField>;
type Planned = PlannedRow<StoredDepartment>;

/** Everything a row is held against, read once. */
export interface KnownDepartments {
  readonly paths: DepartmentPaths;
  readonly stored: ReadonlyMap<string, StoredDepartment>;
  readonly people: readonly DirectoryEntry[];
  readonly reach: Reach;
  readonly unknown: 'refused' | 'made';
}

export interface DraftRow {
  readonly row: DepartmentRow;
  readonly after: StoredDepartment;
  readonly faults: FieldFault<DepartmentField>[];
}

/** Holds every row against what is known and against the other rows. Changes nothing. */
export function draftRows(
  rows: readonly DepartmentRow[],
  known: KnownDepartments,
): readonly DraftRow[] {
  const lines = new Map<string, number>();
  // Parents may stand behind their children: first all paths, then what is said of them.
  const named = new Set(rows.map(({ cells }) => (cells.get('path') ?? '').trim()));
  return rows.map((row) => {
    const draft = draftOf(row, named, known);
    const first = lines.get(draft.after.id);
    if (first === undefined) lines.set(draft.after.id, row.line);
    else draft.faults.push({ field: 'path', reason: reasons.repeated(first) });
    return draft;
  });
}

function draftOf(
  row: DepartmentRow,
  named: ReadonlySet<string>,
  known: KnownDepartments,
): DraftRow {
  const faults: FieldFault<DepartmentField>[] = [];
  const path = (row.cells.get('path') ?? '').trim();
  const isOwnParentKnown = known.unknown === 'made' || isBelowNamed(path, named, known);
  const found = known.paths.find(path, isOwnParentKnown ? 'made' : 'refused');
  if (!found.ok) faults.push({ field: 'path', reason: PATHS[found.failure] });
  const id = found.ok ? found.value : row.line.toString();
  const before = known.stored.get(id);
  const names = path.split(/[/／\\]/);
  const blank = { id, parentId: null, name: names.at(-1)?.trim() ?? '', nameEn: null, position: 0 };
  const made = known.paths.madeFor([id]).at(-1);
  const whole = before ?? made ?? { ...blank, heads: [], version: 1 };
  const after = { ...whole, ...fieldsFrom(row, known, before, faults) };
  if (found.ok && !mayWrite(known, before, after)) {
    faults.push({ field: 'path', reason: reasons.BEYOND_REACH });
  }
  return { row, after, faults };
}

/** At the top, or below one that is there or in the file. */
function isBelowNamed(
  path: string,
  named: ReadonlySet<string>,
  { paths }: KnownDepartments,
): boolean {
  const above = path
    .split(/[/／\\]/)
    .slice(0, -1)
    .join('/');
  return above === '' || named.has(above) || paths.find(above, 'refused').ok;
}

function mayWrite(
  { reach, paths }: KnownDepartments,
  before: StoredDepartment | undefined,
  after: StoredDepartment,
): boolean {
  const standing = before === undefined ? paths.standing(after.id) : before.id;
  if (standing === null) return reach.kind === 'everybody';
  return coversArea(reach, { departments: new Set([standing]), sites: null });
}

function fieldsFrom(
  { cells }: DepartmentRow,
  { people }: KnownDepartments,
  before: StoredDepartment | undefined,
  faults: FieldFault<DepartmentField>[],
): Partial<StoredDepartment> {
  const change: { nameEn?: string | null; heads?: readonly string[]; position?: number } = {};
  const nameEn = cells.get('nameEn')?.trim();
  if (nameEn !== undefined) {
    change.nameEn = nameEn === '' ? null : nameEn;
    if (!newDepartment.shape.nameEn.safeParse(change.nameEn).success) {
      faults.push({ field: 'nameEn', reason: PATHS['bad-name'] });
    }
  }
  const position = cells.get('position')?.trim();
  if (position !== undefined && position !== '') {
    const parsed = newDepartment.shape.position.safeParse(Number(position));
    if (parsed.success && parsed.data !== undefined) change.position = parsed.data;
    else faults.push({ field: 'position', reason: reasons.NOT_A_POSITION });
  }
  const heads = cells.get('heads');
  if (heads !== undefined) {
    const found = headsFrom(heads, people, before);
    if (found === undefined) faults.push({ field: 'heads', reason: reasons.NO_HEAD });
    else change.heads = found;
  }
  return change;
}

/** Whoever left stays a head until somebody takes them off; nobody who left becomes one. */
function headsFrom(
  text: string,
  people: readonly DirectoryEntry[],
  before: StoredDepartment | undefined,
): readonly string[] | undefined {
  const found = [...new Set(listOf(text))].map((number) =>
    people.find(({ employeeNo }) => employeeNo.toLowerCase() === number.toLowerCase()),
  );
  const heads = found.filter((each) => each !== undefined);
  const areFine = heads.every(
    ({ personId, leftAtMs, erasedAtMs }) =>
      before?.heads.includes(personId) === true || (leftAtMs === null && erasedAtMs === null),
  );
  return areFine && heads.length === found.length
    ? heads.map(({ personId }) => personId)
    : undefined;
}

export function plannedOf(
  { row, after }: DraftRow,
  { paths, stored, people }: KnownDepartments,
): Planned {
  const before = stored.get(after.id);
  const next = wordsOf(after, { paths, people });
  const last = before === undefined ? undefined : wordsOf(before, { paths, people });
  const fields = DEPARTMENT_COLUMNS.map(({ field }) => {
    return { field, before: last?.[field] ?? '', after: next[field] };
  }).filter((each) => each.before !== each.after);
  return { line: row.line, key: next.path, name: after.name, fields, before, after };
}

/** A department as a row of a file. */
export function wordsOf(
  { id, nameEn, heads, position }: StoredDepartment,
  { paths, people }: Pick<KnownDepartments, 'paths' | 'people'>,
): Readonly<Record<DepartmentField, string>> {
  const numbers = heads.flatMap(
    (head) => people.find(({ personId }) => personId === head)?.employeeNo ?? [],
  );
  return {
    path: paths.pathOf(id),
    nameEn: nameEn ?? '',
    heads: listText(numbers),
    position: String(position),
  };
}
