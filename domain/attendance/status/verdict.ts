import type { Duty } from '#domain/attendance/duty/duty';
import type { CleanPunch } from '#domain/attendance/punch/punch';

/** What a duty came to. `pending`: its window is open, or a terminal has not reported yet. */
export type DutyStatus =
  | 'normal'
  | 'late'
  | 'seriousLate'
  | 'early'
  | 'missing'
  | 'absent'
  | 'pending';

export interface DutyVerdict {
  readonly duty: Duty;
  readonly punch: CleanPunch | null;
  /** A punch out of range that the rule refused, where it would have filled the duty. */
  readonly attempt: CleanPunch | null;
  /** The punch's time as it counts, after rounding and without seconds. */
  readonly countedAt: number | null;
  /** When the punch was due, after flexibility and the late rule. */
  readonly target: number;
  readonly status: DutyStatus;
  /** Of a delay or of an absence; 0 otherwise. */
  readonly seconds: number;
}

/** What a whole day came to, before or after approvals. */
export interface DayVerdict {
  readonly duties: readonly DutyVerdict[];
  /** The day moved this much by flexible hours; negative: earlier. */
  readonly shiftSeconds: number;
  /** What the late rule allowed after a long evening. */
  readonly laterSeconds: number;
  /** Nobody came: one absence instead of missing punches, this long. */
  readonly absent: boolean;
  readonly absentSeconds: number;
}

/** A thing to be counted in a month. */
export type ExceptionKind =
  | 'late'
  | 'seriousLate'
  | 'early'
  | 'missing'
  | 'absent'
  | 'outside'
  | 'method'
  | 'clock'
  | 'impossibleTravel';

export interface Exception {
  readonly kind: ExceptionKind;
  readonly count: number;
  readonly seconds: number;
}

/** How bad a status is; approvals may only lead down this ladder. */
export function severityOf(status: DutyStatus): number {
  const ladder: readonly DutyStatus[] = [
    'normal',
    'pending',
    'early',
    'late',
    'seriousLate',
    'missing',
    'absent',
  ];
  return ladder.indexOf(status);
}

/** Counts a verdict's exceptions: a day of absence is one, whatever its duties. */
export function exceptionsOf(verdict: DayVerdict): readonly Exception[] {
  const counts = new Map<ExceptionKind, Exception>();
  const add = (kind: ExceptionKind, seconds: number): void => {
    const known = counts.get(kind) ?? { kind, count: 0, seconds: 0 };
    counts.set(kind, { kind, count: known.count + 1, seconds: known.seconds + seconds });
  };
  if (verdict.absent) add('absent', verdict.absentSeconds);
  for (const { status, seconds, punch, attempt } of verdict.duties) {
    const isException = status !== 'normal' && status !== 'pending' && !verdict.absent;
    if (isException) add(status, seconds);
    if (attempt !== null && (status === 'missing' || status === 'absent')) add('outside', 0);
    for (const flag of punch?.flags ?? []) {
      if (flag !== 'field') add(flag, 0);
    }
  }
  return [...counts.values()];
}
