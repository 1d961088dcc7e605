import { z } from 'zod';
import { nothing } from '#contracts/rest/v1/content';
import {
  formulaCheck,
  formulaVerdict,
  payrollColumns,
  payrollRows,
  payrollRowsPage,
  payrollRowsQuery,
  payrollTemplate,
  payrollTemplates,
  payrollTrial,
  storedPayrollTemplate,
} from '#contracts/rest/v1/payroll';
import { defineRoute } from '#contracts/rest/v1/route';
import { personId } from '#contracts/wire/v1/ids';

const look = { capability: 'exports', access: 'view' } as const;
const change = { capability: 'exports', access: 'change' } as const;
const ofTemplate = z.strictObject({ templateId: z.uuid() });

const TEMPLATE_BYTES_MAX = 256 * 1024; // a hundred columns with long formulas
const PAGE_MAX = 200; // six thousand days are read for it
const PAGE_DEFAULT = 100;
const TRIALS_PER_MINUTE = 120; // an editor tries after each change

export const payrollRoutes = {
  payrollColumns: defineRoute({
    method: 'GET',
    path: '/payroll/columns',
    authority: look,
    summary: 'Every figure a payroll template may choose.',
    answers: { 200: payrollColumns },
    errors: [],
  }),
  checkFormula: defineRoute({
    method: 'POST',
    path: '/payroll/formula-check',
    authority: look,
    summary: 'How a formula is read as far as it was typed, or what is wrong with it.',
    body: formulaCheck,
    answers: { 200: formulaVerdict },
    errors: [],
    audit: 'changes-nothing',
  }),
  listPayrollTemplates: defineRoute({
    method: 'GET',
    path: '/payroll/templates',
    authority: look,
    summary: 'Payroll templates in their newest version.',
    answers: { 200: payrollTemplates },
    errors: [],
  }),
  addPayrollTemplate: defineRoute({
    method: 'POST',
    path: '/payroll/templates',
    authority: change,
    summary: 'Adds a payroll template: columns, headings and formulas.',
    body: payrollTemplate,
    bodyBytesMax: TEMPLATE_BYTES_MAX,
    answers: { 201: storedPayrollTemplate },
    errors: ['conflict'],
    idempotency: 'key',
    audit: { action: 'payroll-template.added', subject: 'templateId' },
  }),
  readPayrollTemplate: defineRoute({
    method: 'GET',
    path: '/payroll/templates/:templateId',
    authority: look,
    summary: 'A payroll template in its newest version.',
    params: ofTemplate,
    answers: { 200: storedPayrollTemplate },
    errors: [],
    concurrency: 'etag',
  }),
  changePayrollTemplate: defineRoute({
    method: 'PUT',
    path: '/payroll/templates/:templateId',
    authority: change,
    summary: 'Writes another version of a payroll template; earlier ones stay.',
    params: ofTemplate,
    body: payrollTemplate,
    bodyBytesMax: TEMPLATE_BYTES_MAX,
    answers: { 200: storedPayrollTemplate },
    errors: [],
    concurrency: 'etag',
    audit: { action: 'payroll-template.changed', subject: 'templateId' },
  }),
  retirePayrollTemplate: defineRoute({
    method: 'DELETE',
    path: '/payroll/templates/:templateId',
    authority: change,
    summary: 'Takes a payroll template off the list; exports that used it keep its version.',
    params: ofTemplate,
    answers: { 204: nothing },
    errors: [],
    audit: { action: 'payroll-template.retired', subject: 'templateId' },
  }),
  payrollTemplateVersions: defineRoute({
    method: 'GET',
    path: '/payroll/templates/:templateId/versions',
    authority: look,
    summary: 'Every version of a payroll template, newest first.',
    params: ofTemplate,
    answers: { 200: payrollTemplates },
    errors: [],
  }),
  tryPayrollTemplate: defineRoute({
    method: 'POST',
    path: '/payroll/trial',
    authority: look,
    summary: 'The first few rows of a template that is not saved yet, over a real period.',
    body: payrollTrial,
    bodyBytesMax: TEMPLATE_BYTES_MAX,
    answers: { 200: payrollRows },
    errors: [],
    audit: { action: 'payroll.viewed' },
    requestsPerMinute: TRIALS_PER_MINUTE,
  }),
  listPayroll: defineRoute({
    method: 'GET',
    path: '/payroll/rows',
    authority: look,
    summary: 'The payroll of a period, page by page, as its export has it.',
    query: payrollRowsQuery,
    paged: { key: z.tuple([z.string(), personId]), limitMax: PAGE_MAX, limitDefault: PAGE_DEFAULT },
    answers: { 200: payrollRowsPage },
    errors: ['absent'],
    audit: { action: 'payroll.viewed' },
  }),
} as const;
