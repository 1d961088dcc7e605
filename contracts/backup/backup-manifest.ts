import { z } from 'zod';

/** One file of a backup, as it was when it was written. */
export const backupFile = z.strictObject({
  name: z
    .string()
    .regex(/^(?:hub\.db|hub\.pgdump|hub\.keys\.json|attachments\/[\w-][\w.-]{0,80})$/),
  bytes: z.int().min(0),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * The first file of a backup: what it is of, and what has to be in it. The version counts formats of
 * archives; `schemaVersion` is that of the database, which an older program does not understand.
 */
export const backupManifest = z.strictObject({
  format: z.literal('lintel-hub-backup'),
  version: z.literal(1),
  hubId: z.uuid(),
  engine: z.enum(['sqlite', 'postgres']),
  schemaVersion: z.int().min(1),
  madeAt: z.iso.datetime({ offset: true }),
  files: z.array(backupFile).min(2).max(1_000_000),
});
export type BackupManifest = z.output<typeof backupManifest>;
