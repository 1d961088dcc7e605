import { z } from 'zod';

/** JSON control messages of the kiosk pipe; binary messages are frames (see frame-codec). */
export const toEngine = z.strictObject({
  t: z.literal('call'),
  id: z.int().min(0),
  name: z.string().max(60),
  input: z.json(),
});

export const toRenderer = z.discriminatedUnion('t', [
  z.discriminatedUnion('ok', [
    z.strictObject({
      t: z.literal('answer'),
      id: z.int().min(0),
      ok: z.literal(true),
      value: z.json(),
    }),
    z.strictObject({
      t: z.literal('answer'),
      id: z.int().min(0),
      ok: z.literal(false),
      failure: z.string(),
    }),
  ]),
  /** The call itself was malformed: a bug of the screen, or somebody else at the pipe. */
  z.strictObject({ t: z.literal('refused'), id: z.int().min(0), reason: z.string() }),
  z.strictObject({ t: z.literal('event'), name: z.string().max(60), body: z.json() }),
]);
export type ToRenderer = z.output<typeof toRenderer>;

/** A control message never needs more; anything larger is hostile. */
export const CONTROL_BYTES_MAX = 16 * 1024;
