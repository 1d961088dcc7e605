import type { Attendance, DayResult, Outcome } from '#domain/attendance/day-result';
import { finalityOf } from '#domain/attendance/finality/finality';
import { noOvertime } from '#domain/attendance/overtime/overtime';
import { type ExceptionKind, severityOf } from '#domain/attendance/status/verdict';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { between, type Timeline, type Unruled } from '#domain/attendance/timeline';

type Judged = Pick<
  DayResult,
  'frame' | 'exceptions' | 'overtime' | 'attendance' | 'calibrated' | 'punches'
>;

/** The one word for a judged day: the worst of what remains, else what kind of good day it was. */
export function outcomeOf(day: Judged): Outcome {
  const worst = day.exceptions
    .flatMap(({ kind }) => severestOf(kind))
    .toSorted((a, b) => severityOf(b) - severityOf(a))
    .at(0);
  if (worst !== undefined) return worst;
  if (day.exceptions.length > 0) return 'irregular';
  const waits = day.calibrated.duties.some((duty) => duty.status === 'pending');
  if (waits || day.attendance === 'undecided') return 'undecided';
  if (day.frame?.kind.dayClass === 'workday') return 'normal';
  if (day.overtime.status === 'short') return 'overtimeShort';
  return day.overtime.status === 'normal' ? 'overtime' : 'rest';
}

/** Oddities of a punch do not outrank what its time came to. */
function severestOf(kind: ExceptionKind): readonly SevereOutcome[] {
  const severe: readonly SevereOutcome[] = ['late', 'seriousLate', 'early', 'missing', 'absent'];
  return severe.filter((status) => status === kind);
}

type SevereOutcome = 'late' | 'seriousLate' | 'early' | 'missing' | 'absent';

/** A date on which nothing is expected and nothing is judged; its punches are kept all the same. */
export function unruledDay(
  timeline: Timeline,
  date: DayNumber,
  reason: Unruled['reason'],
): Omit<DayResult, 'facts'> {
  const opens = timeline.opensOn(date);
  const closes = Math.max(opens, timeline.opensOn(date + 1));
  const verdict = { duties: [], shiftSeconds: 0, laterSeconds: 0, absent: false, absentSeconds: 0 };
  const attendance: Attendance = 'none';
  return {
    personId: timeline.person.member.id,
    date,
    frame: null,
    outcome: reason,
    attendance,
    finality: finalityOf(date, closes - 1, timeline.world.progress),
    raw: verdict,
    calibrated: verdict,
    rawExceptions: [],
    exceptions: [],
    punches: between(timeline.punches, opens, closes).map((punch) => ({ punch, duty: null })),
    presence: [],
    worked: NOTHING_WORKED,
    shortageSeconds: 0,
    overtime: noOvertime('workday'),
    approvals: [],
    override: null,
    opens,
    closes,
  };
}

const NOTHING_WORKED = {
  presenceSeconds: 0,
  workedSeconds: 0,
  payableSeconds: 0,
  nightSeconds: 0,
  restSeconds: 0,
  balanceSeconds: 0,
};
