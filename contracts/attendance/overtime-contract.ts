import { z } from 'zod';
import { wallSpan } from '#contracts/attendance/section-contract';

export const minutes = z
  .int()
  .min(0)
  .max(48 * 60);

/** A grid for times or durations. */
export const rounding = z
  .strictObject({
    mode: z.enum(['up', 'down', 'nearest', 'nearestPartialDown', 'nearestPartialUp']),
    unitMinutes: z
      .int()
      .min(1)
      .max(24 * 60),
    /** `nearest` only: from here on it goes up. The middle of the unit unless given. */
    cutoffMinutes: z
      .number()
      .min(0)
      .max(24 * 60)
      .optional(),
    /** `up` and `down` only: as if the punch were this much better. */
    graceMinutes: minutes.optional(),
  })
  .meta({ id: 'rounding' });
export type RoundingText = z.output<typeof rounding>;

/** Whoever is there for `reachedMinutes` has rested `restMinutes`; the largest step reached counts. */
export const restStep = z.strictObject({
  reachedMinutes: z
    .int()
    .min(1)
    .max(48 * 60),
  restMinutes: z
    .int()
    .min(1)
    .max(24 * 60),
});

/** Overtime on one class of day. */
export const overtimeTerms = z
  .strictObject({
    allowed: z.boolean().default(true),
    /** `both`: where approval and punches agree; `punches`; `approval`. WeCom's types 0, 1 and 2. */
    source: z.enum(['both', 'punches', 'approval']).default('both'),
    startMinutes: minutes.default(0),
    minMinutes: minutes.default(0),
    maxMinutes: minutes.optional(),
    range: z.enum(['all', 'before', 'after']).default('all'),
    rests: z.array(wallSpan).max(10).default([]),
    restByDuration: z.array(restStep).max(5).default([]),
    rounding: rounding.optional(),
    compensation: z
      .strictObject({
        as: z.enum(['pay', 'leave']).default('pay'),
        ratioPercent: z.int().min(1).max(3000).default(100),
      })
      .prefault({}),
    /** Hours that are overtime even inside the schedule. */
    always: z.array(wallSpan).max(10).default([]),
  })
  .meta({ id: 'overtimeTerms' });
export type OvertimeTermsText = z.output<typeof overtimeTerms>;

export const overtime = z.strictObject({
  /** `timing`: outside the hours. `quantity`: worked beyond the standard, wherever it lies. */
  basis: z.enum(['timing', 'quantity']).default('timing'),
  workday: overtimeTerms.prefault({}),
  restday: overtimeTerms.prefault({}),
  holiday: overtimeTerms.prefault({}),
});
