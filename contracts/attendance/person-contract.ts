import { z } from 'zod';
import { id, method, specialDay } from '#contracts/attendance/rule-contract';
import { date, moment } from '#contracts/attendance/time-text';

const PUNCHES_MAX = 20_000; // a year of fifty a day; more is a broken terminal
const FORMS_MAX = 5000;
const BREAKS_MAX = 50; // somebody who comes every season, for a lifetime

export const position = z.strictObject({
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
});

/** A punch: a bare time, or a time with what is known about it. */
export const punchText = z
  .union([
    moment,
    z.strictObject({
      /** Of the log it came from; punches of one id are one punch. */
      id: id.optional(),
      at: moment,
      method: method.default('face'),
      direction: z.enum(['in', 'out']).optional(),
      terminal: id.optional(),
      site: id.optional(),
      position: position.optional(),
      /** Access point the person's device was on. */
      bssid: z.string().max(20).optional(),
      liveness: z.number().min(0).max(1).optional(),
      clock: z.enum(['synced', 'estimated', 'lost']).default('synced'),
      uncertaintySeconds: z.int().min(0).max(1_000_000_000).default(0),
      voided: z.boolean().default(false),
      event: id.optional(),
    }),
  ])
  .meta({ id: 'punch' });
export type PunchText = z.output<typeof punchText>;

const state = z.enum(['approved', 'pending', 'rejected', 'withdrawn']).default('approved');
const half = z.enum(['am', 'pm']).optional();
const when = z.union([moment, date]);
const form = { id: id.optional(), name: z.string().max(200).default(''), state };

/** From one moment to another, or from one date to another (both included), by halves if wanted. */
const extent = { from: when, to: when, fromHalf: half, toHalf: half };

export const approvalText = z
  .discriminatedUnion('kind', [
    z.strictObject({
      kind: z.enum(['leave', 'trip', 'outing', 'approvalPunch']),
      ...form,
      ...extent,
    }),
    z.strictObject({
      kind: z.literal('overtime'),
      ...form,
      ...extent,
      compensation: z.enum(['pay', 'leave']).optional(),
    }),
    z.strictObject({
      kind: z.literal('makeup'),
      ...form,
      date,
      duty: z.enum(['on', 'off']),
      /** Which section of the day, counted from 1. */
      section: z.int().min(1).max(4).default(1),
      at: moment,
      submittedOn: date.optional(),
      reason: z.enum(['missing', 'late', 'early', 'other']).default('missing'),
    }),
  ])
  .meta({ id: 'approval' });
export type ApprovalText = z.output<typeof approvalText>;

/** A manager's word over the result of a date. */
export const overrideText = z.strictObject({
  date,
  attendance: z.enum(['present', 'half', 'absent']).default('present'),
  reason: z.string().max(500).default(''),
  /** When the person was there; as punched without it. */
  spans: z
    .array(z.strictObject({ from: moment, to: moment }))
    .max(10)
    .optional(),
});
export type OverrideText = z.output<typeof overrideText>;

export const rosterEntry = z.strictObject({ date, shift: id.nullable() });

/** What a document of one person carries beside its rule, without naming anybody. */
const records = {
  punches: z.array(punchText).max(PUNCHES_MAX),
  approvals: z.array(approvalText).max(FORMS_MAX),
  /** `shift: null` is a day of rest. */
  roster: z.array(rosterEntry).max(FORMS_MAX),
  specialDays: z.array(specialDay).max(366),
  overrides: z.array(overrideText).max(FORMS_MAX),
};

const optionalRecords = z.strictObject(records).partial();

const employmentBreak = z
  .strictObject({ from: date, to: date })
  .refine(({ from, to }) => from <= to, {
    path: ['to'],
    message: 'to must not lie before from',
    params: { zh: '结束日期不能早于开始日期' },
  });

export const personText = optionalRecords.extend({
  id,
  name: z.string().max(200).optional(),
  /** Names a rule outright; without it the rules' own ranges decide. */
  rule: id.optional(),
  /** Nearest first. */
  departments: z.array(id).max(50).optional(),
  tags: z.array(id).max(50).optional(),
  /** First and last day of employment. */
  activeFrom: date.optional(),
  activeTo: date.optional(),
  /** Between two employments; both dates inside. */
  breaks: z.array(employmentBreak).max(BREAKS_MAX).optional(),
});
export type PersonText = z.output<typeof personText>;

export const soloFields = optionalRecords.shape;
