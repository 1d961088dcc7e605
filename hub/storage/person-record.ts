import type { Selectable } from 'kysely';
import { type PersonBody, personBody } from '#contracts/wire/v1/down-log';
import type { Career, PastEmployment } from '#domain/people/employment';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';

/** A person as terminals are told, PIN verifier included. */
export type StoredPerson = PersonBody;

/** Where somebody belongs and since when. */
export interface Belongings {
  readonly departmentId: string | null;
  /** At home first. */
  readonly siteIds: readonly string[];
  readonly rule: string | null;
  /** In order. */
  readonly tags: readonly string[];
  readonly managerId: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly career: Career;
}

/** Everything the hub knows of a person, but for the face. */
export interface PersonRecord extends StoredPerson, Belongings {
  /** The last day is over, and terminals were told to forget. */
  readonly leftAtMs: number | null;
  readonly erasedAtMs: number | null;
  /** Counts changes. */
  readonly version: number;
}

/** Somebody of whom nothing is known but how they are called. */
export const NOWHERE: Omit<Belongings, 'siteIds'> = {
  departmentId: null,
  rule: null,
  tags: [],
  managerId: null,
  email: null,
  phone: null,
  career: { current: { from: null, to: null }, earlier: [] },
};

/** The columns of `people`, but for what is only set once. */
export function columnsOf(person: StoredPerson & Omit<Belongings, 'siteIds' | 'tags'>) {
  const { from, to } = person.career.current;
  return {
    employee_no: person.employeeNo,
    name: person.name,
    greeting_name: person.greetingName,
    locale: person.locale,
    manager: person.manager ? 1 : 0,
    pin_verifier: person.pinVerifier ?? null,
    department_id: person.departmentId,
    rule_id: person.rule,
    manager_id: person.managerId,
    email: person.email,
    phone: person.phone,
    employed_from: from,
    employed_to: to,
  };
}

/** What terminals are told of somebody, and nothing else. */
export function storedPersonOf(person: StoredPerson): StoredPerson {
  const { personId, employeeNo, name, greetingName, locale, manager, pinVerifier } = person;
  const told = { personId, employeeNo, name, greetingName, locale, manager };
  return pinVerifier === undefined ? told : { ...told, pinVerifier };
}

export function storedPersonFrom(row: Selectable<HubTables['people']>): StoredPerson {
  return {
    personId: row.person_id,
    employeeNo: row.employee_no,
    name: row.name,
    greetingName: row.greeting_name,
    locale: personBody.shape.locale.parse(row.locale),
    manager: row.manager === 1,
    ...(row.pin_verifier === null ? {} : { pinVerifier: row.pin_verifier }),
  };
}

/** Records of these people, in no order; whoever is not there is left out. */
export async function recordsOf(
  db: HubDatabase,
  personIds: readonly string[],
): Promise<readonly PersonRecord[]> {
  if (personIds.length === 0) return [];
  const rows = await db.now
    .selectFrom('people')
    .selectAll()
    .where('person_id', 'in', personIds)
    .execute();
  const sites = await groupedSites(db, personIds);
  const tags = await groupedTags(db, personIds);
  const earlier = await groupedEarlier(db, personIds);
  return rows.map((row): PersonRecord => {
    const { person_id: personId } = row;
    return {
      ...storedPersonFrom(row),
      departmentId: row.department_id,
      siteIds: sites.get(personId) ?? [],
      rule: row.rule_id,
      tags: tags.get(personId) ?? [],
      managerId: row.manager_id,
      email: row.email,
      phone: row.phone,
      career: {
        current: { from: row.employed_from, to: row.employed_to },
        earlier: earlier.get(personId) ?? [],
      },
      leftAtMs: row.left_at_ms,
      erasedAtMs: row.erased_at_ms,
      version: row.version,
    };
  });
}

async function groupedSites(db: HubDatabase, personIds: readonly string[]) {
  const rows = await db.now
    .selectFrom('person_sites')
    .select(['person_id', 'site_id'])
    .where('person_id', 'in', personIds)
    .orderBy('home', 'desc')
    .orderBy('site_id')
    .execute();
  return grouped(rows, (row) => row.site_id);
}

async function groupedTags(db: HubDatabase, personIds: readonly string[]) {
  const rows = await db.now
    .selectFrom('person_tags')
    .selectAll()
    .where('person_id', 'in', personIds)
    .orderBy('tag')
    .execute();
  return grouped(rows, (row) => row.tag);
}

async function groupedEarlier(db: HubDatabase, personIds: readonly string[]) {
  const rows = await db.now
    .selectFrom('past_employments')
    .selectAll()
    .where('person_id', 'in', personIds)
    .orderBy('employed_to')
    .execute();
  return grouped(rows, (row): PastEmployment => ({ from: row.employed_from, to: row.employed_to }));
}

function grouped<Row extends { readonly person_id: string }, T>(
  rows: readonly Row[],
  valueOf: (row: Row) => T,
): ReadonlyMap<string, T[]> {
  const all = new Map<string, T[]>();
  for (const row of rows) {
    const own = all.get(row.person_id) ?? [];
    own.push(valueOf(row));
    all.set(row.person_id, own);
  }
  return all;
}
