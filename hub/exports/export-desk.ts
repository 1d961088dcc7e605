import { randomUUID } from 'node:crypto';
import type { ReadStream } from 'node:fs';
import type { ExportJob, NewExport } from '#contracts/rest/v1/export';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { BytesWanted, ExportFolder } from '#hub/exports/export-folder';
import type { PayrollTemplateDesk } from '#hub/payroll/template-desk';
import type {
  ExportJobRepository,
  ExportViewer,
  JobKey,
  SavedExport,
  SavedFile,
} from '#hub/storage/export-job-repository';
import type { Clock } from '#platform/clock/clock';

const UNDER_WAY_MAX = 20; // of one asker: more is a program that does not look at its answers

interface ExportDeskDeps {
  readonly jobs: ExportJobRepository;
  readonly templateDesk: PayrollTemplateDesk;
  readonly folder: ExportFolder;
  readonly clock: Clock;
  /** There is something to make. */
  readonly onRequested: () => void;
}

/** A finished file, to be handed over whole or in part. */
export interface FetchedFile {
  readonly file: SavedFile;
  readonly format: NewExport['format'];
}

/** Exports as their askers see them. */
export class ExportDesk {
  readonly #deps: ExportDeskDeps;

  constructor(deps: ExportDeskDeps) {
    this.#deps = deps;
  }

  /** What the asker may see just now is what the file will have. */
  async request(
    request: NewExport,
    { caller, reach }: { readonly caller: string; readonly reach: Reach },
  ): Promise<Result<ExportJob, 'no-template' | 'too-many'>> {
    const { jobs, templateDesk, clock, onRequested } = this.#deps;
    if ((await jobs.countUnderWay(caller)) >= UNDER_WAY_MAX) return failed('too-many');
    const template =
      request.kind === 'payroll' ? await templateDesk.chosen(request.templateId) : null;
    if (template === undefined) return failed('no-template');
    const exportId = randomUUID();
    await jobs.add({
      exportId,
      request,
      templateVersion: template?.named?.version ?? null,
      reach,
      requestedBy: caller,
      requestedAtMs: clock.now().epochMilliseconds,
    });
    onRequested();
    const job = await jobs.seen(exportId, { caller, reach });
    if (job === undefined) throw new Error('an export that was just asked for is there');
    return ok(shownOf(job));
  }

  async get(exportId: string, viewer: ExportViewer): Promise<ExportJob | undefined> {
    const job = await this.#deps.jobs.seen(exportId, viewer);
    return job === undefined ? undefined : shownOf(job);
  }

  async list(
    viewer: ExportViewer,
    page: { readonly limit: number; readonly after: JobKey | undefined },
  ): Promise<{ readonly exports: ExportJob[]; readonly next: JobKey | undefined }> {
    const { exports, next } = await this.#deps.jobs.list(viewer, page);
    return { exports: exports.map(shownOf), next };
  }

  async cancel(
    exportId: string,
    viewer: ExportViewer,
  ): Promise<Result<ExportJob, 'absent' | 'over'>> {
    const { jobs, clock } = this.#deps;
    const cancelled = await jobs.cancel(exportId, viewer, clock.now().epochMilliseconds);
    const job = await this.get(exportId, viewer);
    if (job === undefined) return failed('absent');
    return cancelled ? ok(job) : failed('over');
  }

  /** @returns `not-ready` also when it failed, was cancelled or has expired */
  async file(
    exportId: string,
    viewer: ExportViewer,
  ): Promise<Result<FetchedFile, 'absent' | 'not-ready'>> {
    const job = await this.#deps.jobs.seen(exportId, viewer);
    if (job === undefined) return failed('absent');
    const { file, state, request } = job;
    if (state !== 'ready' || file === null) return failed('not-ready');
    return ok({ file, format: request.format });
  }

  async read({ file }: FetchedFile, wanted?: BytesWanted): Promise<ReadStream | undefined> {
    return await this.#deps.folder.read(file.stored, file.bytes, wanted);
  }
}

function shownOf(job: SavedExport): ExportJob {
  const { file, expiresAtMs } = job;
  return {
    exportId: job.exportId,
    request: job.request,
    templateVersion: job.templateVersion,
    requestedAt: instantText(job.requestedAtMs),
    state: job.state,
    progress: { peopleDone: job.peopleDone, peopleTotal: job.peopleTotal },
    file:
      file === null || expiresAtMs === null
        ? null
        : {
            name: file.name,
            bytes: file.bytes,
            sha256: file.sha256,
            rows: file.rows,
            expiresAt: instantText(expiresAtMs),
          },
    problem: job.problem,
    period: job.periodState,
  };
}

function instantText(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString();
}
