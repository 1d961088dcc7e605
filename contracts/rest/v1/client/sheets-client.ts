// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { sheetRoutes } from '#contracts/rest/v1/people-import';

export function sheetsClient(call: Call) {
  return {
    /** People as a table that can be imported again. */
    exportPeople: call(sheetRoutes.exportPeople),
    /** An empty table of people, with every column. */
    peopleTemplate: call(sheetRoutes.peopleTemplate),
    /** Says what a table of people would do, and changes nothing. */
    checkPeopleImport: call(sheetRoutes.checkPeopleImport),
    /** The same as a table: every faulty row, every change, everybody missing. */
    reportPeopleImport: call(sheetRoutes.reportPeopleImport),
    /** Imports a table of people as the dry run showed it, as a whole. */
    importPeople: call(sheetRoutes.importPeople),
    /** Departments as a table that can be imported again. */
    exportDepartments: call(sheetRoutes.exportDepartments),
    /** Says what a table of departments would do, and changes nothing. */
    checkDepartmentImport: call(sheetRoutes.checkDepartmentImport),
    /** The same as a table: every faulty row, every change, everything missing. */
    reportDepartmentImport: call(sheetRoutes.reportDepartmentImport),
    /** Imports a table of departments as the dry run showed it, as a whole. */
    importDepartments: call(sheetRoutes.importDepartments),
  };
}
