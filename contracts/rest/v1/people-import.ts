import { fileAnswer, upload } from '#contracts/rest/v1/content';
import { peopleFilter } from '#contracts/rest/v1/people';
import { defineRoute } from '#contracts/rest/v1/route';
import {
  importOptions,
  importOrder,
  importReport,
  reportOptions,
  SHEET_IMPORT_BYTES_MAX,
  SHEET_IMPORTS_PER_MINUTE,
  SHEET_TYPES,
  sheetOptions,
} from '#contracts/rest/v1/sheet-import';

const look = { capability: 'people', access: 'view' } as const;
const change = { capability: 'people', access: 'change' } as const;

const file = {
  body: upload(...SHEET_TYPES),
  bodyBytesMax: SHEET_IMPORT_BYTES_MAX,
  requestsPerMinute: SHEET_IMPORTS_PER_MINUTE,
} as const;

const [CSV, XLSX] = SHEET_TYPES;

/** The two tables that people keep elsewhere: of people, and of departments. */
export const sheetRoutes = {
  exportPeople: defineRoute({
    method: 'GET',
    path: '/people/export',
    authority: look,
    summary: 'People as a table that can be imported again.',
    audit: { action: 'people.exported' },
    query: peopleFilter.extend(sheetOptions.shape),
    answers: { 200: fileAnswer(CSV, XLSX) },
    errors: [],
    requestsPerMinute: SHEET_IMPORTS_PER_MINUTE,
  }),
  peopleTemplate: defineRoute({
    method: 'GET',
    path: '/people/import/template',
    authority: look,
    summary: 'An empty table of people, with every column.',
    query: sheetOptions,
    answers: { 200: fileAnswer(CSV, XLSX) },
    errors: [],
  }),
  checkPeopleImport: defineRoute({
    method: 'POST',
    path: '/people/import/check',
    authority: change,
    summary: 'Says what a table of people would do, and changes nothing.',
    audit: 'changes-nothing',
    query: importOptions,
    ...file,
    answers: { 200: importReport },
    errors: [],
  }),
  reportPeopleImport: defineRoute({
    method: 'POST',
    path: '/people/import/report',
    authority: change,
    summary: 'The same as a table: every faulty row, every change, everybody missing.',
    audit: 'changes-nothing',
    query: reportOptions,
    ...file,
    answers: { 200: fileAnswer(CSV) },
    errors: [],
  }),
  importPeople: defineRoute({
    method: 'POST',
    path: '/people/import',
    authority: change,
    summary: 'Imports a table of people as the dry run showed it, as a whole.',
    audit: { action: 'people.imported', unit: 'own' },
    query: importOrder,
    ...file,
    answers: { 200: importReport },
    errors: ['stale', 'conflict'],
  }),
  exportDepartments: defineRoute({
    method: 'GET',
    path: '/departments/export',
    authority: look,
    summary: 'Departments as a table that can be imported again.',
    query: sheetOptions,
    answers: { 200: fileAnswer(CSV, XLSX) },
    errors: [],
    requestsPerMinute: SHEET_IMPORTS_PER_MINUTE,
  }),
  checkDepartmentImport: defineRoute({
    method: 'POST',
    path: '/departments/import/check',
    authority: change,
    summary: 'Says what a table of departments would do, and changes nothing.',
    audit: 'changes-nothing',
    query: importOptions,
    ...file,
    answers: { 200: importReport },
    errors: [],
  }),
  reportDepartmentImport: defineRoute({
    method: 'POST',
    path: '/departments/import/report',
    authority: change,
    summary: 'The same as a table: every faulty row, every change, everything missing.',
    audit: 'changes-nothing',
    query: reportOptions,
    ...file,
    answers: { 200: fileAnswer(CSV) },
    errors: [],
  }),
  importDepartments: defineRoute({
    method: 'POST',
    path: '/departments/import',
    authority: change,
    summary: 'Imports a table of departments as the dry run showed it, as a whole.',
    audit: { action: 'departments.imported', unit: 'own' },
    query: importOrder,
    ...file,
    answers: { 200: importReport },
    errors: ['stale', 'conflict'],
  }),
} as const;
