import type { Selectable } from 'kysely';
import { z } from 'zod';
import { type ApprovalText, approvalText } from '#contracts/attendance/person-contract';
import { type SpecialDayText, specialDay } from '#contracts/attendance/rule-contract';
import {
  type AttendanceMember,
  approvalState,
  attendanceMember,
} from '#contracts/rest/v1/attendance';
import { byCodePoint } from '#domain/attendance/text-order';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { HubTables } from '#hub/storage/hub-tables';
import { type Membership, membershipOf, saveRuling } from '#hub/storage/membership';

/** The dates a form may act on, both inside. */
export interface DateRange {
  readonly from: string;
  readonly to: string;
}

export interface StoredApproval {
  readonly approvalId: string;
  readonly personId: string;
  readonly range: DateRange;
  readonly form: ApprovalText;
}

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const savedForm = json.pipe(approvalText);
const savedMember = json.pipe(attendanceMember.pick({ specialDays: true, overrides: true }));
const savedDays = json.pipe(z.array(specialDay));

export type StoredMember = Membership & Pick<AttendanceMember, 'specialDays' | 'overrides'>;

/** One cell of the roster; without a shift it is a day of rest. */
export interface RosterEntry {
  readonly personId: string;
  readonly date: string;
  readonly shift: string | null;
}

const ROWS_AT_ONCE = 1000; // three parameters each, and SQLite takes 32 766

/** What people bring to the calculation beside their punches. */
export class AttendanceRecordRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** Everything the calculation wants to know of somebody beside punches, roster and forms. */
  async member(personId: string): Promise<StoredMember | undefined> {
    const membership = await membershipOf(this.#db, personId);
    if (membership === undefined) return undefined;
    const row = await this.#db.now
      .selectFrom('attendance_members')
      .select('body')
      .where('person_id', '=', personId)
      .executeTakeFirst();
    return { ...membership, ...(row === undefined ? {} : savedMember.parse(row.body)) };
  }

  async saveMember(personId: string, member: AttendanceMember): Promise<void> {
    const { rule = null, tags = [], ...own } = member;
    await saveRuling(this.#db, personId, { rule, tags });
    await this.#db.now
      .insertInto('attendance_members')
      .values({ person_id: personId, body: JSON.stringify(own) })
      .onConflict((conflict) =>
        conflict.column('person_id').doUpdateSet((row) => ({ body: row.ref('excluded.body') })),
      )
      .execute();
  }

  async roster(
    personId: string,
    { from, to }: DateRange,
  ): Promise<{ date: string; shift: string | null }[]> {
    return await this.#db.now
      .selectFrom('roster')
      .select(['date', 'shift_id as shift'])
      .where('person_id', '=', personId)
      .where('date', '>=', from)
      .where('date', '<=', to)
      .orderBy('date')
      .execute();
  }

  /**
   * @param entries each date of a person once
   * @returns those that did not say so already
   */
  async saveRoster(
    entries: readonly RosterEntry[],
  ): Promise<{ readonly personId: string; readonly date: string }[]> {
    const changed: { personId: string; date: string }[] = [];
    for (let start = 0; start < entries.length; start += ROWS_AT_ONCE) {
      const rows = entries.slice(start, start + ROWS_AT_ONCE);
      const written = this.#db.now
        .insertInto('roster')
        .values(
          rows.map(({ personId, date, shift }) => ({ person_id: personId, date, shift_id: shift })),
        )
        .onConflict((conflict) =>
          conflict
            .columns(['person_id', 'date'])
            .doUpdateSet((row) => ({ shift_id: row.ref('excluded.shift_id') }))
            .whereRef('roster.shift_id', 'is distinct from', 'excluded.shift_id'),
        )
        .returning(['person_id as personId', 'date']);
      changed.push(...(await written.execute()));
    }
    return changed;
  }

  /** A shift that is none of `known`, though the roster names it on a date on or after `from`. */
  async rosterBeyond(from: string, known: readonly string[]): Promise<string | undefined> {
    const rows = await this.#db.now
      .selectFrom('roster')
      .select((table) => table.ref('shift_id').$notNull().as('shift'))
      .distinct()
      .where('date', '>=', from)
      .where('shift_id', 'is not', null)
      .execute();
    return rows
      .map((row) => row.shift)
      .toSorted(byCodePoint)
      .find((shift) => !known.includes(shift));
  }

  async approval(approvalId: string): Promise<StoredApproval | undefined> {
    const row = await this.#db.now
      .selectFrom('approvals')
      .selectAll()
      .where('approval_id', '=', approvalId)
      .executeTakeFirst();
    return row === undefined ? undefined : approvalFrom(row);
  }

  async approvalsOf(personId: string, { from, to }: DateRange): Promise<StoredApproval[]> {
    const rows = await this.#db.now
      .selectFrom('approvals')
      .selectAll()
      .where('person_id', '=', personId)
      .where('from_date', '<=', to)
      .where('to_date', '>=', from)
      .execute();
    return rows
      .map(approvalFrom)
      .toSorted((one, other) => byCodePoint(one.approvalId, other.approvalId));
  }

  /** What is approved and was decided by no form. */
  async approvedAlone(): Promise<StoredApproval[]> {
    const rows = await this.#db.now
      .selectFrom('approvals as a')
      .selectAll('a')
      .where('a.state', '=', 'approved')
      .where((of) =>
        of.not(
          of.exists(
            of
              .selectFrom('forms as f')
              .select('f.form_id')
              .whereRef('f.form_id', '=', 'a.approval_id'),
          ),
        ),
      )
      .orderBy('a.approval_id')
      .execute();
    return rows.map(approvalFrom);
  }

  async saveApproval(approval: StoredApproval, atMs: number): Promise<void> {
    const { approvalId, personId, range, form } = approval;
    await this.#db.now
      .insertInto('approvals')
      .values({
        approval_id: approvalId,
        person_id: personId,
        state: form.state,
        from_date: range.from,
        to_date: range.to,
        body: JSON.stringify(form),
        written_at_ms: atMs,
      })
      .onConflict((conflict) =>
        conflict.column('approval_id').doUpdateSet((row) => ({
          person_id: row.ref('excluded.person_id'),
          state: row.ref('excluded.state'),
          from_date: row.ref('excluded.from_date'),
          to_date: row.ref('excluded.to_date'),
          body: row.ref('excluded.body'),
          written_at_ms: row.ref('excluded.written_at_ms'),
        })),
      )
      .execute();
  }

  async companyDays(): Promise<SpecialDayText[]> {
    const row = await this.#db.now
      .selectFrom('attendance_state')
      .select('company_days')
      .executeTakeFirstOrThrow();
    return savedDays.parse(row.company_days);
  }

  async saveCompanyDays(days: readonly SpecialDayText[]): Promise<void> {
    await this.#db.now
      .updateTable('attendance_state')
      .set({ company_days: JSON.stringify(days) })
      .execute();
  }
}

function approvalFrom(row: Selectable<HubTables['approvals']>): StoredApproval {
  const written = savedForm.parse(row.body);
  const state = written.state === row.state ? written.state : approvalState.parse(row.state);
  return {
    approvalId: row.approval_id,
    personId: row.person_id,
    range: { from: row.from_date, to: row.to_date },
    form: { ...written, id: row.approval_id, state },
  };
}
