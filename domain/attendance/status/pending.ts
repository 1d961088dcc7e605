import { isDecided, type Progress } from '#domain/attendance/finality/finality';
import type { DayVerdict, DutyVerdict } from '#domain/attendance/status/verdict';

/**
 * Holds judgement on what may still change: nobody is absent, and no punch is missing, before its
 * window is over and every terminal has reported.
 */
export function undecide(verdict: DayVerdict, closes: number, progress: Progress): DayVerdict {
  if (isDecided(closes, progress)) return verdict;
  const duties = verdict.duties.map((duty): DutyVerdict => {
    const waits = duty.status === 'missing' && !isDecided(duty.duty.to + 59, progress);
    const unseen = verdict.absent && duty.status === 'absent';
    return waits || unseen ? { ...duty, status: 'pending', seconds: 0 } : duty;
  });
  return { ...verdict, duties, absent: false, absentSeconds: 0 };
}
