import { z } from 'zod';
import { digest } from '#contracts/wire/v1/ids';

/** One file of weights: where it is in the tarball and how to know it. */
export const modelFile = z.strictObject({
  name: z.string().regex(/^[\w.-]{1,80}$/),
  /** Path inside the npm tarball, below `package/`. */
  path: z.string().min(1),
  sha256: digest,
  bytes: z.int().min(1),
});

/** What a pack of weights is, where it comes from, and what is not known about it. */
export const modelCard = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{1,60}$/),
  title: z.string(),
  npm: z.strictObject({ name: z.string(), version: z.string() }),
  files: z.array(modelFile).min(1),
  licence: z.string(),
  provenance: z.string(),
  doubts: z.array(z.string()),
  preprocessing: z.array(z.string()),
  /** Length of the face template. */
  templateLength: z.int().min(1),
  /** Similarity at a false match rate, from the data set named; the decision starts from these. */
  thresholds: z.array(z.strictObject({ fmr: z.number(), similarity: z.number() })).min(2),
  measured: z.array(
    z.strictObject({
      on: z.iso.date(),
      dataSet: z.string(),
      command: z.string(),
      figures: z.record(z.string(), z.number()),
    }),
  ),
});
export type ModelCard = z.output<typeof modelCard>;
