import { z } from 'zod';
import { type AnswerDay, answerDay } from '#contracts/attendance/answer-contract';
import type { WecomPunch } from '#contracts/wecom/checkin-data';
import type { WecomPerson } from '#contracts/wecom/person';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { peopleWithin } from '#hub/storage/within-reach';

/** Whose, and from when on until when; the end belongs to it. */
export interface CompatQuery<T> {
  readonly personIds: readonly string[];
  readonly from: T;
  readonly to: T;
  readonly reach: Reach;
}

const savedResult = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(answerDay);
const savedWifi = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(z.object({ ssid: z.string().optional(), bssid: z.string().optional() }));

/** What interfaces of other products are answered from. */
export class CompatRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  async people(employeeNos: readonly string[], reach: Reach): Promise<WecomPerson[]> {
    const rows = await this.#db.now
      .selectFrom('people as e')
      .leftJoin('departments as d', 'd.department_id', 'e.department_id')
      .select(['e.person_id', 'e.employee_no', 'e.name', 'd.name as department_name'])
      .where('e.employee_no', 'in', employeeNos)
      .where(peopleWithin('e.person_id', reach))
      .execute();
    return rows.map((row) => ({
      personId: row.person_id,
      employeeNo: row.employee_no,
      name: row.name,
      departmentName: row.department_name ?? '',
    }));
  }

  /** Dates. In the order of people, then of dates. */
  async days({ personIds, from, to, reach }: CompatQuery<string>): Promise<AnswerDay[]> {
    const rows = await this.#db.now
      .selectFrom('attendance_days as d')
      .select('d.result')
      .where('d.person_id', 'in', personIds)
      .where('d.date', '>=', from)
      .where('d.date', '<=', to)
      .where(peopleWithin('d.person_id', reach))
      .orderBy('d.person_id')
      .orderBy('d.date')
      .execute();
    return rows.map(({ result }) => savedResult.parse(result));
  }

  /** Milliseconds. @param by when somebody punched, or when the hub heard of it */
  async punches(
    { personIds, from, to, reach }: CompatQuery<number>,
    by: 'punched_at_ms' | 'received_at_ms',
  ): Promise<WecomPunch[]> {
    const rows = await this.#db.now
      .selectFrom('punches as p')
      .leftJoin('terminals as t', 't.terminal_id', 'p.terminal_id')
      .leftJoin('sites as s', 's.site_id', 'p.site_id')
      .select(['p.log_id', 'p.seq', 'p.person_id', 'p.punched_at_ms', 'p.received_at_ms'])
      .select(['p.direction', 'p.terminal_id', 'p.wifi'])
      .select(['t.name as terminal_name', 's.name_zh as site_name'])
      .where('p.person_id', 'in', personIds)
      .where(`p.${by}`, '>=', from)
      .where(`p.${by}`, '<=', to)
      .where(peopleWithin('p.person_id', reach))
      .orderBy(`p.${by}`)
      .orderBy('p.log_id')
      .orderBy('p.seq')
      .execute();
    return rows.map((row) => ({
      id: `${row.log_id}:${row.seq}`,
      personId: row.person_id,
      punchedAtMs: row.punched_at_ms,
      receivedAtMs: row.received_at_ms,
      direction: row.direction,
      terminalId: row.terminal_id,
      terminalName: row.terminal_name ?? '',
      siteName: row.site_name ?? '',
      wifi: row.wifi === null ? {} : savedWifi.parse(row.wifi),
    }));
  }
}
