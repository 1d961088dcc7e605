/** Goal: what a hub knew of people before they had departments is kept. Method: its last shape, with rows. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HubTables } from '#hub/storage/hub-tables';
import { hubTables } from '#hub/storage/migrations/0001-hub';
import { attendanceTables } from '#hub/storage/migrations/0002-attendance';
import { apiTables } from '#hub/storage/migrations/0003-api';
import { peopleTables } from '#hub/storage/migrations/0004-people';
import { openPostgres } from '#platform/sql/open-postgres';
import { openSqlite } from '#platform/sql/open-sqlite';
import type { SqlDatabase } from '#platform/sql/sql-database';
import { migrate } from '#platform/sql/sql-migration';
import { testDatabaseUrl, testEngine } from '#tests/hub/test-database';

const BEFORE = [hubTables, attendanceTables, apiTables];
let folder: string;
let db: SqlDatabase<HubTables>;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lintel-people-'));
  const url = await testDatabaseUrl(folder);
  const opened =
    url === undefined
      ? openSqlite<HubTables>(join(folder, 'hub.db'))
      : await openPostgres<HubTables>(url);
  if (!opened.ok) throw new Error(opened.failure.reason);
  db = opened.value;
  await migrate(db, BEFORE);
});
afterEach(async () => {
  await db.close();
  rmSync(folder, { recursive: true });
});

async function known(personId: string, member?: object): Promise<void> {
  await sql`INSERT INTO people (person_id, employee_no, name, greeting_name, locale, manager,
    created_at_ms) VALUES (${personId}, ${personId}, 'n', 'n', 'en', 0, 1)`.execute(db.now);
  if (member === undefined) return;
  const body = JSON.stringify(member);
  await sql`INSERT INTO attendance_members (person_id, body) VALUES (${personId}, ${body})`.execute(
    db.now,
  );
}

async function brought() {
  expect(await migrate(db, [...BEFORE, peopleTables])).toMatchObject({ ok: true });
  const people = await db.now
    .selectFrom('people')
    .select(['person_id', 'department_id', 'rule_id', 'employed_from', 'employed_to'])
    .orderBy('person_id')
    .execute();
  const departments = await db.now
    .selectFrom('departments')
    .select(['department_id', 'parent_id'])
    .orderBy('department_id')
    .execute();
  return { people, departments };
}

test('rule, tags, departments and dates of a member move to where they are looked for now', async () => {
  await sql`INSERT INTO site (site_id, name_zh, name_en, zone) VALUES ('s', '总部', 'HQ', 'UTC')`.execute(
    db.now,
  );
  const overrides = [{ date: '2026-03-02', attendance: 'present', reason: 'here' }];
  await known('ann', {
    rule: 'day',
    departments: ['lab', 'company'],
    tags: ['night', 'door', 'night'],
    activeFrom: '2026-01-01',
    activeTo: '2026-06-30',
    overrides,
  });
  await known('bob', { departments: ['office', 'company'] });
  await known('eve');
  const { people, departments } = await brought();
  expect(people).toEqual([
    {
      person_id: 'ann',
      department_id: 'lab',
      rule_id: 'day',
      employed_from: '2026-01-01',
      employed_to: '2026-06-30',
    },
    {
      person_id: 'bob',
      department_id: 'office',
      rule_id: null,
      employed_from: null,
      employed_to: null,
    },
    {
      person_id: 'eve',
      department_id: null,
      rule_id: null,
      employed_from: null,
      employed_to: null,
    },
  ]);
  expect(departments).toEqual([
    { department_id: 'company', parent_id: null },
    { department_id: 'lab', parent_id: 'company' },
    { department_id: 'office', parent_id: 'company' },
  ]);
  const tags = await db.now.selectFrom('person_tags').selectAll().orderBy('tag').execute();
  expect(tags.map(({ tag }) => tag)).toEqual(['door', 'night']);
  const bodies = await db.now
    .selectFrom('attendance_members')
    .select('body')
    .orderBy('person_id')
    .execute();
  expect(bodies.map(({ body }): unknown => JSON.parse(body))).toEqual([{ overrides }, {}]);
  const sites = await db.now.selectFrom('person_sites').selectAll().execute();
  expect(sites.map(({ site_id, home }) => `${site_id} ${home}`)).toEqual(['s 1', 's 1', 's 1']);
});

test('lists that disagree about which department lies above make no circle', async () => {
  await known('ann', { departments: ['a', 'b'] });
  await known('bob', { departments: ['b', 'c'] });
  await known('eve', { departments: ['c', 'a'] });
  await known('dan', { departments: ['d', 'a'] });
  const { departments } = await brought();
  expect(departments).toEqual([
    { department_id: 'a', parent_id: null },
    { department_id: 'b', parent_id: null },
    { department_id: 'c', parent_id: null },
    { department_id: 'd', parent_id: 'a' },
  ]);
});

test('whoever has a last day to come is found without looking at everybody', async ({ skip }) => {
  skip(testEngine === 'postgres', 'PostgreSQL plans by what is in the tables, not by their shape');
  await brought();
  const { rows } = await sql<{ detail: string }>`EXPLAIN QUERY PLAN
    SELECT person_id FROM people
    WHERE employed_to IS NOT NULL AND left_at_ms IS NULL AND employed_to < '2026-01-01'`.execute(
    db.now,
  );
  expect(rows.map(({ detail }) => detail).join()).toContain('people_leaving');
});
