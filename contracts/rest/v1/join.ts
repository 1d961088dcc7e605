import { z } from 'zod';
import { defineRoute } from '#contracts/rest/v1/route';

/** `GET /api/v1/join`: what another terminal needs to join this hub. */
export const joinInstructions = z.strictObject({
  /** The join code: typed at the terminal once, never sent over the wire. */
  code: z.string(),
  /** Where terminals reach the broker. */
  brokerUrl: z.string(),
  /** False while the broker serves only this machine; then TLS files have to be given first. */
  reachableFromOthers: z.boolean(),
  /** The command to type at the other terminal. */
  command: z.string(),
});
export type JoinInstructions = z.output<typeof joinInstructions>;

export const joinRoutes = {
  joinInstructions: defineRoute({
    method: 'GET',
    path: '/join',
    authority: { capability: 'fleet', access: 'change' },
    summary: 'What another terminal needs to join this hub.',
    answers: { 200: joinInstructions },
    errors: [],
  }),
} as const;
