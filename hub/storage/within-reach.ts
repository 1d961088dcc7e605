import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PlaceReach, Reach } from '#domain/authority/reach';

const NEVER = sql<SqlBool>`1 = 0`;
const ALWAYS = sql<SqlBool>`1 = 1`;

/**
 * The condition of a query that keeps its rows to the people within a reach.
 *
 * @param personId the column that names the person, as it is called in the query: `d.person_id`
 */
export function peopleWithin(personId: string, reach: Reach): Expression<SqlBool> {
  if (reach.kind === 'nobody') return NEVER;
  const column = sql.ref(personId);
  const exempt =
    reach.except.size === 0 ? ALWAYS : sql<SqlBool>`${column} NOT IN ${listOf(reach.except)}`;
  if (reach.kind === 'everybody') return exempt;
  const { departments, sites, crossings, people } = reach;
  const ways = [
    ...(people.size > 0 ? [sql<SqlBool>`${column} IN ${listOf(people)}`] : []),
    ...(departments.size > 0 ? [inDepartments(column, departments)] : []),
    ...(sites.size > 0 ? [atSites(column, sites)] : []),
    ...crossings.map(
      (each) =>
        sql<SqlBool>`(${inDepartments(column, each.departments)} AND ${atSites(column, each.sites)})`,
    ),
  ];
  if (ways.length === 0) return NEVER;
  return sql<SqlBool>`((${sql.join(ways, sql` OR `)}) AND ${exempt})`;
}

/** The same for rows about places. @param siteId the column that names the site */
export function placesWithin(siteId: string, reach: PlaceReach): Expression<SqlBool> {
  if (reach.kind === 'nowhere') return NEVER;
  if (reach.kind === 'everywhere') return ALWAYS;
  return sql<SqlBool>`${sql.ref(siteId)} IN ${listOf(reach.sites)}`;
}

function inDepartments(
  column: Expression<unknown>,
  departments: ReadonlySet<string>,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`EXISTS (SELECT 1 FROM people AS reached
    WHERE reached.person_id = ${column} AND reached.department_id IN ${listOf(departments)})`;
}

function atSites(column: Expression<unknown>, sites: ReadonlySet<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`EXISTS (SELECT 1 FROM person_sites AS stays
    WHERE stays.person_id = ${column} AND stays.site_id IN ${listOf(sites)})`;
}

function listOf(ids: ReadonlySet<string>): RawBuilder<unknown> {
  return sql`(${sql.join([...ids])})`;
}
