import { reaches } from '#domain/authority/reach';
import { reportingFault } from '#domain/people/reporting-line';
import type { Asker } from '#hub/people/person-check';
import { settledRecord } from '#hub/people/person-draft';
import { PEOPLE_COLUMNS, type PersonField } from '#hub/people/sheet/people-columns';
import type { PeopleDirectory } from '#hub/people/sheet/people-directory';
import * as reasons from '#hub/people/sheet/people-reasons';
import { type RowSetting, readPeopleRow } from '#hub/people/sheet/people-row';
import { wordsOf } from '#hub/people/sheet/people-words';
import type { FieldFault, SheetRow } from '#hub/people/sheet/row-fault';
import { breathe, type PlannedRow } from '#hub/people/sheet/sheet-plan';
import type { PersonRecord } from '#hub/storage/person-record';

export interface PeoplePlanParts {
  readonly rows: readonly SheetRow<PersonField>[];
  readonly directory: PeopleDirectory;
  readonly asker: Asker;
  readonly unknownDepartments: 'refused' | 'made';
  readonly mint: () => string;
  readonly atMs: number;
}

/** A row on its way: faults may still join it when the others are known. */
export interface DraftRow {
  readonly row: SheetRow<PersonField>;
  readonly before: PersonRecord | undefined;
  readonly after: PersonRecord;
  readonly faults: FieldFault<PersonField>[];
}

/** Holds every row against what is known and against the other rows. Changes nothing. */
export async function draftPeople(parts: PeoplePlanParts): Promise<readonly DraftRow[]> {
  const { rows, directory, unknownDepartments } = parts;
  const ids = new Map<string, string>();
  const firstLines = new Map<string, number>();
  for (const row of rows) {
    const key = keyOf(row);
    if (key === '' || firstLines.has(key)) continue;
    firstLines.set(key, row.line);
    ids.set(key, directory.named.get(key)?.personId ?? parts.mint());
  }
  const setting: RowSetting = { directory, unknownDepartments, inFile: ids };
  const drafts: DraftRow[] = [];
  for (const [index, row] of rows.entries()) {
    const key = keyOf(row);
    const draft = draftOf(row, ids.get(key) ?? '', { parts, setting });
    const first = firstLines.get(key);
    if (first !== undefined && first !== row.line) {
      draft.faults.push({ field: 'employeeNo', reason: reasons.repeated(first) });
    }
    drafts.push(draft);
    await breathe(index);
  }
  checkManagers(drafts, directory);
  return drafts;
}

export function keyOf({ cells }: SheetRow<PersonField>): string {
  return (cells.get('employeeNo') ?? '').trim().toLowerCase();
}

function draftOf(
  row: SheetRow<PersonField>,
  personId: string,
  { parts, setting }: { readonly parts: PeoplePlanParts; readonly setting: RowSetting },
): DraftRow {
  const { directory, asker, atMs } = parts;
  const named = directory.named.get(keyOf(row));
  const before = named === undefined ? undefined : directory.records.get(named.personId);
  const read = readPeopleRow(row, { personId, before }, setting);
  const today = directory.todayAt(read.after.siteIds[0]);
  const after = settledRecord(read.after, { today, atMs });
  const faults = [...read.faults];
  if (named !== undefined && before === undefined) {
    faults.push({ field: 'employeeNo', reason: reasons.BEYOND_REACH });
  } else if (before !== undefined && before.erasedAtMs !== null) {
    faults.push({ field: 'employeeNo', reason: reasons.ERASED });
  } else if (faults.length === 0) {
    faults.push(...reachFaults(before, after, { asker, directory }));
  }
  return { row, before, after, faults };
}

function reachFaults(
  before: PersonRecord | undefined,
  after: PersonRecord,
  { asker, directory }: Pick<PeoplePlanParts, 'asker' | 'directory'>,
): readonly FieldFault<PersonField>[] {
  const faults: FieldFault<PersonField>[] = [];
  const placed = (record: PersonRecord) => {
    const department = directory.departments.standing(record.departmentId);
    const departments = department === null ? [] : [department];
    return { personId: record.personId, departments, sites: record.siteIds };
  };
  if (!reaches(asker.people, placed(after))) {
    faults.push({ field: 'department', reason: reasons.BEYOND_REACH_AFTER });
  }
  const isRuledAlike =
    after.rule === (before?.rule ?? null) &&
    after.tags.join('\n') === (before?.tags ?? []).join('\n');
  const mayRule =
    reaches(asker.rules, placed(after)) &&
    (before === undefined || reaches(asker.rules, placed(before)));
  if (!isRuledAlike && !mayRule) {
    const field = after.rule === (before?.rule ?? null) ? 'tags' : 'rule';
    faults.push({ field, reason: reasons.RULES_NOT_ALLOWED });
  }
  return faults;
}

/** Whoever reports to somebody new whose row is faulty cannot be imported without them. */
function checkManagers(drafts: readonly DraftRow[], directory: PeopleDirectory): void {
  const managers = new Map(
    [...directory.byId.values()].map((each) => [each.personId, each.managerId]),
  );
  // Of a number that is there twice the first row is meant.
  const byId = new Map(drafts.toReversed().map((draft) => [draft.after.personId, draft]));
  for (const { after, faults } of byId.values()) {
    if (faults.length === 0) managers.set(after.personId, after.managerId);
  }
  for (const { before, after, faults } of drafts) {
    const { personId, managerId } = after;
    if (managerId === null || managerId === before?.managerId || faults.length > 0) continue;
    const fault = reportingFault((id) => managers.get(id) ?? null, { personId, managerId });
    if (fault === null) continue;
    const reason = fault === 'oneself' ? reasons.MANAGER_ONESELF : reasons.MANAGER_CIRCLE;
    faults.push({ field: 'managerNo', reason });
  }
  // A fault of one row may be a fault of those below it, and of those below them.
  for (let found = true; found; ) {
    found = false;
    for (const { after, faults } of drafts) {
      const manager = after.managerId === null ? undefined : byId.get(after.managerId);
      const isMissing = manager?.before === undefined && (manager?.faults.length ?? 0) > 0;
      const isAbsent = !directory.byId.has(after.managerId ?? '');
      if (faults.length > 0 || !isMissing || !isAbsent) continue;
      faults.push({ field: 'managerNo', reason: reasons.MANAGER_FAULTY });
      found = true;
    }
  }
}

/** Rows without a fault, with what they change; those above come before those who report to them. */
export async function plannedPeople(
  drafts: readonly DraftRow[],
  directory: PeopleDirectory,
): Promise<readonly PlannedRow<PersonRecord>[]> {
  const byId = new Map(directory.byId);
  for (const { after, before } of drafts) {
    if (before !== undefined) continue;
    const { personId, employeeNo, managerId } = after;
    byId.set(personId, { personId, employeeNo, managerId, isGone: false });
  }
  const seen = { ...directory, byId };
  const planned: PlannedRow<PersonRecord>[] = [];
  for (const [index, { row, before, after, faults }] of drafts.entries()) {
    await breathe(index);
    if (faults.length > 0) continue;
    const { employeeNo: key, name } = after;
    const fields = changedFields(before, after, seen);
    planned.push({ line: row.line, key, name, fields, before, after });
  }
  return planned;
}

function changedFields(
  before: PersonRecord | undefined,
  after: PersonRecord,
  directory: PeopleDirectory,
): PlannedRow<PersonRecord>['fields'] {
  const next = wordsOf(after, directory, 'en');
  const last = before === undefined ? undefined : wordsOf(before, directory, 'en');
  return PEOPLE_COLUMNS.map(({ field }) => {
    return { field, before: last?.[field] ?? '', after: next[field] };
  }).filter((each) => each.before !== each.after);
}
