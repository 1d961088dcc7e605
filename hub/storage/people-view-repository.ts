import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { PeopleFilter, Person } from '#contracts/rest/v1/people';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { type PersonRecord, recordsOf } from '#hub/storage/person-record';
import { peopleWithin } from '#hub/storage/within-reach';

type PersonKey = [employeeNo: string];

/** Which people are asked for; what is not said is no condition, and whoever left is not meant. */
export type PeopleQuery = Partial<PeopleFilter> & {
  readonly reach: Reach;
  readonly limit: number;
  /** Behind whom to go on. */
  readonly after?: PersonKey | undefined;
};

export interface PeoplePage {
  readonly people: Person[];
  readonly total: number;
  readonly next: PersonKey | undefined;
}

/** How much of what was said about somebody the terminals of a site have applied. */
interface Told {
  readonly current: number;
  readonly total: number;
}

/** People as they are shown: with their faces, and with what terminals know of them. */
export class PeopleViewRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async view(personId: string, reach: Reach): Promise<Person | undefined> {
    const row = await this.#db.now
      .selectFrom('people as p')
      .select('p.person_id')
      .where('p.person_id', '=', personId)
      .where(peopleWithin('p.person_id', reach))
      .executeTakeFirst();
    return row === undefined ? undefined : (await this.#views([personId]))[0];
  }

  /** In order of employee numbers, whatever their case; `next` is the key of the last one shown. */
  async list(query: PeopleQuery): Promise<PeoplePage> {
    const { limit, after } = query;
    const rows = await this.#wanted(query)
      .$if(after !== undefined, (all) => all.where(isBehind(after?.[0] ?? '')))
      .select(['p.person_id', 'p.employee_no'])
      .orderBy(sql`lower(p.employee_no)`)
      .limit(limit + 1)
      .execute();
    const { n: total } = await this.#wanted(query)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow();
    const shown = rows.slice(0, limit);
    const people = await this.#views(shown.map((row) => row.person_id));
    const last = shown.at(-1);
    const hasMore = rows.length > limit && last !== undefined;
    return { people, total, next: hasMore ? [last.employee_no] : undefined };
  }

  /** The same people as records, a page of them: for a table that is written row by row. */
  async page(query: PeopleQuery): Promise<readonly PersonRecord[]> {
    const { limit, after } = query;
    const rows = await this.#wanted(query)
      .$if(after !== undefined, (all) => all.where(isBehind(after?.[0] ?? '')))
      .select('p.person_id')
      .orderBy(sql`lower(p.employee_no)`)
      .limit(limit)
      .execute();
    const ids = rows.map((row) => row.person_id);
    return inOrder(ids, await recordsOf(this.#db, ids));
  }

  #wanted(query: PeopleQuery) {
    return this.#db.now
      .selectFrom('people as p')
      .where(peopleWithin('p.person_id', query.reach))
      .where(sql<SqlBool>`(${sql.join(conditionsOf(query), sql` AND `)})`);
  }

  async #views(personIds: readonly string[]): Promise<Person[]> {
    if (personIds.length === 0) return [];
    const records = inOrder(personIds, await recordsOf(this.#db, personIds));
    const faces = await this.#faces(personIds);
    const told = await this.#told(personIds);
    return records.map((record) => {
      const own = faces.get(record.personId);
      const onTerminals = told.get(record.personId) ?? { current: 0, total: 0 };
      return { ...shownOf(record), ...(own ?? { templates: 0 }), onTerminals };
    });
  }

  async #faces(personIds: readonly string[]) {
    const rows = await this.#db.now
      .selectFrom('templates')
      .select(({ fn }) => [
        'person_id',
        fn.countAll<number>().as('n'),
        fn.max('enrolled_at_ms').as('newest'),
      ])
      .where('person_id', 'in', personIds)
      .groupBy('person_id')
      .execute();
    return new Map(
      rows.map((row) => [
        row.person_id,
        {
          templates: row.n,
          enrolledAt: Temporal.Instant.fromEpochMilliseconds(row.newest).toString(),
        },
      ]),
    );
  }

  /** Of the joined terminals of each site that was told something of somebody, who has applied it. */
  async #told(personIds: readonly string[]): Promise<ReadonlyMap<string, Told>> {
    const { rows } = await sql<{ person_id: string; current: number; total: number }>`
      SELECT n.person_id, count(*) AS total,
        sum(CASE WHEN coalesce(c.rev, 0) >= n.rev THEN 1 ELSE 0 END) AS current
      FROM (SELECT person_id, site_id, max(rev) AS rev FROM down_log
            WHERE person_id IN (${sql.join([...personIds])}) GROUP BY person_id, site_id) n
        JOIN terminals t ON t.site_id = n.site_id AND t.sign_key IS NOT NULL
        LEFT JOIN cursors c ON c.terminal_id = t.terminal_id
      GROUP BY n.person_id`.execute(this.#db.now);
    return new Map(rows.map(({ person_id, current, total }) => [person_id, { current, total }]));
  }
}

function inOrder(
  personIds: readonly string[],
  records: readonly PersonRecord[],
): readonly PersonRecord[] {
  const known = new Map(records.map((record) => [record.personId, record]));
  return personIds.flatMap((id) => known.get(id) ?? []);
}

function shownOf(record: PersonRecord): Omit<Person, 'templates' | 'enrolledAt' | 'onTerminals'> {
  const { pinVerifier, career, siteIds, tags, leftAtMs, erasedAtMs, version, ...shown } = record;
  return {
    ...shown,
    hasPin: pinVerifier !== undefined,
    siteIds: [...siteIds],
    tags: [...tags],
    employedFrom: career.current.from,
    employedTo: career.current.to,
    state: leftAtMs !== null ? 'left' : career.current.to === null ? 'active' : 'leaving',
    earlier: career.earlier.map((each) => ({ ...each })),
    erased: erasedAtMs !== null,
    version: String(version),
  };
}

type Condition = RawBuilder<SqlBool>;

function conditionsOf(query: PeopleQuery): readonly Condition[] {
  const { departmentId, siteId, rule, tag, managerId, face, pin } = query;
  const hasFace = sql<SqlBool>`EXISTS (SELECT 1 FROM templates f WHERE f.person_id = p.person_id)`;
  return [
    matches(query.query ?? ''),
    isInState(query.state ?? 'employed'),
    ...(departmentId === undefined ? [] : [isIn(departmentId, query.below ?? 'include')]),
    ...(siteId === undefined
      ? []
      : [
          sql<SqlBool>`EXISTS (SELECT 1 FROM person_sites s
            WHERE s.person_id = p.person_id AND s.site_id = ${siteId})`,
        ]),
    ...(rule === undefined ? [] : [sql<SqlBool>`p.rule_id = ${rule}`]),
    ...(tag === undefined
      ? []
      : [
          sql<SqlBool>`EXISTS (SELECT 1 FROM person_tags g
            WHERE g.person_id = p.person_id AND g.tag = ${tag})`,
        ]),
    ...(managerId === undefined ? [] : [sql<SqlBool>`p.manager_id = ${managerId}`]),
    ...(face === undefined ? [] : [face === 'with' ? hasFace : sql<SqlBool>`NOT ${hasFace}`]),
    ...(pin === undefined
      ? []
      : [
          pin === 'with'
            ? sql<SqlBool>`p.pin_verifier IS NOT NULL`
            : sql<SqlBool>`p.pin_verifier IS NULL`,
        ]),
  ];
}

function isIn(departmentId: string, below: PeopleFilter['below']): Condition {
  if (below === 'exclude') return sql`p.department_id = ${departmentId}`;
  return sql`p.department_id IN (
    WITH RECURSIVE below (id) AS (
      SELECT department_id FROM departments WHERE department_id = ${departmentId}
      UNION
      SELECT d.department_id FROM below JOIN departments d ON d.parent_id = below.id)
    SELECT id FROM below)`;
}

function isInState(state: PeopleFilter['state']): Condition {
  switch (state) {
    case 'all':
      return sql`1 = 1`;
    case 'left':
      return sql`p.left_at_ms IS NOT NULL`;
    case 'active':
      return sql`p.left_at_ms IS NULL AND p.employed_to IS NULL`;
    case 'leaving':
      return sql`p.left_at_ms IS NULL AND p.employed_to IS NOT NULL`;
    case 'employed':
      return sql`p.left_at_ms IS NULL`;
  }
}

/** A part of a name or number, whatever its case; its own `%` and `_` mean themselves. */
function matches(query: string): Condition {
  const part = `%${query.replace(/[\\%_]/g, '\\$&')}%`;
  const within = (column: string) =>
    sql<SqlBool>`lower(${sql.ref(column)}) LIKE lower(${part}) ESCAPE '\\'`;
  return sql`(${sql.join(['p.name', 'p.greeting_name', 'p.employee_no'].map(within), sql` OR `)})`;
}

function isBehind(employeeNo: string): Condition {
  return sql`lower(p.employee_no) > lower(${employeeNo})`;
}
