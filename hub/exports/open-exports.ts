import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { ExportDesk } from '#hub/exports/export-desk';
import { ExportFolder } from '#hub/exports/export-folder';
import { ExportMaker } from '#hub/exports/export-maker';
import { JobRunner } from '#hub/jobs/job-runner';
import { PayrollReader } from '#hub/payroll/payroll-reader';
import { PayrollTemplateDesk } from '#hub/payroll/template-desk';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import { ExportJobRepository, type SavedExport } from '#hub/storage/export-job-repository';
import { ExportListRepository } from '#hub/storage/export-list-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { PayrollRepository } from '#hub/storage/payroll-repository';
import { PayrollTemplateRepository } from '#hub/storage/payroll-template-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

const REMEMBERED_DAYS = 90; // what ended is still on the list for a quarter

export interface ExportsDeps {
  readonly db: HubDatabase;
  readonly site: SiteRepository;
  readonly rules: AttendanceRuleRepository;
  readonly work: AttendanceWorkRepository;
  readonly dataDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

export type Exports = ReturnType<typeof openExports>;

/** Payroll and every other export: templates, rows, and files made in the background. */
export function openExports(deps: ExportsDeps) {
  const { db, clock, logger } = deps;
  const jobs = new ExportJobRepository(db);
  const payroll = new PayrollRepository(db);
  const lists = new ExportListRepository(db);
  const payrollTemplates = new PayrollTemplateRepository(db);
  const folder = new ExportFolder(join(deps.dataDir, 'exports'));
  const holder = randomUUID();
  const stored = { ...deps, jobs, payroll, lists, payrollTemplates, folder, holder };
  const reader = new PayrollReader(stored);
  const templateDesk = new PayrollTemplateDesk(stored);
  const maker = new ExportMaker({ ...stored, reader, templateDesk });
  const tidy = async (): Promise<void> => {
    const now = clock.now();
    await jobs.expire(now.epochMilliseconds);
    await jobs.forget(now.subtract({ hours: 24 * REMEMBERED_DAYS }).epochMilliseconds);
    await folder.keepOnly(await jobs.withFiles());
  };
  const runner = new JobRunner<SavedExport>({
    name: 'making exports',
    holder,
    book: {
      claim: (hold) => jobs.claim(hold),
      renew: (job, hold) => maker.renew(job, hold),
      release: (job) => jobs.release(job.exportId, holder),
      tidy,
    },
    make: (job, signal) => maker.make(job, signal),
    clock,
    logger,
  });
  const onRequested = (): void => db.whenCommitted(() => runner.wake());
  const exportDesk = new ExportDesk({ ...stored, templateDesk, onRequested });
  return { exportDesk, templateDesk, payroll, reader, runner };
}
