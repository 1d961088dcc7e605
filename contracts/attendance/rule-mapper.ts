import type { OvertimeTermsText, RoundingText } from '#contracts/attendance/overtime-contract';
import type { RuleText, SpecialDayText } from '#contracts/attendance/rule-contract';
import type { SectionText } from '#contracts/attendance/section-contract';
import { wallSecondsOf, wallSpanOf } from '#contracts/attendance/time-text';
import type { SpecialDay } from '#domain/attendance/calendar/special-day';
import type { WeekPlan } from '#domain/attendance/calendar/week-plan';
import type { OvertimeTerms } from '#domain/attendance/rule/overtime-rule';
import type { Rule, Thresholds } from '#domain/attendance/rule/rule';
import {
  BEFORE_ON_SECONDS,
  type Section,
  type WindowMargins,
  withWindows,
} from '#domain/attendance/rule/section';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { Rounding } from '#domain/attendance/time/rounding';

const MONDAY_TO_FRIDAY = [1, 2, 3, 4, 5];
const MINUTE = 60;

/** Margins of a special day that stands outside any rule. */
export const USUAL_MARGINS: WindowMargins = { beforeOn: BEFORE_ON_SECONDS, afterOff: null };

/** The domain's rule of a checked rule text. */
export function ruleOf(text: RuleText, documentZone: string): Rule {
  const margins = marginsOf(text);
  return {
    id: text.id,
    name: text.name === '' ? text.id : text.name,
    effectiveFrom: text.effectiveFrom === undefined ? -Infinity : dayNumberOf(text.effectiveFrom),
    zone: text.zone ?? documentZone,
    kind: text.kind,
    range: {
      people: new Set(text.for.people),
      departments: new Set(text.for.departments),
      tags: new Set(text.for.tags),
      exempt: new Set(text.for.exempt),
    },
    week: weekOf(text, margins),
    shifts: new Map(
      text.shifts.map((shift) => [
        shift.id,
        { id: shift.id, name: shift.name, sections: sectionsOf(shift.sections, margins) },
      ]),
    ),
    defaultShift: text.defaultShift ?? null,
    free: {
      boundary: wallSecondsOf(text.free.dayBoundary),
      requiredSeconds: secondsOrNull(text.free.requiredMinutes),
      shortage: text.free.shortage,
    },
    followsHolidays: text.holidays === 'follow',
    specialDays: text.specialDays.map((day) => specialDayOf(day, margins)),
    offdayPunches: text.offdayPunches,
    ...timingOf(text),
    ...punchTermsOf(text),
    presence: {
      pairing: text.presence.pairing,
      direction: text.presence.direction,
      date: text.presence.date,
      newShiftSeconds: text.presence.newShiftMinutes * MINUTE,
      unclosed:
        typeof text.presence.unclosed === 'string'
          ? text.presence.unclosed
          : text.presence.unclosed.minutes * MINUTE,
    },
    overtime: {
      basis: text.overtime.basis,
      workday: termsOf(text.overtime.workday),
      restday: termsOf(text.overtime.restday),
      holiday: termsOf(text.overtime.holiday),
    },
    makeup: {
      allowed: text.makeup.allowed,
      countPerMonth: text.makeup.countPerMonth ?? null,
      dayLimit: text.makeup.dayLimit ?? null,
      closesOnDay: text.makeup.closesOnDay ?? null,
      disabledFor: new Set(text.makeup.disabledFor),
    },
  };
}

function marginsOf(text: RuleText): WindowMargins {
  const { beforeOnMinutes, afterOffMinutes } = text.windows;
  return { beforeOn: beforeOnMinutes * MINUTE, afterOff: secondsOrNull(afterOffMinutes) };
}

function secondsOrNull(minutes: number | undefined): number | null {
  return minutes === undefined ? null : minutes * MINUTE;
}

function sectionsOf(texts: readonly SectionText[], margins: WindowMargins): readonly Section[] {
  const plans = texts.map((text, index) => ({
    id: text.id ?? String(index + 1),
    on: wallSecondsOf(text.on),
    off: wallSecondsOf(text.off),
    rests: text.rests.map(wallSpanOf),
    onWindow: text.onWindow && wallSpanOf(text.onWindow),
    offWindow: text.offWindow && wallSpanOf(text.offWindow),
    required: text.required,
  }));
  return withWindows(plans, margins);
}

function weekOf(text: RuleText, margins: WindowMargins): WeekPlan {
  const usual = { days: MONDAY_TO_FRIDAY, weeks: 'every' as const, sections: text.sections };
  return {
    entries: (text.week ?? [usual]).map((entry) => ({
      weekdays: new Set(entry.days),
      weeks: entry.weeks,
      sections: text.kind === 'free' ? [] : sectionsOf(entry.sections ?? [], margins),
    })),
    oddWeek: text.oddWeek === undefined ? null : dayNumberOf(text.oddWeek),
  };
}

/** The domain's special day of a checked text. */
export function specialDayOf(text: SpecialDayText, margins: WindowMargins): SpecialDay {
  const from = dayNumberOf(text.date ?? text.from ?? '');
  return {
    from,
    to: text.date === undefined ? dayNumberOf(text.to ?? '') : from,
    repeat: text.repeat,
    kind: text.kind,
    name: text.name,
    sections: text.sections === undefined ? null : sectionsOf(text.sections, margins),
  };
}

type Timing = Pick<
  Rule,
  | 'tolerance'
  | 'flex'
  | 'lateSteps'
  | 'thresholds'
  | 'missing'
  | 'rounding'
  | 'autoRest'
  | 'meal'
  | 'night'
  | 'noon'
  | 'balanceToleranceSeconds'
>;

function timingOf(text: RuleText): Timing {
  return {
    tolerance: {
      lateSeconds: text.tolerance.lateMinutes * MINUTE,
      earlySeconds: text.tolerance.earlyMinutes * MINUTE,
      counts: text.tolerance.counts,
    },
    flex: {
      earlySeconds: text.flex.earlyMinutes * MINUTE,
      lateSeconds: text.flex.lateMinutes * MINUTE,
    },
    lateSteps: text.lateRule.map((step) => ({
      afterSeconds: step.leftAfterMinutes * MINUTE,
      laterSeconds: step.laterMinutes * MINUTE,
    })),
    thresholds: thresholdsOf(text),
    missing: text.missing,
    rounding: {
      on: roundingOf(text.rounding.on),
      off: roundingOf(text.rounding.off),
      worked: roundingOf(text.rounding.worked),
    },
    autoRest: text.autoRest.map(restStepOf),
    meal:
      text.meal === undefined
        ? null
        : { ...wallSpanOf(text.meal), restSeconds: text.meal.restMinutes * MINUTE },
    night: wallSpanOf(text.night),
    noon: text.noon === undefined ? null : wallSecondsOf(text.noon),
    balanceToleranceSeconds: text.balanceToleranceMinutes * MINUTE,
  };
}

function thresholdsOf({ thresholds }: RuleText): Thresholds {
  return {
    seriousLateSeconds: secondsOrNull(thresholds.seriousLateMinutes) ?? Infinity,
    absentLateSeconds: secondsOrNull(thresholds.absentLateMinutes) ?? Infinity,
    absentEarlySeconds: secondsOrNull(thresholds.absentEarlyMinutes) ?? Infinity,
    halfDayBelowSeconds: secondsOrNull(thresholds.halfDayBelowMinutes) ?? 0,
    absentBelowSeconds: secondsOrNull(thresholds.absentBelowMinutes) ?? 0,
  };
}

type PunchTerms = Pick<
  Rule,
  'duplicateSeconds' | 'travelKmh' | 'offAfterOnSeconds' | 'place' | 'methods' | 'fieldPunches'
>;

function punchTermsOf(text: RuleText): PunchTerms {
  return {
    duplicateSeconds: text.duplicateSeconds,
    travelKmh: text.travelKmh,
    offAfterOnSeconds: text.offAfterOnMinutes * MINUTE,
    place:
      text.place === undefined
        ? null
        : { siteIds: new Set(text.place.sites), outOfRange: text.place.outOfRange },
    methods:
      text.methods === undefined
        ? null
        : { allowed: new Set(text.methods.allowed), otherwise: text.methods.otherwise },
    fieldPunches: text.fieldPunches,
  };
}

function restStepOf(step: { reachedMinutes: number; restMinutes: number }): {
  reached: number;
  rest: number;
} {
  return { reached: step.reachedMinutes * MINUTE, rest: step.restMinutes * MINUTE };
}

function termsOf(text: OvertimeTermsText): OvertimeTerms {
  return {
    allowed: text.allowed,
    source: text.source,
    startSeconds: text.startMinutes * MINUTE,
    minSeconds: text.minMinutes * MINUTE,
    maxSeconds: secondsOrNull(text.maxMinutes),
    range: text.range,
    rest: { fixed: text.rests.map(wallSpanOf), byDuration: text.restByDuration.map(restStepOf) },
    rounding: roundingOf(text.rounding),
    compensation: text.compensation,
    always: text.always.map(wallSpanOf),
  };
}

/** The "7/8-minute rules" are the plain ones with their cutoff at a whole minute. */
export function roundingOf(text: RoundingText | undefined): Rounding | undefined {
  if (text === undefined) return undefined;
  const partial = {
    up: text.mode,
    down: text.mode,
    nearest: text.mode,
    nearestPartialDown: Math.ceil(text.unitMinutes / 2),
    nearestPartialUp: Math.floor(text.unitMinutes / 2),
  }[text.mode];
  const cutoffMinutes = typeof partial === 'number' ? partial : text.cutoffMinutes;
  return {
    mode: text.mode === 'up' || text.mode === 'down' ? text.mode : 'nearest',
    unitSeconds: text.unitMinutes * MINUTE,
    ...(cutoffMinutes === undefined ? {} : { cutoffSeconds: cutoffMinutes * MINUTE }),
    ...(text.graceMinutes === undefined ? {} : { graceSeconds: text.graceMinutes * MINUTE }),
  };
}
