import type { z } from 'zod';
import { belongings, newPerson, type PersonChange } from '#contracts/rest/v1/people';
import { employmentFault, rehired } from '#domain/people/employment';
import { greetingNameOf } from '#domain/people/greeting-name';
import { changedRecord, recordOfNew } from '#hub/people/person-draft';
import { dateOf, listOf, localeOf, yesOrNo } from '#hub/people/sheet/cell-text';
import type { PathFault } from '#hub/people/sheet/department-paths';
import type { PersonField } from '#hub/people/sheet/people-columns';
import { type PeopleDirectory, rulesNamed, sitesNamed } from '#hub/people/sheet/people-directory';
import * as reasons from '#hub/people/sheet/people-reasons';
import type { FieldFault, Reason, SheetRow } from '#hub/people/sheet/row-fault';
import type { PersonRecord } from '#hub/storage/person-record';

const { shape } = newPerson;

type PeopleRow = SheetRow<PersonField>;
type Faults = FieldFault<PersonField>[];

export interface RowSetting {
  readonly directory: PeopleDirectory;
  readonly unknownDepartments: 'refused' | 'made';
  /** Employee number in small letters to whoever has it in this file. */
  readonly inFile: ReadonlyMap<string, string>;
}

/** A row as it was understood; the record is only meant where there is no fault. */
export interface ReadRow {
  readonly after: PersonRecord;
  readonly faults: readonly FieldFault<PersonField>[];
}

/** What a row makes of a person: what no column speaks of stays, an empty cell takes away. */
export function readPeopleRow(
  row: PeopleRow,
  { personId, before }: { readonly personId: string; readonly before: PersonRecord | undefined },
  setting: RowSetting,
): ReadRow {
  const faults: Faults = [];
  const change = {
    ...namesFrom(row, before, faults),
    ...contactsFrom(row, faults),
    ...placeFrom(row, before, setting, faults),
    ...rulingFrom(row, setting, faults),
    ...managerFrom(row, before, setting, faults),
  };
  const dates = datesFrom(row, faults);
  const whole = before ?? blankRecord(personId, change, setting);
  const record = changedRecord(whole, change);
  return { after: datedRecord(record, dates, setting, faults), faults };
}

function blankRecord(
  personId: string,
  {
    employeeNo = '',
    name = '',
    greetingName = '',
    locale = 'zh-CN',
    manager = false,
  }: PersonChange,
  { directory }: RowSetting,
): PersonRecord {
  const first = directory.sites.find(({ isClosed }) => !isClosed);
  const siteIds = first === undefined ? [] : [first.siteId];
  return recordOfNew(personId, { employeeNo, name, greetingName, locale, manager }, siteIds);
}

function namesFrom(row: PeopleRow, before: PersonRecord | undefined, faults: Faults): PersonChange {
  const cell = (field: PersonField) => row.cells.get(field)?.trim();
  const change: PersonChange = {
    employeeNo: checked('employeeNo', shape.employeeNo, cell('employeeNo') ?? '', faults),
  };
  const name = cell('name');
  if (name !== undefined || before === undefined)
    change.name = checked('name', shape.name, name ?? '', faults);
  const greeting = cell('greetingName');
  if (greeting !== undefined && greeting !== '') {
    change.greetingName = checked('greetingName', shape.greetingName, greeting, faults);
  } else if (before === undefined) {
    change.greetingName = greetingNameOf(name ?? '').slice(0, GREETING_LENGTH_MAX);
  }
  const locale = cell('locale');
  if (locale !== undefined) change.locale = orFault(localeOf(locale), 'locale', faults);
  const enroller = cell('enroller');
  if (enroller !== undefined) {
    const answer = orFault(yesOrNo(enroller), 'enroller', faults);
    if (answer !== undefined) change.manager = answer === 'yes';
  }
  return change;
}

const GREETING_LENGTH_MAX = 40; // as the contract has it

function contactsFrom({ cells }: PeopleRow, faults: Faults): PersonChange {
  const change: PersonChange = {};
  for (const field of ['email', 'phone'] as const) {
    const text = cells.get(field)?.trim();
    if (text !== undefined)
      change[field] = text === '' ? null : checked(field, belongings.shape[field], text, faults);
  }
  return change;
}

function placeFrom(
  { cells }: PeopleRow,
  before: PersonRecord | undefined,
  { directory, unknownDepartments }: RowSetting,
  faults: Faults,
): PersonChange {
  const change: PersonChange = {};
  const department = cells.get('department')?.trim();
  if (department === '') change.departmentId = null;
  else if (department !== undefined) {
    const found = directory.departments.find(department, unknownDepartments);
    if (found.ok) change.departmentId = found.value;
    else faults.push({ field: 'department', reason: pathReason(found.failure) });
  }
  const home = cells.get('homeSite')?.trim() ?? '';
  const listed = cells.get('sites');
  if (home === '' && (listed === undefined || listed.trim() === '')) return change;
  const hadHome = before?.siteIds[0];
  const homeId = home === '' ? hadHome : siteFrom(home, 'homeSite', { before, directory, faults });
  const others =
    listed === undefined
      ? (before?.siteIds ?? []).filter((id) => id !== hadHome || home === '')
      : listOf(listed).map((each) => siteFrom(each, 'sites', { before, directory, faults }));
  const siteIds = [homeId, ...others].filter((id) => id !== undefined);
  if (siteIds.length > 0) change.siteIds = inStableOrder(siteIds, before?.siteIds ?? []);
  return change;
}

/** Home first; the others as they were, so that naming them in another order is no change. */
function inStableOrder(siteIds: readonly string[], before: readonly string[]): string[] {
  const [home = '', ...others] = new Set(siteIds);
  const kept = before.filter((id) => id !== home && others.includes(id));
  return [home, ...kept, ...others.filter((id) => !kept.includes(id)).toSorted()];
}

function siteFrom(
  text: string,
  field: 'homeSite' | 'sites',
  {
    before,
    directory,
    faults,
  }: {
    readonly before: PersonRecord | undefined;
    readonly directory: PeopleDirectory;
    readonly faults: Faults;
  },
): string | undefined {
  const named = sitesNamed(directory.sites, text);
  const [site] = named;
  if (site === undefined) faults.push({ field, reason: reasons.NO_SITE });
  else if (named.length > 1) faults.push({ field, reason: reasons.SITE_AMBIGUOUS });
  else if (site.isClosed && before?.siteIds.includes(site.siteId) !== true) {
    faults.push({ field, reason: reasons.SITE_CLOSED });
  }
  return site?.siteId;
}

function rulingFrom({ cells }: PeopleRow, { directory }: RowSetting, faults: Faults): PersonChange {
  const change: PersonChange = {};
  const rule = cells.get('rule')?.trim();
  if (rule === '') change.rule = null;
  else if (rule !== undefined) {
    const [id, ...more] = rulesNamed(directory.rules, rule);
    if (id === undefined) faults.push({ field: 'rule', reason: reasons.NO_RULE });
    else if (more.length > 0) faults.push({ field: 'rule', reason: reasons.RULE_AMBIGUOUS });
    else change.rule = id;
  }
  const tags = cells.get('tags');
  if (tags !== undefined) {
    const named = [...new Set(listOf(tags))];
    // As they are written: a tag of a rule is the same only to the letter.
    if (checked('tags', belongings.shape.tags, named, faults) !== undefined) change.tags = named;
  }
  return change;
}

function managerFrom(
  { cells }: PeopleRow,
  before: PersonRecord | undefined,
  { directory, inFile }: RowSetting,
  faults: Faults,
): PersonChange {
  const text = cells.get('managerNo')?.trim();
  if (text === undefined) return {};
  if (text === '') return { managerId: null };
  const key = text.toLowerCase();
  const known = directory.named.get(key);
  const isNew = known?.personId !== before?.managerId;
  if (known?.isGone === true && isNew)
    faults.push({ field: 'managerNo', reason: reasons.MANAGER_GONE });
  const managerId = known?.personId ?? inFile.get(key);
  if (managerId !== undefined) return { managerId };
  faults.push({ field: 'managerNo', reason: reasons.NO_MANAGER });
  return {};
}

interface Dates {
  readonly from: string | null | undefined;
  readonly to: string | null | undefined;
}

function datesFrom({ cells }: PeopleRow, faults: Faults): Dates {
  const [from, to] = (['employedFrom', 'employedTo'] as const).map((field) => {
    const text = cells.get(field)?.trim();
    if (text === undefined || text === '') return text === undefined ? undefined : null;
    return orFault(dateOf(text), field, faults);
  });
  return { from, to };
}

/** A first day behind the last one of somebody who left takes them on again. */
function datedRecord(
  record: PersonRecord,
  { from, to }: Dates,
  { directory }: RowSetting,
  faults: Faults,
): PersonRecord {
  const { current, earlier } = record.career;
  const next = {
    from: from === undefined ? current.from : from,
    to: to === undefined ? current.to : to,
  };
  if (next.from === current.from && next.to === current.to) return record;
  const isOver = current.to !== null && current.to < directory.todayAt(record.siteIds[0]);
  const isBack = isOver && current.to !== null && next.from !== null && next.from > current.to;
  if (isBack) {
    const again = { from: next.from, to: next.to === current.to ? null : next.to };
    const career = rehired(record.career, again);
    if (career.ok) return { ...record, career: career.value };
    faults.push({ field: 'employedTo', reason: reasons.DATES[career.failure] });
    return record;
  }
  const career = { current: next, earlier };
  const fault = employmentFault(career);
  if (fault === null) return { ...record, career };
  faults.push({ field: 'employedTo', reason: reasons.DATES[fault] });
  return record;
}

type Checkable = 'employeeNo' | 'name' | 'greetingName' | 'email' | 'phone' | 'tags';

/** The contract's own rule for a field; what does not fit is a fault, and is left out. */
function checked<S extends z.ZodType>(
  field: Checkable,
  schema: S,
  value: z.input<S>,
  faults: Faults,
): z.output<S> | undefined {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  faults.push({ field, reason: reasons.FIELDS[field] });
  return undefined;
}

function orFault<T>(
  value: T | undefined,
  field: 'locale' | 'enroller' | 'employedFrom' | 'employedTo',
  faults: Faults,
): T | undefined {
  if (value === undefined) faults.push({ field, reason: reasons.FIELDS[field] });
  return value;
}

function pathReason(fault: PathFault): Reason {
  return reasons.PATHS[fault];
}
