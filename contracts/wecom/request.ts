import { z } from 'zod';

const USERS_MAX = 100; // WeCom's own limits, this one and the next
const SPAN_SECONDS_MAX = 30 * 86_400;
const SECONDS_MAX = 4_102_444_800; // the year 2100; keeps what follows within calendars
const USERID_LENGTH_MAX = 64;

/** Unix seconds. */
const seconds = z.int().min(0).max(SECONDS_MAX);
const useridlist = z.array(z.string().min(1).max(USERID_LENGTH_MAX)).min(1).max(USERS_MAX);

/** Whom a call asks about and when. WeCom ignores keys it does not know, and so do we here. */
const asked = z.object({ starttime: seconds, endtime: seconds, useridlist });

interface Span {
  readonly starttime: number;
  readonly endtime: number;
}

function isWithinLimits({ starttime, endtime }: Span): boolean {
  return endtime >= starttime && endtime - starttime <= SPAN_SECONDS_MAX;
}

const LIMITS = { error: 'endtime lies before starttime, or more than 30 days after it' };

/** 1: on and off duty, 2: in the field, 3: all. */
export const checkinDataRequest = asked
  .extend({ opencheckindatatype: z.literal([1, 2, 3]) })
  .refine(isWithinLimits, LIMITS);
export type CheckinDataRequest = z.output<typeof checkinDataRequest>;

/** Days whose first second, or any other, lies in the span. */
export const dayDataRequest = asked.refine(isWithinLimits, LIMITS);
export type DayDataRequest = z.output<typeof dayDataRequest>;

/** 1: by when somebody punched, 2: by when the hub received it. */
export const hardwareDataRequest = asked
  .extend({ filter_type: z.literal([1, 2]).default(1) })
  .refine(isWithinLimits, LIMITS);
export type HardwareDataRequest = z.output<typeof hardwareDataRequest>;

const CREDENTIAL_LENGTH_MAX = 200;

export const tokenQuery = z.object({
  corpid: z.string().max(CREDENTIAL_LENGTH_MAX).default(''),
  corpsecret: z.string().max(CREDENTIAL_LENGTH_MAX).default(''),
});

const ACCESS_TOKEN_LENGTH_MAX = 512; // WeCom tells integrators to keep room for as many

export const accessQuery = z.object({
  access_token: z.string().max(ACCESS_TOKEN_LENGTH_MAX).default(''),
});
