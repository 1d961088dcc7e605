import { type Selectable, sql } from 'kysely';
import type { PersonText } from '#contracts/attendance/person-contract';
import { breaksOf, firstDayOf, type PastEmployment } from '#domain/people/employment';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';

/** Where somebody belongs and since when, as the calculation reads it. */
export type Membership = Pick<
  PersonText,
  'rule' | 'departments' | 'tags' | 'activeFrom' | 'activeTo' | 'breaks'
>;

const LEVELS_MAX = 50; // more than departments may be deep; ends a circle

interface PartRow {
  readonly kind: 'department' | 'past' | 'tag';
  readonly value: string;
  readonly other: string | null;
}

/** @returns undefined when nobody has that id */
export async function membershipOf(
  db: HubDatabase,
  personId: string,
): Promise<Membership | undefined> {
  const row = await db.now
    .selectFrom('people')
    .select(['department_id', 'rule_id', 'employed_from', 'employed_to'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return row === undefined ? undefined : membershipFrom(row, await partsOf(db, personId));
}

/** In one question, since it is asked for everybody whose days are computed. Departments nearest first. */
async function partsOf(db: HubDatabase, personId: string): Promise<readonly PartRow[]> {
  const { rows } = await sql<PartRow>`
    WITH RECURSIVE line (id, parent_id, place) AS (
      SELECT d.department_id, d.parent_id, 0 FROM people p
        JOIN departments d ON d.department_id = p.department_id WHERE p.person_id = ${personId}
      UNION ALL
      SELECT d.department_id, d.parent_id, line.place + 1 FROM line
        JOIN departments d ON d.department_id = line.parent_id
        WHERE line.place < ${sql.lit(LEVELS_MAX)})
    SELECT 'department' AS kind, id AS value, CAST(NULL AS TEXT) AS other, place FROM line
    UNION ALL SELECT 'tag', tag, NULL, 0 FROM person_tags WHERE person_id = ${personId}
    UNION ALL SELECT 'past', employed_to, employed_from, 0 FROM past_employments
      WHERE person_id = ${personId}
    ORDER BY kind, place, value`.execute(db.now);
  return rows;
}

function membershipFrom(
  row: Pick<
    Selectable<HubTables['people']>,
    'department_id' | 'rule_id' | 'employed_from' | 'employed_to'
  >,
  parts: readonly PartRow[],
): Membership {
  const valuesOf = (kind: PartRow['kind']) =>
    parts.filter((part) => part.kind === kind).map(({ value }) => value);
  const earlier = parts
    .filter(({ kind }) => kind === 'past')
    .map(({ value, other }): PastEmployment => ({ from: other, to: value }));
  const career = { current: { from: row.employed_from, to: row.employed_to }, earlier };
  const first = firstDayOf(career);
  return {
    departments: [...new Set(valuesOf('department'))],
    tags: valuesOf('tag'),
    breaks: breaksOf(career),
    ...(row.rule_id === null ? {} : { rule: row.rule_id }),
    ...(first === null ? {} : { activeFrom: first }),
    ...(row.employed_to === null ? {} : { activeTo: row.employed_to }),
  };
}

/** Names somebody's rule and tags; what was named before goes. */
export async function saveRuling(
  db: HubDatabase,
  personId: string,
  { rule, tags }: { readonly rule: string | null; readonly tags: readonly string[] },
): Promise<void> {
  await db.now
    .updateTable('people')
    .set((row) => ({ rule_id: rule, version: row('version', '+', 1) }))
    .where('person_id', '=', personId)
    .execute();
  await db.now.deleteFrom('person_tags').where('person_id', '=', personId).execute();
  const rows = [...new Set(tags)].map((tag) => ({ person_id: personId, tag }));
  if (rows.length > 0) await db.now.insertInto('person_tags').values(rows).execute();
}
