import { type Expression, type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PlaceReach, Reach } from '#domain/authority/reach';

const NEVER = sql<SqlBool>`1 = 0`;
const ALWAYS = sql<SqlBool>`1 = 1`;

/** Of the hub's own errands, and of tests: nobody is out of reach. Never what an actor is given. */
export const EVERYBODY: Reach = { kind: 'everybody', except: new Set() };
export const EVERYWHERE: PlaceReach = { kind: 'everywhere' };

/**
 * The condition of a query that keeps its rows to the people within a reach. Also behind `or`, beside
 * whatever else makes a row somebody's: `or([peopleWithin('f.person_id', reach), assigned])`.
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
    ...crossings.map((each) => crossing(column, each)),
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

/** For rows that name a terminal and not its site. @param terminalId the column that names it */
export function terminalsWithin(terminalId: string, reach: PlaceReach): Expression<SqlBool> {
  if (reach.kind === 'nowhere') return NEVER;
  if (reach.kind === 'everywhere') return ALWAYS;
  return sql<SqlBool>`${sql.ref(terminalId)} IN
    (SELECT terminal_id FROM terminals WHERE site_id IN ${listOf(reach.sites)})`;
}

/** Departments that are in somebody's area as a whole. @param departmentId the column that names them */
export function departmentsWithin(departmentId: string, reach: Reach): Expression<SqlBool> {
  if (reach.kind === 'nobody') return NEVER;
  if (reach.kind === 'everybody') return ALWAYS;
  const own = [reach.departments, ...reach.crossings.map(({ departments }) => departments)];
  const ids = new Set(own.flatMap((each) => [...each]));
  return ids.size === 0 ? NEVER : sql<SqlBool>`${sql.ref(departmentId)} IN ${listOf(ids)}`;
}

/** Not correlated, so that either engine looks the people up once and goes on from them by index. */
function inDepartments(
  column: Expression<unknown>,
  departments: ReadonlySet<string>,
): RawBuilder<SqlBool> {
  return sql<SqlBool>`${column} IN
    (SELECT person_id FROM people WHERE department_id IN ${listOf(departments)})`;
}

function atSites(column: Expression<unknown>, sites: ReadonlySet<string>): RawBuilder<SqlBool> {
  return sql<SqlBool>`${column} IN
    (SELECT person_id FROM person_sites WHERE site_id IN ${listOf(sites)})`;
}

function crossing(
  column: Expression<unknown>,
  { departments, sites }: { departments: ReadonlySet<string>; sites: ReadonlySet<string> },
): RawBuilder<SqlBool> {
  return sql<SqlBool>`(${inDepartments(column, departments)} AND ${atSites(column, sites)})`;
}

function listOf(ids: ReadonlySet<string>): RawBuilder<unknown> {
  return sql`(${sql.join([...ids])})`;
}
