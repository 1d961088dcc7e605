import type { ExportJob, NewExport } from '#contracts/rest/v1/export';
import { ExportFolder } from '#hub/exports/export-folder';
import { problemOf, WORN_OUT } from '#hub/exports/export-problem';
import type { ExportTable, Note } from '#hub/exports/export-table';
import { KIND_NAMES } from '#hub/exports/export-words';
import {
  adjustmentTable,
  caseTable,
  dayTable,
  formTable,
  type ListDeps,
  punchTable,
} from '#hub/exports/list-tables';
import { payrollTable } from '#hub/exports/payroll-table';
import { type JobHold, Stopped } from '#hub/jobs/job-runner';
import type { ChosenTemplate, PayrollTemplateDesk } from '#hub/payroll/template-desk';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type {
  ExportJobRepository,
  JobProgress,
  SavedExport,
} from '#hub/storage/export-job-repository';
import type { PersonKey, Whose } from '#hub/storage/payroll-repository';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import { csvOf } from '#platform/sheet/csv-writer';
import { jsonOf } from '#platform/sheet/json-writer';
import type { Sheet, SheetRow } from '#platform/sheet/sheet';
import { xlsxOf } from '#platform/sheet/xlsx-writer';

const PEOPLE_AT_ONCE = 20; // six hundred days: what an acknowledgement may have to wait for
const ATTEMPTS_MAX = 3; // a third crash is the export's own doing
const KEPT_DAYS = 7; // long enough to fetch it after a weekend; it can be had again

export interface ExportMakerDeps extends ListDeps {
  readonly jobs: ExportJobRepository;
  readonly templateDesk: PayrollTemplateDesk;
  readonly rules: AttendanceRuleRepository;
  readonly work: AttendanceWorkRepository;
  readonly folder: ExportFolder;
  readonly holder: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** An export while it is made. */
interface Making {
  progress: JobProgress;
  rows: number;
}

/**
 * Makes the file of an export, a few people at a time. What it says depends on the request and the
 * stored rows alone: neither the moment of making nor the order of anything unordered is in it.
 */
export class ExportMaker {
  readonly #deps: ExportMakerDeps;
  readonly #making = new Map<string, Making>();

  constructor(deps: ExportMakerDeps) {
    this.#deps = deps;
  }

  /** A sign of life with how far it is. @returns whether to go on */
  async renew({ exportId }: SavedExport, hold: JobHold): Promise<boolean> {
    const making = this.#making.get(exportId);
    if (making === undefined) return true; // over between two signs
    return await this.#deps.jobs.renew(exportId, hold, making.progress);
  }

  /** @throws Stopped when the hub stops or the export is not wanted any more */
  async make(job: SavedExport, signal: AbortSignal): Promise<void> {
    const { jobs, holder, clock, logger } = this.#deps;
    const { exportId } = job;
    try {
      if (job.attempts > ATTEMPTS_MAX) throw new WornOut();
      await this.#write(job, signal);
    } catch (error) {
      if (error instanceof Stopped) throw error;
      const problem = error instanceof WornOut ? WORN_OUT : problemOf(error);
      logger.error({ err: error, exportId }, 'an export could not be made');
      const nowMs = clock.now().epochMilliseconds;
      await jobs.fail(exportId, { holder, nowMs }, problem);
    } finally {
      this.#making.delete(exportId);
    }
  }

  async #write(job: SavedExport, signal: AbortSignal): Promise<void> {
    const { jobs, holder, clock, folder, payroll } = this.#deps;
    const { request, exportId, reach } = job;
    const periodState = await this.#periodState(request.period);
    const template = await this.#templateOf(job);
    const table = this.#tableOf(request, template);
    const people = await payroll.people(
      {
        reach,
        departmentIds: request.departmentIds,
        withDays: request.kind === 'payroll' ? request.period : null,
      },
      { limit: null, after: undefined },
    );
    const making: Making = {
      progress: { peopleDone: 0, peopleTotal: people.length, periodState },
      rows: 0,
    };
    this.#making.set(exportId, making);
    const sheet: Sheet = {
      name: KIND_NAMES[request.kind][request.language],
      columns: table.columns,
      rows: this.#rows({ table, people, reach, making }, signal),
    };
    const stored = `${exportId}.${job.attempts}`;
    const chunks = this.#bytes(sheet, { job, table, template, periodState });
    const written = await folder.write(stored, chunks);
    const file = { ...written, name: fileNameOf(request), rows: making.rows, stored };
    const now = clock.now();
    const hold = {
      holder,
      nowMs: now.epochMilliseconds,
      untilMs: now.add({ hours: 24 * KEPT_DAYS }).epochMilliseconds,
    };
    const isOurs = await jobs.finish(exportId, hold, { ...making.progress, file });
    if (!isOurs) await folder.remove(stored);
  }

  async *#rows(
    { table, people, reach, making }: RowsWanted,
    signal: AbortSignal,
  ): AsyncGenerator<SheetRow> {
    for (let first = 0; first < people.length; first += PEOPLE_AT_ONCE) {
      signal.throwIfAborted();
      const part = people.slice(first, first + PEOPLE_AT_ONCE);
      const personIds = part.map(([, personId]) => personId);
      const rows = await table.rowsOf({ personIds, reach });
      yield* rows;
      making.rows += rows.length;
      const peopleDone = first + part.length;
      making.progress = { ...making.progress, peopleDone };
    }
  }

  /** Locked: every day of it is, and none waits to be frozen. */
  async #periodState({ to }: NewExport['period']): Promise<ExportJob['period']> {
    const { work } = this.#deps;
    const { lockedThrough } = await work.state();
    const isLocked = lockedThrough !== undefined && to <= lockedThrough;
    return isLocked && (await work.count(to)) === 0 ? 'locked' : 'open';
  }

  async #templateOf({ request, templateVersion }: SavedExport): Promise<ChosenTemplate | null> {
    if (request.kind !== 'payroll') return null;
    const { templateDesk } = this.#deps;
    const chosen = await templateDesk.chosen(request.templateId, templateVersion);
    if (chosen === undefined) throw new Error('the template of an export is gone from the store');
    return chosen;
  }

  #tableOf(request: NewExport, template: ChosenTemplate | null): ExportTable {
    if (template !== null) return payrollTable({ ...request, ...template }, this.#deps);
    switch (request.kind) {
      case 'payroll':
        throw new Error('a payroll has a template');
      case 'days':
        return dayTable(request, this.#deps);
      case 'punches':
        return punchTable(request, this.#deps);
      case 'approvals':
        return formTable(request, this.#deps);
      case 'exceptions':
        return caseTable(request, this.#deps);
      case 'adjustments':
        return adjustmentTable(request, this.#deps);
    }
  }

  #bytes(sheet: Sheet, about: NotesWanted): AsyncGenerator<Uint8Array> {
    switch (about.job.request.format) {
      case 'csv':
        return csvOf(sheet);
      case 'xlsx':
        return workbookOf(sheet, about);
      case 'json':
        return jsonOf(sheet, 'array');
      case 'jsonl':
        return jsonOf(sheet, 'lines');
    }
  }
}

interface RowsWanted {
  readonly table: ExportTable;
  readonly people: readonly PersonKey[];
  readonly reach: Whose['reach'];
  readonly making: Making;
}

class WornOut extends Error {
  override readonly name = 'WornOut';
}

interface NotesWanted {
  readonly job: SavedExport;
  readonly table: ExportTable;
  readonly template: ChosenTemplate | null;
  readonly periodState: ExportJob['period'];
}

/** The notes come behind the rows, which tell some of them. */
async function* workbookOf(sheet: Sheet, about: NotesWanted): AsyncGenerator<Uint8Array> {
  const lines: Note[] = [];
  const rows = (async function* () {
    yield* sheet.rows;
    lines.push(...notesOf(about), ...(await about.table.notes()));
  })();
  const isChinese = about.job.request.language === 'zh-CN';
  const heading = isChinese ? (['项目', '说明'] as const) : (['Item', 'What it says'] as const);
  yield* xlsxOf({ ...sheet, rows }, { name: isChinese ? '说明' : 'Notes', heading, lines });
}

/** What the sheet is of, and by which template: whatever decides what it says. */
function notesOf({ job, template, periodState }: NotesWanted): readonly Note[] {
  const { period, language, departmentIds } = job.request;
  const isChinese = language === 'zh-CN';
  const locked = periodState === 'locked';
  const of: Note = isChinese
    ? ['期间', `${period.from} 至 ${period.to}`]
    : ['Period', `${period.from} to ${period.to}`];
  const state: Note = isChinese
    ? ['状态', locked ? '已锁定，不再变化' : '尚未锁定，可能变化']
    : ['State', locked ? 'locked, for good' : 'not locked, may still change'];
  const departments: readonly Note[] =
    departmentIds === null
      ? []
      : [[isChinese ? '部门' : 'Departments', departmentIds.toSorted().join(', ')]];
  return [
    of,
    state,
    ...departments,
    ...(template === null ? [] : [templateNote(template, language)]),
  ];
}

function templateNote({ named, name }: ChosenTemplate, language: 'zh-CN' | 'en'): Note {
  const isChinese = language === 'zh-CN';
  if (named === null) return isChinese ? ['模板', '内置模板'] : ['Template', 'the built-in one'];
  return isChinese
    ? ['模板', `${name ?? ''}，第 ${named.version} 版`]
    : ['Template', `${name ?? ''}, version ${named.version}`];
}

function fileNameOf({ kind, period, language, format }: NewExport): string {
  const name = KIND_NAMES[kind][language];
  return `${name} ${period.from}_${period.to}.${format}`;
}
