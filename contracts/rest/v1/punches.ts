import { z } from 'zod';
import { countedText } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { digest, personId, terminalId } from '#contracts/wire/v1/ids';
import { clockTrust, punchDirection, punchMethod, wifiSeen } from '#contracts/wire/v1/up-log';

const instant = z.iso.datetime({ offset: true });

export const punch = z
  .strictObject({
    /** `logId:seq`: the receipt that a terminal's log can be asked for. */
    id: z.string(),
    personId,
    employeeNo: z.string().optional(),
    name: z.string().optional(),
    method: punchMethod,
    direction: punchDirection.optional(),
    /** As it counts. */
    punchedAt: instant,
    /** What the terminal claimed, where that is not what counts. */
    claimedAt: instant.optional(),
    /** By whom the claim was set right: reckoned from a later contact of the same boot, or placed. */
    retimedBy: z.enum(['contact', 'person']).optional(),
    receivedAt: instant,
    terminalId,
    terminalName: z.string(),
    clock: clockTrust,
    confidence: z.number().optional(),
    liveness: z.number().optional(),
    wifi: wifiSeen.optional(),
    hash: digest,
    /** The group event that the terminal was running. */
    groupEventId: z.uuid().optional(),
    /** Withdrawn by "not me". */
    voided: z.boolean(),
  })
  .meta({ id: 'recordedPunch' });
export type Punch = z.output<typeof punch>;

/** Of one business date in the site's zone, newest first. */
export const punches = z.strictObject({
  date: z.iso.date(),
  zone: z.string(),
  punches: z.array(punch),
  total: z.int().min(0),
});
export type Punches = z.output<typeof punches>;

export const punchesQuery = z.strictObject({
  date: z.iso.date().optional(),
  limit: countedText({ min: 1, max: 1000 }).default(200),
});

export const punchRoutes = {
  listPunches: defineRoute({
    method: 'GET',
    path: '/punches',
    authority: { capability: 'results', access: 'view' },
    summary: 'Punches of one business date of the site, newest first; today without one.',
    audit: { action: 'evidence.viewed' },
    query: punchesQuery,
    answers: { 200: punches },
    errors: [],
  }),
} as const;
