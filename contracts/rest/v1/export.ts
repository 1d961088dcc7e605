import { z } from 'zod';
import { pageOf } from '#contracts/rest/v1/page';
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
    templateId: z.uuid().nullable().default(null),
    ...asked,
  }),
  z.strictObject({ kind: z.literal('days'), ...asked }),
  z.strictObject({ kind: z.literal('punches'), ...asked }),
  z.strictObject({ kind: z.literal('approvals'), ...asked }),
  z.strictObject({ kind: z.literal('exceptions'), ...asked }),
  /** What was booked in the period for days locked before, difference by difference. */
  z.strictObject({ kind: z.literal('adjustments'), ...asked }),
]);
export type NewExport = z.output<typeof newExport>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** A finished file: fetched in parts if need be, and checked by its hash. */
export const exportFile = z.strictObject({
  name: z.string(),
  bytes: z.int().min(0),
  sha256,
  rows: z.int().min(0),
  expiresAt: instant,
});

export const exportState = z.enum([
  'waiting',
  'running',
  'ready',
  'failed',
  'cancelled',
  'expired',
]);

/** An export on its way. People are counted before the first row is written, so progress is real. */
export const exportJob = z
  .strictObject({
    exportId: z.uuid(),
    request: newExport,
    /** Of the payroll template, as it was when this was asked for. */
    templateVersion: z.int().min(1).nullable(),
    requestedAt: instant,
    state: exportState,
    progress: z.strictObject({
      peopleDone: z.int().min(0),
      peopleTotal: z.int().min(0).nullable(),
    }),
    /** null until it is ready, and again once it is deleted. */
    file: exportFile.nullable(),
    /** Why it failed and what to do. */
    problem: bilingual.nullable(),
    /** Whether every day of it was locked, so that it can be had again byte for byte. */
    period: z.enum(['locked', 'open']),
  })
  .meta({ id: 'exportJob' });
export type ExportJob = z.output<typeof exportJob>;

/** Newest first. */
export const exportJobs = pageOf({ exports: z.array(exportJob) });
