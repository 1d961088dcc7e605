import type { Refusal } from '#contracts/attendance/refusal';
import type { Bilingual } from '#domain/approvals/bilingual';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { lockWarningOf } from '#domain/exceptions/lock-warning';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { AttendanceDayRepository } from '#hub/storage/attendance-day-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { CaseRepository } from '#hub/storage/case-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { EventBook } from '#hub/webhooks/event-book';
import type { Clock } from '#platform/clock/clock';

interface LockDeps {
  readonly db: HubDatabase;
  readonly days: AttendanceDayRepository;
  readonly work: AttendanceWorkRepository;
  readonly world: AttendanceWorld;
  readonly cases: CaseRepository;
  readonly eventBook: EventBook;
  readonly clock: Clock;
  readonly onMarked: () => void;
}

/** What happens to days for which a terminal has not reported everything. */
export type PendingDays = 'refuse' | 'accept';

/** What is knowingly locked in: days that are not reported, exceptions that nobody has decided about. */
export interface LockTerms {
  readonly pending: PendingDays;
  readonly exceptions: 'refuse' | 'accept';
}

/**
 * Closes the books up to a date. The days are frozen person by person, each in one transaction; from
 * then on a change is booked beside them.
 */
export class PeriodLock {
  readonly #deps: LockDeps;

  constructor(deps: LockDeps) {
    this.#deps = deps;
  }

  /** @returns how many days are to be frozen */
  async lock(through: string, terms: LockTerms): Promise<Result<number, Refusal>> {
    const { db, onMarked } = this.#deps;
    const locked = await db.transaction(async () => await this.#lock(through, terms));
    if (locked.ok) onMarked();
    return locked;
  }

  /** Judged and written in one transaction: no day may be marked or computed in between. */
  async #lock(through: string, terms: LockTerms): Promise<Result<number, Refusal>> {
    const { days, work, world, cases, eventBook, clock } = this.#deps;
    const { lockedThrough } = await work.state();
    if (lockedThrough !== undefined && through < lockedThrough) return failed(back(lockedThrough));
    if (dayNumberOf(through) >= (await world.today()).day) return failed(NOT_OVER);
    if ((await work.count(through)) > 0) return failed(BUSY);
    const counts = await days.countStates(through);
    if ((counts.open ?? 0) > 0) return failed(NOT_OVER);
    const waiting = counts.pendingSync ?? 0;
    if (waiting > 0 && terms.pending === 'refuse') return failed(unreported(waiting));
    const warning = lockWarningOf(await cases.unsettled(through), dayNumberOf(through));
    if (warning !== null && terms.exceptions === 'refuse') return failed(unsettled(warning.text));
    await work.saveLocked(through);
    await eventBook.tell('day.locked', [{ through }], clock.now());
    await work.markUnlocked(through);
    return ok(waiting + (counts.provisional ?? 0));
  }
}

const NOT_OVER: Refusal = {
  path: 'through',
  'zh-CN': '这一天还没有结束，不能锁定',
  en: 'that day is not over yet',
};

const BUSY: Refusal = {
  path: 'through',
  'zh-CN': '仍有结果正在计算，请稍后再锁定',
  en: 'results are still being computed; lock in a moment',
};

function back(lockedThrough: string): Refusal {
  return {
    path: 'through',
    'zh-CN': `已锁定到 ${lockedThrough}，不能解锁`,
    en: `everything through ${lockedThrough} is locked already and stays so`,
  };
}

function unsettled(text: Bilingual): Refusal {
  return {
    path: 'exceptions',
    'zh-CN': `${text['zh-CN']}；如仍要锁定，请写 "exceptions": "accept"`,
    en: `${text.en}; "exceptions": "accept" locks all the same`,
  };
}

function unreported(days: number): Refusal {
  return {
    path: 'pending',
    'zh-CN': `有 ${days} 个人日仍有终端未上传完毕；如仍要锁定，请写 "pending": "accept"`,
    en: `for ${days} days a terminal has not reported everything; "pending": "accept" locks them all the same`,
  };
}
