import { z } from 'zod';
import { nothing } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';
import { terminalId } from '#contracts/wire/v1/ids';

/** `online: "accept"` also strikes off a terminal that is still heard of, as one in wrong hands is. */
export const retirement = z.strictObject({
  online: z.enum(['refuse', 'accept']).default('refuse'),
});

export const retired = z.strictObject({
  terminalId,
  /** Days that waited for nobody but this terminal; they are settled in the minutes to come. */
  days: z.int().min(0),
});

/** As it is listed; what was never one of ours names nothing. */
const ofTerminal = z.strictObject({ terminalId: z.string().min(1).max(80) });
const change = { capability: 'fleet', access: 'change' } as const;

export const retirementRoutes = {
  retireTerminal: defineRoute({
    method: 'POST',
    path: '/terminals/:terminalId/retirement',
    authority: change,
    summary:
      'Strikes off a terminal that is gone for good: its keys are refused, no day waits for it.',
    audit: { action: 'terminal.retired', subject: 'terminalId' },
    params: ofTerminal,
    body: retirement,
    answers: { 200: retired },
    errors: ['conflict'],
  }),
  readmitTerminal: defineRoute({
    method: 'DELETE',
    path: '/terminals/:terminalId/retirement',
    authority: change,
    summary: 'Lets a retired terminal prove the join code anew; what it still holds then arrives.',
    audit: { action: 'terminal.readmitted', subject: 'terminalId' },
    params: ofTerminal,
    answers: { 204: nothing },
    errors: [],
  }),
} as const;
