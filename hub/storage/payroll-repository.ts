import { type Expression, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import { answerDay } from '#contracts/attendance/answer-contract';
import { type MonthPart, monthPart } from '#contracts/attendance/month-mapper';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { peopleWithin } from '#hub/storage/within-reach';

/** From the first date to the last, both inside. */
export interface DateSpan {
  readonly from: string;
  readonly to: string;
}

/** Whose rows an export has. */
export interface PeopleWanted {
  readonly reach: Reach;
  /** With everything below them; null: everybody in reach. */
  readonly departmentIds: readonly string[] | null;
  /** Only who has computed days of these dates. */
  readonly withDays: DateSpan | null;
}

/** A few people of a page; whoever is not in reach (any more) has no rows. */
export interface Whose {
  readonly personIds: readonly string[];
  readonly reach: Reach;
}

export type PersonKey = [employeeNo: string, personId: string];

/** What a sheet says of somebody in words. */
export interface PersonWords {
  readonly personId: string;
  readonly employeeNo: string;
  readonly name: string;
  readonly department: string;
  readonly departmentEn: string;
  readonly site: string;
  readonly siteEn: string;
  /** The rule that is theirs by name; other rules are found by the day. */
  readonly rule: string;
}

/** A day as it was stored, as far as sheets read it. */
export interface SheetDay {
  readonly personId: string;
  readonly date: string;
  readonly state: z.output<typeof answerDay>['state'];
  readonly ruleVersion: number | null;
  readonly part: MonthPart;
  /** The day in one word. */
  readonly outcome: { readonly 'zh-CN': string; readonly en: string };
  readonly rule: string | null;
  readonly shift: string | null;
}

/** A difference that was booked for a locked day. */
export interface BookedDifference {
  readonly personId: string;
  readonly date: string;
  readonly figure: string;
  readonly locked: number;
  readonly now: number;
  readonly difference: number;
  readonly bookedAtMs: number;
}

const words = z.object({
  outcome: answerDay.shape.outcome,
  rule: answerDay.shape.rule,
  shift: answerDay.shape.shift,
});

/** What payroll sheets and lists of days are made of, read person by person. */
export class PayrollRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Ids in the order of employee numbers, whatever their case. */
  async people(
    wanted: PeopleWanted,
    { limit, after }: { readonly limit: number | null; readonly after: PersonKey | undefined },
  ): Promise<readonly PersonKey[]> {
    const rows = await this.#db.now
      .selectFrom('people as p')
      .select(['p.employee_no', 'p.person_id'])
      .where(peopleWithin('p.person_id', wanted.reach))
      .where(sql<SqlBool>`(${sql.join(conditionsOf(wanted), sql` AND `)})`)
      .$if(after !== undefined, (all) =>
        all.where(sql<SqlBool>`lower(p.employee_no) > lower(${after?.[0] ?? ''})`),
      )
      .orderBy(sql`lower(p.employee_no)`)
      .$if(limit !== null, (all) => all.limit(limit ?? 0))
      .execute();
    return rows.map((row) => [row.employee_no, row.person_id]);
  }

  /** In the order of the ids. */
  async words({ personIds, reach }: Whose): Promise<readonly PersonWords[]> {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('people as p')
      .leftJoin('departments as d', 'd.department_id', 'p.department_id')
      .leftJoin('person_sites as h', (on) =>
        on.onRef('h.person_id', '=', 'p.person_id').on('h.home', '=', 1),
      )
      .leftJoin('sites as s', 's.site_id', 'h.site_id')
      .select(['p.person_id', 'p.employee_no', 'p.name', 'p.rule_id', 'd.name as department'])
      .select(['d.name_en as department_en', 's.name_zh as site', 's.name_en as site_en'])
      .where('p.person_id', 'in', personIds)
      .where(peopleWithin('p.person_id', reach))
      .execute();
    const known = new Map(rows.map((row) => [row.person_id, row]));
    return personIds.flatMap((personId) => {
      const row = known.get(personId);
      if (row === undefined) return [];
      return {
        personId,
        employeeNo: row.employee_no,
        name: row.name,
        department: row.department ?? '',
        departmentEn: row.department_en ?? row.department ?? '',
        site: row.site ?? '',
        siteEn: row.site_en ?? row.site ?? '',
        rule: row.rule_id ?? '',
      };
    });
  }

  async days({ personIds, reach }: Whose, { from, to }: DateSpan): Promise<SheetDay[]> {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('attendance_days')
      .select(['person_id', 'date', 'state', 'rule_version', 'result'])
      .where('person_id', 'in', personIds)
      .where(peopleWithin('person_id', reach))
      .where('date', '>=', from)
      .where('date', '<=', to)
      .orderBy('date')
      .execute();
    return rows.map((row) => {
      const result: unknown = JSON.parse(row.result);
      return {
        ...words.parse(result),
        personId: row.person_id,
        date: row.date,
        state: answerDay.shape.state.parse(row.state),
        ruleVersion: row.rule_version,
        part: monthPart.parse(result),
      };
    });
  }

  /** What was booked from one moment until another, in the order of booking. */
  async booked(
    { personIds, reach }: Whose,
    { fromMs, untilMs }: { readonly fromMs: number; readonly untilMs: number },
  ): Promise<BookedDifference[]> {
    if (personIds.length === 0) return [];
    const rows = await this.#db.now
      .selectFrom('attendance_adjustments')
      .selectAll()
      .where('person_id', 'in', personIds)
      .where(peopleWithin('person_id', reach))
      .where('booked_at_ms', '>=', fromMs)
      .where('booked_at_ms', '<', untilMs)
      .where('difference', '<>', 0)
      .orderBy('id')
      .execute();
    return rows.map((row) => ({
      personId: row.person_id,
      date: row.date,
      figure: row.figure,
      locked: row.locked,
      now: row.now,
      difference: row.difference,
      bookedAtMs: row.booked_at_ms,
    }));
  }
}

function conditionsOf({ departmentIds, withDays }: PeopleWanted): readonly Expression<SqlBool>[] {
  return [
    sql<SqlBool>`1 = 1`,
    ...(departmentIds === null ? [] : [inDepartments(departmentIds)]),
    ...(withDays === null
      ? []
      : [
          sql<SqlBool>`EXISTS (SELECT 1 FROM attendance_days d WHERE d.person_id = p.person_id
            AND d.date >= ${withDays.from} AND d.date <= ${withDays.to})`,
        ]),
  ];
}

function inDepartments(departmentIds: readonly string[]): Expression<SqlBool> {
  return sql<SqlBool>`p.department_id IN (
    WITH RECURSIVE below (id) AS (
      SELECT department_id FROM departments WHERE department_id IN (${sql.join([...departmentIds])})
      UNION
      SELECT d.department_id FROM below JOIN departments d ON d.parent_id = below.id)
    SELECT id FROM below)`;
}
