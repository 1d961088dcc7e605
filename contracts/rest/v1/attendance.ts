import { z } from 'zod';
import { answerDay, attendanceAnswer } from '#contracts/attendance/answer-contract';
import { personText, rosterEntry } from '#contracts/attendance/person-contract';
import { ruleText, specialDay } from '#contracts/attendance/rule-contract';
import { countedText } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { personId } from '#contracts/wire/v1/ids';

const date = z.iso.date();

export const DAYS_RANGE_MAX = 366; // a year of one person
const OFFSET_MAX = 10_000_000; // a year of more people than one hub serves
const ROSTER_ENTRIES_MAX = 1000; // a month of thirty people in one request

/** Which rule somebody falls under, and what is special about them; departments and dates go with the person. */
export const attendanceMember = z.strictObject({
  rule: personText.shape.rule,
  tags: personText.shape.tags,
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

export const rosterChange = z.strictObject({
  entries: z.array(rosterEntry.extend({ personId })).min(1).max(ROSTER_ENTRIES_MAX),
});

export const companyDays = z.strictObject({ days: z.array(specialDay).max(366) });

/**
 * `pending: "accept"` freezes days for which a terminal has not reported everything,
 * `exceptions: "accept"` days that somebody still has to look at.
 */
export const periodLock = z.strictObject({
  through: date,
  pending: z.enum(['refuse', 'accept']).default('refuse'),
  exceptions: z.enum(['refuse', 'accept']).default('refuse'),
});
export const lockedPeriod = z.strictObject({ lockedThrough: date, days: z.int().min(0) });

export const daysQuery = z.strictObject({
  from: date,
  to: date,
  personId: personId.optional(),
  limit: countedText({ min: 1, max: 1000 }).default(400),
  offset: countedText({ min: 0, max: OFFSET_MAX }).default(0),
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

const PREVIEW_BYTES_MAX = 512 * 1024; // a month of a hundred people, four punches a day
const PREVIEWS_PER_MINUTE = 30;

const named = z.string().min(1).max(80);
const ofRule = z.strictObject({ ruleId: named });
const setRules = { capability: 'rules', access: 'change' } as const;

export const attendanceRoutes = {
  attendanceSchema: defineRoute({
    method: 'GET',
    path: '/attendance/schema',
    authority: 'signed-in',
    summary: 'The JSON Schema of the documents that can be tried.',
    answers: { 200: z.looseObject({}) },
    errors: [],
  }),
  previewAttendance: defineRoute({
    method: 'POST',
    path: '/attendance/preview',
    authority: { capability: 'rules', access: 'view' },
    summary: 'Computes a self-contained document and stores nothing.',
    audit: 'changes-nothing',
    body: z.unknown().meta({ description: 'A document of the schema at /attendance/schema.' }),
    answers: { 200: attendanceAnswer },
    errors: [],
    bodyBytesMax: PREVIEW_BYTES_MAX,
    requestsPerMinute: PREVIEWS_PER_MINUTE,
  }),
  listRules: defineRoute({
    method: 'GET',
    path: '/attendance/rules',
    authority: { capability: 'rules', access: 'view' },
    summary: 'Every rule group: its draft, and the versions that hold.',
    answers: { 200: rules },
    errors: [],
  }),
  saveRuleDraft: defineRoute({
    method: 'PUT',
    path: '/attendance/rules/:ruleId',
    authority: setRules,
    summary: 'Writes the draft of a rule group; nothing takes effect by it.',
    audit: { action: 'rule.drafted', subject: 'ruleId' },
    params: ofRule,
    body: ruleDraft,
    answers: { 200: ruleText },
    errors: [],
  }),
  publishRule: defineRoute({
    method: 'POST',
    path: '/attendance/rules/:ruleId/publish',
    authority: setRules,
    summary: 'Lets the draft take effect on a date.',
    audit: { action: 'rule.published', subject: 'ruleId' },
    params: ofRule,
    body: rulePublication,
    answers: { 201: z.strictObject({ version: z.int() }) },
    errors: [],
    idempotency: 'key',
  }),
  setCompanyDays: defineRoute({
    method: 'PUT',
    path: '/attendance/company-days',
    authority: setRules,
    summary: 'Days that the company as a whole works or rests; replaces those before.',
    audit: { action: 'calendar.changed' },
    body: companyDays,
    answers: { 200: companyDays },
    errors: [],
  }),
  setRoster: defineRoute({
    method: 'PUT',
    path: '/attendance/roster',
    authority: setRules,
    summary: 'Who works which shift on which date; dates that are not named stay.',
    audit: { action: 'roster.changed' },
    body: rosterChange,
    answers: { 200: z.strictObject({ changed: z.int().min(0) }) },
    errors: ['absent', 'conflict'],
  }),
  setMember: defineRoute({
    method: 'PUT',
    path: '/attendance/members/:personId',
    authority: setRules,
    summary: 'Rule, tags, special days and overrides of somebody; replaces those before.',
    audit: { action: 'member.changed', subject: 'personId' },
    params: z.strictObject({ personId: named }),
    body: attendanceMember,
    answers: { 200: attendanceMember },
    errors: ['conflict'],
  }),
  listDays: defineRoute({
    method: 'GET',
    path: '/attendance/days',
    authority: { capability: 'results', access: 'view' },
    summary: 'Computed days with how they came about, and what was booked since they were locked.',
    query: daysQuery,
    answers: { 200: attendanceDays },
    errors: [],
  }),
  lockPeriod: defineRoute({
    method: 'POST',
    path: '/attendance/lock',
    authority: { capability: 'results', access: 'change' },
    summary: 'Freezes every day up to a date; what comes later is booked as an adjustment.',
    audit: { action: 'period.locked', subject: 'lockedThrough' },
    body: periodLock,
    answers: { 202: lockedPeriod },
    errors: ['conflict'],
  }),
} as const;
