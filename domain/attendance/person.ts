import type { Approval } from '#domain/attendance/approval/approval';
import type { Calendar } from '#domain/attendance/calendar/calendar';
import type { SpecialDay } from '#domain/attendance/calendar/special-day';
import type { Progress } from '#domain/attendance/finality/finality';
import type { Punch, Site } from '#domain/attendance/punch/punch';
import type { Member } from '#domain/attendance/rule/assignment';
import type { Rule } from '#domain/attendance/rule/rule';
import type { DayNumber } from '#domain/attendance/time/day-number';
import type { Spans } from '#domain/attendance/time/span';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** What a manager wrote over a day's result; the calculation stays beneath it. */
export interface Override {
  readonly attendance: 'present' | 'half' | 'absent';
  readonly reason: string;
  /** When the person was there, where the manager knows; null: as punched. */
  readonly spans: Spans | null;
}

/** Dates from the first to the last, both inside. */
export interface DateSpan {
  readonly from: DayNumber;
  readonly to: DayNumber;
}

/** Everything about one person that a day's result depends on. */
export interface Person {
  readonly member: Member;
  /** Employed from and to, both inside. */
  readonly activeFrom: DayNumber;
  readonly activeTo: DayNumber;
  /** Between two employments, both inside: nobody is absent then. */
  readonly breaks: readonly DateSpan[];
  readonly roster: ReadonlyMap<DayNumber, string | null>;
  readonly specialDays: readonly SpecialDay[];
  readonly punches: readonly Punch[];
  readonly approvals: readonly Approval[];
  readonly overrides: ReadonlyMap<DayNumber, Override>;
}

/** Everything that people have in common. */
export interface World {
  /** Zone of a day without a rule. */
  readonly zone: string;
  clockOf(zone: string): ZoneClock;
  readonly rules: readonly Rule[];
  readonly calendar: Calendar;
  readonly companyDays: readonly SpecialDay[];
  readonly sites: ReadonlyMap<string, Site>;
  readonly progress: Progress;
}
