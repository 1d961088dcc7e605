import { z } from 'zod';
import { eventStream } from '#contracts/rest/v1/content';
import { punch } from '#contracts/rest/v1/punches';
import { defineRoute } from '#contracts/rest/v1/route';
import { terminal } from '#contracts/rest/v1/terminals';

/** Server-sent events of `GET /api/v1/live`: the event's name, and the JSON of its data. */
export const liveEvents = {
  punch,
  /** A punch already shown was voided. */
  voided: z.strictObject({ id: z.string() }),
  terminal,
  /** People or templates changed: ask again. */
  people: z.strictObject({}),
} as const;

export const liveRoutes = {
  live: defineRoute({
    method: 'GET',
    path: '/live',
    authority: { capability: 'results', access: 'view' },
    audit: { action: 'evidence.watched' },
    summary: 'Punches, terminals and people as they change, as server-sent events.',
    answers: { 200: eventStream },
    errors: [],
  }),
} as const;
