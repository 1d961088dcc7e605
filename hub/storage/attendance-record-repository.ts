import { z } from 'zod';
import { type ApprovalText, approvalText } from '#contracts/attendance/person-contract';
import { type SpecialDayText, specialDay } from '#contracts/attendance/rule-contract';
import {
  type AttendanceMember,
  approvalState,
  attendanceMember,
} from '#contracts/rest/v1/attendance';
import type { SqliteDatabase } from '#platform/sqlite/database';

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

interface ApprovalRow {
  readonly approval_id: string;
  readonly person_id: string;
  readonly from_date: string;
  readonly to_date: string;
  readonly state: string;
  readonly body: string;
}

interface RosterRow {
  readonly date: string;
  readonly shift_id: string | null;
}

const json = z.string().transform((text) => JSON.parse(text) as unknown);
const savedForm = json.pipe(approvalText);
const savedMember = json.pipe(attendanceMember);
const savedDays = json.pipe(z.array(specialDay));

/** What people bring to the calculation beside their punches. */
export class AttendanceRecordRepository {
  readonly #db: SqliteDatabase;
  readonly #member;
  readonly #roster;
  readonly #approvals;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    this.#member = db.prepare<[string], { body: string }>(
      'SELECT body FROM attendance_members WHERE person_id = ?',
    );
    this.#roster = db.prepare<[string, string, string], RosterRow>(
      'SELECT date, shift_id FROM roster WHERE person_id = ? AND date BETWEEN ? AND ? ORDER BY date',
    );
    this.#approvals = db.prepare<[string, string, string], ApprovalRow>(
      `SELECT * FROM approvals WHERE person_id = ? AND from_date <= ? AND to_date >= ?
       ORDER BY approval_id`,
    );
  }

  member(personId: string): AttendanceMember | undefined {
    const row = this.#member.get(personId);
    return row === undefined ? undefined : savedMember.parse(row.body);
  }

  saveMember(personId: string, member: AttendanceMember): void {
    this.#db
      .prepare(
        `INSERT INTO attendance_members (person_id, body) VALUES (?, ?)
         ON CONFLICT (person_id) DO UPDATE SET body = excluded.body`,
      )
      .run(personId, JSON.stringify(member));
  }

  roster(personId: string, { from, to }: DateRange): { date: string; shift: string | null }[] {
    return this.#roster
      .all(personId, from, to)
      .map((row) => ({ date: row.date, shift: row.shift_id }));
  }

  /** @returns false when it said so already */
  saveRoster(personId: string, date: string, shift: string | null): boolean {
    const { changes } = this.#db
      .prepare(
        `INSERT INTO roster (person_id, date, shift_id) VALUES (?, ?, ?)
         ON CONFLICT (person_id, date) DO UPDATE SET shift_id = excluded.shift_id
         WHERE shift_id IS NOT excluded.shift_id`,
      )
      .run(personId, date, shift);
    return changes === 1;
  }

  /** A date on or after `from` with a shift that is none of `known`. */
  rosterBeyond(from: string, known: readonly string[]): string | undefined {
    return this.#db
      .prepare<[string, string], { shift_id: string }>(
        `SELECT shift_id FROM roster WHERE date >= ? AND shift_id IS NOT NULL
           AND shift_id NOT IN (SELECT value FROM json_each(?)) LIMIT 1`,
      )
      .get(from, JSON.stringify(known))?.shift_id;
  }

  approval(approvalId: string): StoredApproval | undefined {
    const row = this.#db
      .prepare<[string], ApprovalRow>('SELECT * FROM approvals WHERE approval_id = ?')
      .get(approvalId);
    return row === undefined ? undefined : approvalFrom(row);
  }

  approvalsOf(personId: string, { from, to }: DateRange): StoredApproval[] {
    return this.#approvals.all(personId, to, from).map(approvalFrom);
  }

  addApproval(approval: StoredApproval, atMs: number): void {
    const { approvalId, personId, range, form } = approval;
    this.#db
      .prepare(
        `INSERT INTO approvals (approval_id, person_id, state, from_date, to_date, body, written_at_ms)
         VALUES (?, ?, ?, ?, ?, ?, ?)`,
      )
      .run(approvalId, personId, form.state, range.from, range.to, JSON.stringify(form), atMs);
  }

  setApprovalState(approvalId: string, state: ApprovalText['state'], atMs: number): void {
    this.#db
      .prepare('UPDATE approvals SET state = ?, written_at_ms = ? WHERE approval_id = ?')
      .run(state, atMs, approvalId);
  }

  companyDays(): SpecialDayText[] {
    const row = this.#db
      .prepare<[], { company_days: string }>('SELECT company_days FROM attendance_state')
      .get();
    return row === undefined ? [] : savedDays.parse(row.company_days);
  }

  saveCompanyDays(days: readonly SpecialDayText[]): void {
    this.#db.prepare('UPDATE attendance_state SET company_days = ?').run(JSON.stringify(days));
  }
}

function approvalFrom(row: ApprovalRow): StoredApproval {
  const written = savedForm.parse(row.body);
  const state = written.state === row.state ? written.state : approvalState.parse(row.state);
  return {
    approvalId: row.approval_id,
    personId: row.person_id,
    range: { from: row.from_date, to: row.to_date },
    form: { ...written, id: row.approval_id, state },
  };
}
