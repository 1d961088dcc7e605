import { Readable } from 'node:stream';
import { sheetRoutes } from '#contracts/rest/v1/people-import';
import { type ImportReport, SHEET_TYPES } from '#contracts/rest/v1/sheet-import';
import type { ActNote, FileContent, Handlers } from '#hub/api/handler';
import { askerOf } from '#hub/api/people-routes';
import { accepted } from '#hub/api/person-refusal';
import type { RouteBook } from '#hub/api/route-book';
import { DEPARTMENT_COLUMNS } from '#hub/people/sheet/department-columns';
import type { DepartmentImport } from '#hub/people/sheet/department-import';
import type { ImportColumn } from '#hub/people/sheet/heading';
import type { ImportUnit } from '#hub/people/sheet/import-order';
import { PEOPLE_COLUMNS } from '#hub/people/sheet/people-columns';
import type { PeopleExport } from '#hub/people/sheet/people-export';
import type { PeopleImport } from '#hub/people/sheet/people-import';
import { reportSheet } from '#hub/people/sheet/report-sheet';
import { reportOf } from '#hub/people/sheet/sheet-plan';
import { bytesOf } from '#hub/people/sheet/table-file';
import { csvOf } from '#platform/sheet/csv-writer';
import type { Sheet } from '#platform/sheet/sheet';
import { xlsxOf } from '#platform/sheet/xlsx-writer';

export interface SheetRoutesDeps {
  readonly peopleImport: PeopleImport;
  readonly peopleExport: PeopleExport;
  readonly departmentImport: DepartmentImport;
}

type Routes = typeof sheetRoutes;

/** People and departments as tables: taken out, tried, and brought in. */
export function serveSheets(book: RouteBook, deps: SheetRoutesDeps): void {
  book.serve(sheetRoutes, { ...peopleHandlers(deps), ...departmentHandlers(deps) });
}

type OfPeople = Pick<
  Routes,
  'exportPeople' | 'peopleTemplate' | 'checkPeopleImport' | 'reportPeopleImport' | 'importPeople'
>;

function peopleHandlers({ peopleImport, peopleExport }: SheetRoutesDeps): Handlers<OfPeople> {
  return {
    exportPeople: async ({ query: { format, language, ...filter }, reach }) => {
      const sheet = await peopleExport.sheet(filter, { reach, language });
      return { body: fileOf(sheet, { format, language, columns: PEOPLE_COLUMNS }) };
    },
    peopleTemplate: ({ query: { format, language } }) => {
      const sheet = peopleExport.template(language);
      return { body: fileOf(sheet, { format, language, columns: PEOPLE_COLUMNS }) };
    },
    checkPeopleImport: async ({ body, query, ...asked }) => {
      const bytes = await bytesOf(body);
      const checked = await peopleImport.check(bytes, query.departments, askerOf(asked));
      return { body: reportOf(accepted(checked), 'checked') };
    },
    reportPeopleImport: async ({ body, query, ...asked }) => {
      const bytes = await bytesOf(body);
      const checked = await peopleImport.check(bytes, query.departments, askerOf(asked));
      return { body: csvFile(reportSheet(accepted(checked), query.language)) };
    },
    importPeople: async ({ body, query: order, unit, note, ...asked }) => {
      const bytes = await bytesOf(body);
      const noted = notedIn(unit, note);
      const done = await peopleImport.run(bytes, { order, unit: noted }, askerOf(asked));
      return { body: accepted(done) };
    },
  };
}

type OfDepartments = Pick<
  Routes,
  'exportDepartments' | 'checkDepartmentImport' | 'reportDepartmentImport' | 'importDepartments'
>;

function departmentHandlers({ departmentImport }: SheetRoutesDeps): Handlers<OfDepartments> {
  return {
    exportDepartments: async ({ query: { format, language }, reach }) => {
      const sheet = await departmentImport.sheet(reach, language);
      return { body: fileOf(sheet, { format, language, columns: DEPARTMENT_COLUMNS }) };
    },
    checkDepartmentImport: async ({ body, query, reach }) => {
      const bytes = await bytesOf(body);
      const checked = await departmentImport.check(bytes, query.departments, reach);
      return { body: reportOf(accepted(checked), 'checked') };
    },
    reportDepartmentImport: async ({ body, query, reach }) => {
      const bytes = await bytesOf(body);
      const checked = await departmentImport.check(bytes, query.departments, reach);
      return { body: csvFile(reportSheet(accepted(checked), query.language)) };
    },
    importDepartments: async ({ body, query: order, unit, note, reach }) => {
      const bytes = await bytesOf(body);
      const noted = notedIn(unit, note);
      return { body: accepted(await departmentImport.run(bytes, { order, unit: noted }, reach)) };
    },
  };
}

/** The unit of an import, whose entry in the audit log says how much it did and by which dry run. */
function notedIn(unit: ImportUnit, note: (note: ActNote) => void): ImportUnit {
  return async (work) =>
    await unit(async () => {
      const done = await work();
      if (done.ok) note(noteOf(done.value));
      return done;
    });
}

function noteOf({ digest, added, changed, faulty, newDepartments }: ImportReport): ActNote {
  const counts = { added, changed, faulty, newDepartments: newDepartments.length };
  return {
    subjectId: digest,
    changes: Object.entries(counts).map(([field, after]) => ({ field, before: null, after })),
  };
}

interface FileSetting {
  readonly format: 'csv' | 'xlsx';
  readonly language: 'zh-CN' | 'en';
  readonly columns: readonly ImportColumn[];
}

const [CSV, XLSX] = SHEET_TYPES;

function fileOf(sheet: Sheet, { format, language, columns }: FileSetting): FileContent {
  if (format === 'csv') return csvFile(sheet);
  const notes = {
    name: language === 'en' ? 'Notes' : '填写说明',
    heading:
      language === 'en' ? (['Column', 'What to write'] as const) : (['列', '填写说明'] as const),
    lines: columns.map((column) => [column[language], column.note[language]] as const),
  };
  const content = Readable.from(xlsxOf(sheet, notes));
  return { content, fileName: `${sheet.name}.xlsx`, mediaType: XLSX };
}

function csvFile(sheet: Sheet): FileContent {
  const content = Readable.from(csvOf(sheet));
  return { content, fileName: `${sheet.name}.csv`, mediaType: `${CSV}; charset=utf-8` };
}
