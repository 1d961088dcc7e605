import type { SpecialDay } from '#domain/attendance/calendar/special-day';
import type { WeekPlan } from '#domain/attendance/calendar/week-plan';
import type { MakeupPolicy } from '#domain/attendance/makeup/quota';
import type { OvertimeRule, RestStep } from '#domain/attendance/rule/overtime-rule';
import type { Section, WallSpan } from '#domain/attendance/rule/section';
import type { DayNumber } from '#domain/attendance/time/day-number';
import type { Rounding } from '#domain/attendance/time/rounding';

export type PunchMethod = 'face' | 'wifi' | 'pin' | 'qr' | 'card' | 'field' | 'manager';

/** Minutes forgiven at either end, in seconds. */
export interface Tolerance {
  readonly lateSeconds: number;
  readonly earlySeconds: number;
  /** Beyond the tolerance: the whole delay counts, or only what lies beyond. */
  readonly counts: 'whole' | 'excess';
}

/** Come early, go early; come late, go late: how far the day may move, in seconds. */
export interface Flex {
  readonly earlySeconds: number;
  readonly lateSeconds: number;
}

/** Left this long after yesterday's last off: today's first on may be that much later. */
export interface LateStep {
  readonly afterSeconds: number;
  readonly laterSeconds: number;
}

/** Lines beyond which a delay, or a day too short, weighs more. Infinity and 0 switch one off. */
export interface Thresholds {
  readonly seriousLateSeconds: number;
  readonly absentLateSeconds: number;
  readonly absentEarlySeconds: number;
  readonly halfDayBelowSeconds: number;
  readonly absentBelowSeconds: number;
}

/** Where one may punch. */
export interface PlaceRule {
  readonly siteIds: ReadonlySet<string>;
  readonly outOfRange: 'exception' | 'field' | 'refuse';
}

export interface MethodRule {
  readonly allowed: ReadonlySet<PunchMethod>;
  readonly otherwise: 'exception' | 'refuse';
}

/** How stretches of being there are read from punches. */
export interface PresenceRule {
  /** `duties`: from matched on to matched off; `span`: first to last; `pairs`: every in with its out; `none`: times are only recorded. */
  readonly pairing: 'duties' | 'span' | 'pairs' | 'none';
  /** Whether in and out alternate, or only stated directions are believed. */
  readonly direction: 'alternating' | 'stated';
  /** The date they are booked under: that of the duty, cut at midnight, or a date of the whole shift. */
  readonly date: 'duty' | 'midnight' | 'mostWorked' | 'started' | 'ended';
  /** A pause this long begins another shift, for those that are booked as a whole. */
  readonly newShiftSeconds: number;
  /** What becomes of an on without an off: nothing, the standard time, or this many seconds. */
  readonly unclosed: 'nothing' | 'standard' | number;
}

/** A meal taken at will inside a window: what was not taken is deducted. */
export interface Meal extends WallSpan {
  readonly restSeconds: number;
}

/** Free attendance: no fixed hours; a day runs from boundary to boundary. */
export interface FreeRule {
  readonly boundary: number;
  readonly requiredSeconds: number | null;
  /** What a day shorter than required is. */
  readonly shortage: 'noted' | 'absent';
}

/** Who a rule is for, and whom it exempts. */
export interface RuleRange {
  readonly people: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
  readonly tags: ReadonlySet<string>;
  readonly exempt: ReadonlySet<string>;
}

/** One shift of a roster. */
export interface Shift {
  readonly id: string;
  readonly name: string;
  readonly sections: readonly Section[];
}

/** One version of one rule group: everything a day's calculation may ask about. */
export interface Rule {
  readonly id: string;
  readonly name: string;
  readonly effectiveFrom: DayNumber;
  readonly zone: string;
  readonly kind: 'fixed' | 'shift' | 'free';
  readonly range: RuleRange;
  readonly week: WeekPlan;
  readonly shifts: ReadonlyMap<string, Shift>;
  readonly defaultShift: string | null;
  readonly free: FreeRule;
  readonly followsHolidays: boolean;
  readonly specialDays: readonly SpecialDay[];
  readonly offdayPunches: 'allowed' | 'refused';
  readonly tolerance: Tolerance;
  readonly flex: Flex;
  readonly lateSteps: readonly LateStep[];
  readonly thresholds: Thresholds;
  /** Whether leave over the missing punch's time alone heals it. */
  readonly missing: 'strict' | 'covered';
  readonly duplicateSeconds: number;
  readonly travelKmh: number;
  readonly offAfterOnSeconds: number;
  readonly place: PlaceRule | null;
  readonly methods: MethodRule | null;
  /** Whether outing punches fill duties: never, always, or under an approved outing or trip. */
  readonly fieldPunches: 'ignored' | 'counted' | 'approved';
  readonly presence: PresenceRule;
  readonly rounding: {
    readonly on: Rounding | undefined;
    readonly off: Rounding | undefined;
    readonly worked: Rounding | undefined;
  };
  readonly autoRest: readonly RestStep[];
  readonly meal: Meal | null;
  readonly night: WallSpan;
  /** Where a half day ends, when the rule says so. */
  readonly noon: number | null;
  readonly balanceToleranceSeconds: number;
  readonly overtime: OvertimeRule;
  readonly makeup: MakeupPolicy;
}
