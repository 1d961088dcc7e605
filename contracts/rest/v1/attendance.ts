import { z } from 'zod';
import { answerDay } from '#contracts/attendance/answer-contract';
import { approvalText, personText, rosterEntry } from '#contracts/attendance/person-contract';
import { ruleText, specialDay } from '#contracts/attendance/rule-contract';
import { personId } from '#contracts/wire/v1/ids';

const date = z.iso.date();

export const DAYS_RANGE_MAX = 366; // a year of one person
const ROSTER_ENTRIES_MAX = 1000; // a month of thirty people in one request

/** Which rule somebody falls under and since when, beside what the console knows of the person. */
export const attendanceMember = z.strictObject({
  rule: personText.shape.rule,
  departments: personText.shape.departments,
  tags: personText.shape.tags,
  activeFrom: personText.shape.activeFrom,
  activeTo: personText.shape.activeTo,
  specialDays: personText.shape.specialDays,
  overrides: personText.shape.overrides,
});
export type AttendanceMember = z.output<typeof attendanceMember>;

/** A rule group's next version; the id is that of the address. */
export const ruleDraft = ruleText.omit({ id: true, effectiveFrom: true });

export const rulePublication = z.strictObject({ effectiveFrom: date });

export const rules = z.strictObject({
  drafts: z.array(ruleText),
  versions: z.array(
    z.strictObject({
      version: z.int(),
      ruleId: z.string(),
      effectiveFrom: date,
      rule: ruleText,
    }),
  ),
});

export const approvalState = z.enum(['approved', 'pending', 'rejected', 'withdrawn']);

/** A form as it was handed in; its id is given here. */
export const newApproval = z.strictObject({ personId, form: approvalText });
export const approvalChange = z.strictObject({ state: approvalState });
export const storedApproval = z.strictObject({
  approvalId: z.string(),
  personId,
  form: approvalText,
});

export const rosterChange = z.strictObject({
  entries: z.array(rosterEntry.extend({ personId })).min(1).max(ROSTER_ENTRIES_MAX),
});

export const companyDays = z.strictObject({ days: z.array(specialDay).max(366) });

/** `pending: "accept"` freezes days for which a terminal has not reported everything. */
export const periodLock = z.strictObject({
  through: date,
  pending: z.enum(['refuse', 'accept']).default('refuse'),
});
export const lockedPeriod = z.strictObject({ lockedThrough: date, days: z.int().min(0) });

export const daysQuery = z.strictObject({
  from: date,
  to: date,
  personId: personId.optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(400),
  offset: z.coerce.number().int().min(0).default(0),
});

/** Computed days with how they came about, and what was booked since they were locked. */
export const attendanceDays = z.strictObject({
  days: z.array(answerDay.extend({ ruleVersion: z.int().nullable(), inputsHash: z.string() })),
  total: z.int().min(0),
  adjustments: z.array(
    z.strictObject({
      personId: z.string(),
      date,
      figure: z.string(),
      locked: z.number(),
      now: z.number(),
      difference: z.number(),
      inputsHash: z.string(),
      bookedAt: z.iso.datetime({ offset: true }),
    }),
  ),
  /** Days that are still to be computed again, of everybody. */
  waiting: z.int().min(0),
  lockedThrough: date.nullable(),
});
export type AttendanceDays = z.output<typeof attendanceDays>;
