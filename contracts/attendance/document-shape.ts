import { z } from 'zod';
import { personText, position, soloFields } from '#contracts/attendance/person-contract';
import { id, method, ruleText, specialDay } from '#contracts/attendance/rule-contract';
import { date, moment, zoneName } from '#contracts/attendance/time-text';

const PEOPLE_MAX = 20_000; // twice the largest site that one hub serves
const RULES_MAX = 2000;

export const calendarDay = z.strictObject({
  date,
  kind: z.enum(['workday', 'restday', 'holiday']),
  /** A day the law names, not one moved beside it. Only `holiday` days can be. */
  statutory: z.boolean().optional(),
  name: z.string().max(100).default(''),
});

/** A national calendar as data: its exceptions, and the years the state has published. */
export const calendarText = z.strictObject({
  name: z.string().max(100).default(''),
  publishedYears: z.array(z.int().min(1970).max(2200)).max(300),
  days: z.array(calendarDay).max(40_000).default([]),
});

export const siteText = z.strictObject({
  id,
  name: z.string().max(200).default(''),
  position: position.optional(),
  radiusMeters: z.number().min(1).max(100_000).default(300),
  bssids: z.array(z.string().max(20)).max(500).default([]),
});

export const eventText = z.strictObject({
  id,
  name: z.string().max(200).default(''),
  from: moment,
  to: moment,
  lateAfter: moment.optional(),
  sites: z.array(id).max(500).default([]),
  position: position.optional(),
  radiusMeters: z.number().min(1).max(100_000).default(300),
  methods: z.array(method).max(7).default([]),
  roster: z.array(id).max(20_000).default([]),
});

/** The shape of the document, before its parts are held against each other. */
export const documentShape = z.strictObject({
  version: z.literal(1).default(1),
  zone: zoneName,
  period: z.strictObject({ from: date, to: date }),
  /** The present; without it the whole period is over. */
  asOf: moment.optional(),
  /** Up to when each terminal has reported everything. */
  watermarks: z
    .array(z.strictObject({ terminal: id, through: moment }))
    .max(10_000)
    .default([]),
  lockedThrough: date.optional(),
  calendar: calendarText.optional(),
  companyDays: z.array(specialDay).max(366).default([]),
  sites: z.array(siteText).max(10_000).default([]),
  /** One rule for everybody, or several in `rules`. */
  rule: ruleText.optional(),
  rules: z.array(ruleText).max(RULES_MAX).optional(),
  /** Or `punches`, `approvals` … of one person without a name. */
  people: z.array(personText).max(PEOPLE_MAX).optional(),
  ...soloFields,
  events: z.array(eventText).max(1000).default([]),
});
export type DocumentText = z.output<typeof documentShape>;
