import { type Expression, type Insertable, type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import {
  caseKind,
  type ExceptionsQuery,
  findingDetail,
  resolution,
  severity,
} from '#contracts/rest/v1/exceptions';
import { isoOf } from '#domain/attendance/time/day-number';
import type { PlaceReach, Reach } from '#domain/authority/reach';
import { afterEvent, type CaseState, NO_CASE } from '#domain/exceptions/case-state';
import { rankOf, type Severity, severityOf } from '#domain/exceptions/exception-kind';
import type { Finding } from '#domain/exceptions/finding';
import type { GroupBy, InboxCase } from '#domain/exceptions/inbox';
import type { KeyedEvent } from '#domain/exceptions/reconcile';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { peopleWithin, placesWithin } from '#hub/storage/within-reach';

/** A case as it stands. */
export interface StoredCase extends InboxCase {
  /** Epoch seconds. */
  readonly foundAt: number;
  readonly changedAt: number;
}

/** What was found in a day is looked for again with the day; what a door reported stays until it is handled. */
export type CaseOrigin = 'day' | 'door';

/** Whose cases somebody may look at, or handle: people’s, and those that are of a place alone. */
export interface CaseReach {
  readonly people: Reach;
  readonly places: PlaceReach;
}

export type CaseKey = [pressing: number, date: string, mildness: number, key: string];

export interface GroupRow {
  readonly of: string | null;
  readonly severity: Severity;
  readonly oldest: string;
  readonly count: number;
}

const PRESSING: readonly Severity[] = ['high', 'medium', 'low'];
const MILDEST = 99; // far beyond the ranks there are
const KEYS_AT_ONCE = 1000;
const ROWS_AT_ONCE = 500; // of fifteen values each

const savedFinding = z.strictObject({
  key: z.string(),
  kind: caseKind,
  detail: findingDetail.nullable(),
  personId: z.string().nullable(),
  date: z.int(),
  terminalId: z.string().nullable(),
  siteId: z.string().nullable(),
  duty: z.strictObject({ section: z.int(), kind: z.enum(['on', 'off']) }).nullable(),
  punchId: z.string().nullable(),
  seconds: z.number(),
  count: z.int(),
}) satisfies z.ZodType<Finding>;
const savedState = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(
    z.strictObject({
      status: z.enum(['open', 'assigned', 'resolved', 'vanished']),
      finding: savedFinding,
      assigneeId: z.string().nullable(),
      resolution: resolution.nullable(),
      note: z.string(),
      reopened: z.int(),
      healedBy: z.array(z.string()),
      revision: z.int(),
    }) satisfies z.ZodType<CaseState>,
  );

/** Cases with their logs; the state beside a log is what it adds up to. */
export class CaseRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Found in these dates of a person, or known under one of these keys. */
  async known(
    personId: string,
    dates: readonly string[],
    keys: readonly string[],
  ): Promise<Map<string, StoredCase>> {
    const cases = new Map<string, StoredCase>();
    const ofDates = await this.#db.now
      .selectFrom('exception_cases')
      .selectAll()
      .where('person_id', '=', personId)
      .where('date', 'in', dates)
      .where('origin', '=', 'day')
      .execute();
    const rows = [...ofDates, ...(await this.#under(keys))];
    for (const row of rows) cases.set(row.case_key, caseFrom(row));
    return cases;
  }

  async under(keys: readonly string[]): Promise<Map<string, StoredCase>> {
    const rows = await this.#under(keys);
    return new Map(rows.map((row) => [row.case_key, caseFrom(row)]));
  }

  /** Those of them that are within reach. */
  async within(keys: readonly string[], reach: CaseReach): Promise<Map<string, StoredCase>> {
    const cases = new Map<string, StoredCase>();
    for (let first = 0; first < keys.length; first += KEYS_AT_ONCE) {
      const rows = await this.#db.now
        .selectFrom('exception_cases as c')
        .selectAll('c')
        .where('c.case_key', 'in', keys.slice(first, first + KEYS_AT_ONCE))
        .where(isWithin(reach))
        .execute();
      for (const row of rows) cases.set(row.case_key, caseFrom(row));
    }
    return cases;
  }

  /**
   * Writes down what happened, to each case one thing at once.
   *
   * @param known the cases before, under their keys
   */
  async record(
    events: readonly KeyedEvent[],
    known: ReadonlyMap<string, StoredCase>,
    origin: CaseOrigin,
  ): Promise<void> {
    const rows: CaseRow[] = [];
    const logged: LogRow[] = [];
    for (const { key, event } of events) {
      const before = known.get(key);
      const state = afterEvent(before?.state ?? NO_CASE, event);
      const { finding } = state;
      if (finding === null || state.revision === (before?.state.revision ?? 0)) continue;
      const foundAt = before?.foundAt ?? event.at;
      rows.push(rowOf({ finding, state, foundAt, changedAt: event.at }, origin));
      const [seq, body] = [state.revision, JSON.stringify(event)];
      logged.push({ case_key: key, seq, kind: event.kind, at_s: event.at, body });
    }
    for (let first = 0; first < rows.length; first += ROWS_AT_ONCE) {
      await this.#save(rows.slice(first, first + ROWS_AT_ONCE));
      const part = logged.slice(first, first + ROWS_AT_ONCE);
      await this.#db.now.insertInto('exception_events').values(part).execute();
    }
  }

  /** The most pressing first, then the oldest. */
  async list(
    query: ExceptionsQuery,
    reach: CaseReach,
    { limit, after }: { readonly limit: number; readonly after: CaseKey | undefined },
  ): Promise<{ cases: StoredCase[]; next: CaseKey | undefined }> {
    const rows = await this.#db.now
      .selectFrom('exception_cases as c')
      .selectAll('c')
      .where(asked(query))
      .where(isWithin(reach))
      .$if(after !== undefined, (all) => all.where(isBehind(after ?? [0, '', 0, ''])))
      .orderBy('c.pressing')
      .orderBy('c.date')
      .orderBy('c.mildness')
      .orderBy('c.case_key')
      .limit(limit + 1)
      .execute();
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    const isMore = rows.length > limit && last !== undefined;
    const next: CaseKey | undefined = isMore
      ? [last.pressing, last.date, last.mildness, last.case_key]
      : undefined;
    return { cases: shown.map(caseFrom), next };
  }

  /** How many of what, the group with the most pressing case first. */
  async groups(query: ExceptionsQuery, by: GroupBy, reach: CaseReach): Promise<GroupRow[]> {
    const column = sql.ref<string | null>(GROUP_COLUMNS[by]);
    const rows = await this.#db.now
      .selectFrom('exception_cases as c')
      .select(column.as('of'))
      .select((of) => [
        of.fn.min('c.pressing').as('pressing'),
        of.fn.min('c.date').as('oldest'),
        of.fn.countAll<number>().as('count'),
      ])
      .where(asked(query))
      .where(isWithin(reach))
      .groupBy(column)
      .orderBy(sql`2`)
      .orderBy(sql`3`)
      .orderBy(sql`1`)
      .limit(GROUPS_MAX)
      .execute();
    return rows.map(({ of, pressing, oldest, count }) => ({
      of,
      severity: severity.parse(PRESSING[pressing]),
      oldest,
      count,
    }));
  }

  /** What stands open up to a date, or waits for a make-up that was asked for. */
  async unsettled(through: string): Promise<InboxCase[]> {
    const rows = await this.#db.now
      .selectFrom('exception_cases')
      .selectAll()
      .where('date', '<=', through)
      .where((of) =>
        of.or([
          of('status', 'in', ['open', 'assigned']),
          of.and([of('status', '=', 'resolved'), of('resolution', '=', 'makeupAsked')]),
        ]),
      )
      .execute();
    return rows.map(caseFrom);
  }

  async #under(keys: readonly string[]): Promise<Selectable<HubTables['exception_cases']>[]> {
    const rows: Selectable<HubTables['exception_cases']>[] = [];
    for (let first = 0; first < keys.length; first += KEYS_AT_ONCE) {
      const part = await this.#db.now
        .selectFrom('exception_cases')
        .selectAll()
        .where('case_key', 'in', keys.slice(first, first + KEYS_AT_ONCE))
        .execute();
      rows.push(...part);
    }
    return rows;
  }

  /** What a case was opened with stays: its origin, and when it was found. */
  async #save(rows: CaseRow[]): Promise<void> {
    await this.#db.now
      .insertInto('exception_cases')
      .values(rows)
      .onConflict((conflict) =>
        conflict.column('case_key').doUpdateSet((row) => ({
          kind: row.ref('excluded.kind'),
          pressing: row.ref('excluded.pressing'),
          mildness: row.ref('excluded.mildness'),
          status: row.ref('excluded.status'),
          person_id: row.ref('excluded.person_id'),
          date: row.ref('excluded.date'),
          terminal_id: row.ref('excluded.terminal_id'),
          site_id: row.ref('excluded.site_id'),
          assignee_id: row.ref('excluded.assignee_id'),
          resolution: row.ref('excluded.resolution'),
          state: row.ref('excluded.state'),
          changed_at_s: row.ref('excluded.changed_at_s'),
        })),
      )
      .execute();
  }
}

type CaseRow = Insertable<HubTables['exception_cases']>;
type LogRow = Insertable<HubTables['exception_events']>;

const GROUPS_MAX = 1000; // of people: an inbox that names more is read by a program, page by page

const GROUP_COLUMNS: Readonly<Record<GroupBy, string>> = {
  person: 'c.person_id',
  kind: 'c.kind',
  date: 'c.date',
  terminal: 'c.terminal_id',
  assignee: 'c.assignee_id',
};

function isWithin({ people, places }: CaseReach): Expression<SqlBool> {
  return sql<SqlBool>`((c.person_id IS NOT NULL AND ${peopleWithin('c.person_id', people)})
    OR (c.person_id IS NULL AND ${placesWithin('c.site_id', places)}))`;
}

function isBehind([pressing, date, mildness, key]: CaseKey): Expression<SqlBool> {
  return sql<SqlBool>`(c.pressing, c.date, c.mildness, c.case_key)
    > (${pressing}, ${date}, ${mildness}, ${key})`;
}

function asked(query: ExceptionsQuery): Expression<SqlBool> {
  const { kind, severity: level, personId, assigneeId, from, to } = query;
  const statuses = query.status === 'pending' ? ['open', 'assigned'] : [query.status];
  const conditions = [
    sql<SqlBool>`c.status IN (${sql.join(statuses)})`,
    ...(kind === undefined ? [] : [sql<SqlBool>`c.kind = ${kind}`]),
    ...(level === undefined ? [] : [sql<SqlBool>`c.pressing = ${PRESSING.indexOf(level)}`]),
    ...(personId === undefined ? [] : [sql<SqlBool>`c.person_id = ${personId}`]),
    ...(assigneeId === undefined ? [] : [sql<SqlBool>`c.assignee_id = ${assigneeId}`]),
    ...(from === undefined ? [] : [sql<SqlBool>`c.date >= ${from}`]),
    ...(to === undefined ? [] : [sql<SqlBool>`c.date <= ${to}`]),
  ];
  return sql<SqlBool>`(${sql.join(conditions, sql` AND `)})`;
}

function rowOf({ finding, state, foundAt, changedAt }: StoredCase, origin: CaseOrigin) {
  return {
    case_key: finding.key,
    kind: finding.kind,
    pressing: PRESSING.indexOf(severityOf(finding.kind)),
    mildness: MILDEST - rankOf(finding.kind),
    status: state.status,
    person_id: finding.personId,
    date: isoOf(finding.date),
    terminal_id: finding.terminalId,
    site_id: finding.siteId,
    assignee_id: state.assigneeId,
    resolution: state.resolution,
    origin,
    state: JSON.stringify(state),
    found_at_s: foundAt,
    changed_at_s: changedAt,
  };
}

function caseFrom(row: Selectable<HubTables['exception_cases']>): StoredCase {
  const state = savedState.parse(row.state);
  return { finding: state.finding, state, foundAt: row.found_at_s, changedAt: row.changed_at_s };
}
