import { z } from 'zod';
import type { FormEvent } from '#domain/approvals/process/form-event';

const written = { at: z.int(), by: z.string() };
const step = z.strictObject({
  id: z.string(),
  mode: z.enum(['any', 'all']),
  approverIds: z.array(z.string()),
  via: z.enum(['chain', 'fallback']),
});

/** An event as its row holds it. */
export const savedFormEvent = z
  .string()
  .transform((text) => JSON.parse(text) as unknown)
  .pipe(
    z.discriminatedUnion('kind', [
      z.strictObject({
        ...written,
        kind: z.literal('drafted'),
        applicantId: z.string(),
        resubmits: z.string().nullable(),
      }),
      z.strictObject({
        ...written,
        kind: z.literal('submitted'),
        templateVersion: z.int(),
        steps: z.array(step),
        unattended: z.enum(['refuse', 'approve']),
      }),
      z.strictObject({
        ...written,
        kind: z.literal('decided'),
        stepId: z.string(),
        for: z.string(),
        decision: z.enum(['approve', 'reject']),
        comment: z.string(),
      }),
      z.strictObject({
        ...written,
        kind: z.literal('transferred'),
        stepId: z.string(),
        from: z.string(),
        to: z.string(),
        reason: z.string(),
      }),
      z.strictObject({ ...written, kind: z.literal('commented'), text: z.string() }),
      z.strictObject({ ...written, kind: z.literal('withdrawn'), reason: z.string() }),
      z.strictObject({ ...written, kind: z.literal('revoked'), reason: z.string() }),
      z.strictObject({
        ...written,
        kind: z.literal('imported'),
        applicantId: z.string(),
        source: z.string(),
        foreignId: z.string(),
      }),
      z.strictObject({ ...written, kind: z.literal('amended'), fields: z.array(z.string()) }),
    ]) satisfies z.ZodType<FormEvent>,
  );
