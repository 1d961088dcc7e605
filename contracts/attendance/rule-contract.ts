import { z } from 'zod';
import { minutes, overtime, restStep, rounding } from '#contracts/attendance/overtime-contract';
import { sections, wallSpan } from '#contracts/attendance/section-contract';
import { date, wallTime, zoneName } from '#contracts/attendance/time-text';

export const id = z.string().min(1).max(80);
const ids = z.array(id).max(10_000).default([]);
const name = z.string().max(200).default('');

/** `{date}`, `{from, to}`, or `{from, to, repeat: "fortnightly"}`. */
export const specialDay = z
  .strictObject({
    date: date.optional(),
    from: date.optional(),
    to: date.optional(),
    repeat: z.enum(['daily', 'fortnightly']).default('daily'),
    kind: z.enum(['workday', 'restday']),
    name,
    /** Hours of a special workday; the usual ones without it. */
    sections: sections.optional(),
  })
  .meta({ id: 'specialDay' });
export type SpecialDayText = z.output<typeof specialDay>;

export const weekEntry = z.strictObject({
  /** 0 = Sunday … 6 = Saturday. */
  days: z.array(z.int().min(0).max(6)).min(1).max(7),
  weeks: z.enum(['every', 'odd', 'even']).default('every'),
  /** Left out for free attendance only. */
  sections: sections.optional(),
});

export const shift = z.strictObject({ id, name, sections });

export const method = z.enum(['face', 'wifi', 'pin', 'qr', 'card', 'field', 'manager']);

const makeup = z.strictObject({
  allowed: z.boolean().default(true),
  countPerMonth: z.int().min(0).max(99).optional(),
  /** 1: on the day itself; 2: until the day after; … */
  dayLimit: z.int().min(1).max(180).optional(),
  closesOnDay: z.int().min(1).max(28).optional(),
  disabledFor: z
    .array(z.enum(['missing', 'late', 'early', 'other']))
    .max(4)
    .default([]),
});

const thresholds = z.strictObject({
  seriousLateMinutes: minutes.optional(),
  absentLateMinutes: minutes.optional(),
  absentEarlyMinutes: minutes.optional(),
  /** Worked less than this: half a day. */
  halfDayBelowMinutes: minutes.optional(),
  /** Worked less than this: absent. */
  absentBelowMinutes: minutes.optional(),
});

const presence = z.strictObject({
  /** `none`: times and places are recorded and nothing is counted. */
  pairing: z.enum(['duties', 'span', 'pairs', 'none']).default('duties'),
  direction: z.enum(['alternating', 'stated']).default('alternating'),
  date: z.enum(['duty', 'midnight', 'mostWorked', 'started', 'ended']).default('duty'),
  /** A pause this long begins another shift, for `mostWorked`, `started` and `ended`. */
  newShiftMinutes: z.int().min(1).max(1440).default(240),
  /** What an on without an off is worth. */
  unclosed: z
    .union([z.enum(['nothing', 'standard']), z.strictObject({ minutes: z.int().min(1).max(1440) })])
    .default('nothing'),
});

const free = z.strictObject({
  /** Where a day begins: 04:00 books 02:10 under yesterday. */
  dayBoundary: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .default('00:00'),
  requiredMinutes: z.int().min(1).max(1440).optional(),
  shortage: z.enum(['noted', 'absent']).default('noted'),
});

/** One version of one rule group. Every default is the behaviour of the worked examples. */
export const ruleText = z
  .strictObject({
    id: id.default('rule'),
    name,
    /** In force from this date until the next version of the same id. */
    effectiveFrom: date.optional(),
    /** The zone of the site; that of the document without it. */
    zone: zoneName.optional(),
    kind: z.enum(['fixed', 'shift', 'free']).default('fixed'),
    /** Whom the rule is for; everybody when all three are empty. */
    for: z.strictObject({ people: ids, departments: ids, tags: ids, exempt: ids }).prefault({}),
    /** Short for one week entry, Monday to Friday. */
    sections: sections.optional(),
    week: z.array(weekEntry).max(14).optional(),
    oddWeek: date.optional(),
    shifts: z.array(shift).max(50).default([]),
    defaultShift: id.optional(),
    free: free.prefault({}),
    holidays: z.enum(['follow', 'ignore']).default('follow'),
    specialDays: z.array(specialDay).max(366).default([]),
    offdayPunches: z.enum(['allowed', 'refused']).default('allowed'),
    windows: z
      .strictObject({ beforeOnMinutes: minutes.default(240), afterOffMinutes: minutes.optional() })
      .prefault({}),
    tolerance: z
      .strictObject({
        lateMinutes: minutes.default(0),
        earlyMinutes: minutes.default(0),
        /** Beyond the tolerance: the whole delay, or the excess only. */
        counts: z.enum(['whole', 'excess']).default('whole'),
      })
      .prefault({}),
    flex: z
      .strictObject({ earlyMinutes: minutes.default(0), lateMinutes: minutes.default(0) })
      .prefault({}),
    lateRule: z
      .array(z.strictObject({ leftAfterMinutes: minutes, laterMinutes: minutes }))
      .max(10)
      .default([]),
    thresholds: thresholds.prefault({}),
    /** `covered`: leave over the time of a missing punch heals it. */
    missing: z.enum(['strict', 'covered']).default('strict'),
    duplicateSeconds: z.int().min(0).max(60).default(10),
    travelKmh: z.int().min(1).max(1200).default(120),
    /** What must pass between on and off. */
    offAfterOnMinutes: z.int().min(0).max(1435).default(0),
    place: z
      .strictObject({
        sites: z.array(id).min(1).max(500),
        outOfRange: z.enum(['exception', 'field', 'refuse']).default('exception'),
      })
      .optional(),
    methods: z
      .strictObject({
        allowed: z.array(method).min(1).max(7),
        otherwise: z.enum(['exception', 'refuse']).default('exception'),
      })
      .optional(),
    fieldPunches: z.enum(['ignored', 'counted', 'approved']).default('ignored'),
    presence: presence.prefault({}),
    rounding: z
      .strictObject({
        on: rounding.optional(),
        off: rounding.optional(),
        worked: rounding.optional(),
      })
      .prefault({}),
    autoRest: z.array(restStep).max(5).default([]),
    meal: z
      .strictObject({ from: wallTime, to: wallTime, restMinutes: z.int().min(1).max(480) })
      .optional(),
    night: wallSpan.default({ from: '22:00', to: '30:00' }),
    noon: wallTime.optional(),
    balanceToleranceMinutes: minutes.default(0),
    overtime: overtime.prefault({}),
    makeup: makeup.prefault({}),
  })
  .meta({ id: 'rule' });
export type RuleText = z.output<typeof ruleText>;
