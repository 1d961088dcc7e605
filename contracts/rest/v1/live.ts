import { z } from 'zod';
import { punch } from '#contracts/rest/v1/punches';
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
