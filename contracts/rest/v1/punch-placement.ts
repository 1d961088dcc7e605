import { z } from 'zod';
import { pageOf } from '#contracts/rest/v1/page';
import { punch } from '#contracts/rest/v1/punches';
import { defineRoute } from '#contracts/rest/v1/route';

const instant = z.iso.datetime({ offset: true });

/** A punch whose terminal did not know the time, and between which moments it must have been given. */
export const unplacedPunch = z
  .strictObject({
    punch,
    /** When the one before it in the same log was given; absent for the first that is known. */
    notBefore: instant.optional(),
    /** When the one after it was given, or when it arrived. */
    notAfter: instant,
  })
  .meta({ id: 'unplacedPunch' });
export type UnplacedPunch = z.output<typeof unplacedPunch>;

/** Those that wait, in the order of their arrival. */
export const unplacedPunches = pageOf({ punches: z.array(unplacedPunch) });

/** Why then: what the person said, what a camera or a colleague saw. Kept for good. */
export const placement = z.strictObject({ at: instant, note: z.string().trim().min(1).max(500) });

export const punchPlacementRoutes = {
  listUnplaced: defineRoute({
    method: 'GET',
    path: '/punches/unplaced',
    authority: { capability: 'exceptions', access: 'view' },
    audit: { action: 'evidence.viewed' },
    summary: 'Punches of unknown time: they count on no day until somebody places them.',
    paged: { key: z.tuple([z.int(), z.string(), z.int()]), limitMax: 200, limitDefault: 50 },
    answers: { 200: unplacedPunches },
    errors: [],
  }),
  placePunch: defineRoute({
    method: 'POST',
    path: '/punches/:punchId/placement',
    authority: { capability: 'exceptions', access: 'change' },
    summary: 'Says when a punch of unknown time was given; what the terminal claimed is kept.',
    audit: { action: 'punch.placed', subject: 'punchId' },
    params: z.strictObject({ punchId: z.string().min(1).max(80) }),
    body: placement,
    answers: { 200: punch },
    errors: ['conflict'],
  }),
} as const;
