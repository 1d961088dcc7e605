import { z } from 'zod';
import { period } from '#contracts/rest/v1/payroll';
import { locale } from '#contracts/wire/v1/ids';

const instant = z.iso.datetime({ offset: true });
const bilingual = z.strictObject({ 'zh-CN': z.string(), en: z.string() });

const DEPARTMENTS_MAX = 200; // beyond it one asks for everybody

/** `jsonl` is one object a line, for programs that read as they go. */
export const exportFormat = z.enum(['csv', 'xlsx', 'json', 'jsonl']);

const asked = {
  period,
  format: exportFormat,
  /** Of headings, words and notes. */
  language: locale,
  /** null: everybody the asker may see. */
  departmentIds: z.array(z.string()).min(1).max(DEPARTMENTS_MAX).nullable().default(null),
};

/** What is to be exported; the same request over a locked period gives the same bytes again. */
export const newExport = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('payroll'),
    /** null: the columns payroll programs ask for. */
    templateId: z.string().nullable().default(null),
    ...asked,
  }),
  z.strictObject({ kind: z.literal('days'), ...asked }),
  z.strictObject({ kind: z.literal('punches'), ...asked }),
]);

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A finished file: fetched in parts if need be, and checked by its hash. */
export const exportFile = z.strictObject({
  name: z.string(),
  bytes: z.int().min(0),
  sha256,
  rows: z.int().min(0),
  expiresAt: instant,
});

/** An export on its way. `rowsTotal` is counted before the first row is written, so progress is real. */
export const exportJob = z.strictObject({
  exportId: z.string(),
  request: newExport,
  requestedAt: instant,
  state: z.enum(['waiting', 'running', 'ready', 'failed', 'cancelled', 'expired']),
  progress: z.strictObject({ rowsDone: z.int().min(0), rowsTotal: z.int().min(0).nullable() }),
  /** null until it is ready, and again once it is deleted. */
  file: exportFile.nullable(),
  /** Why it failed and what to do. */
  problem: bilingual.nullable(),
  /** Whether every day of it was locked, so that it can be had again byte for byte. */
  period: z.enum(['locked', 'open']),
});

export const exportJobs = z.strictObject({ exports: z.array(exportJob) });
