import { accountRoutes } from '#contracts/rest/v1/account';
import { approvalRoutes } from '#contracts/rest/v1/approval-routes';
import { attendanceRoutes } from '#contracts/rest/v1/attendance';
import { attendanceMonthRoutes } from '#contracts/rest/v1/attendance-months';
import { auditRoutes } from '#contracts/rest/v1/audit';
import { administratorRoutes, apiClientRoutes } from '#contracts/rest/v1/authority';
import { departmentRoutes } from '#contracts/rest/v1/departments';
import { exceptionRoutes } from '#contracts/rest/v1/exception-routes';
import { exportRoutes } from '#contracts/rest/v1/export-routes';
import { formRoutes } from '#contracts/rest/v1/form-routes';
import { groupEventRoutes } from '#contracts/rest/v1/group-events';
import { joinRoutes } from '#contracts/rest/v1/join';
import { liveRoutes } from '#contracts/rest/v1/live';
import { openApiRoutes } from '#contracts/rest/v1/open-api-route';
import { payrollRoutes } from '#contracts/rest/v1/payroll-routes';
import { peopleRoutes } from '#contracts/rest/v1/people';
import { sheetRoutes } from '#contracts/rest/v1/people-import';
import { punchPlacementRoutes } from '#contracts/rest/v1/punch-placement';
import { punchRoutes } from '#contracts/rest/v1/punches';
import { retirementRoutes } from '#contracts/rest/v1/retirement';
import type { RouteContract } from '#contracts/rest/v1/route';
import { sessionRoutes } from '#contracts/rest/v1/session';
import { signInRoutes } from '#contracts/rest/v1/sign-in';
import { siteRoutes, terminalRoutes } from '#contracts/rest/v1/terminals';
import { webhookRoutes } from '#contracts/rest/v1/webhook-routes';

/** Routes that belong together, under the names by which they are called. */
export interface Area {
  readonly name: string;
  /** The file of contracts/rest/v1 that has them, and their name in it. */
  readonly file: string;
  readonly routesName: string;
  readonly routes: Readonly<Record<string, RouteContract>>;
}

function area(name: string, routesName: string, routes: Area['routes']): Area {
  return { name, file: name, routesName, routes };
}

/**
 * The whole REST interface. What is not here is neither published nor found by a client, and a test
 * fails when the hub serves it all the same.
 */
export const API: readonly Area[] = [
  area('session', 'sessionRoutes', sessionRoutes),
  { ...area('signIn', 'signInRoutes', signInRoutes), file: 'sign-in' },
  area('account', 'accountRoutes', accountRoutes),
  { ...area('administrators', 'administratorRoutes', administratorRoutes), file: 'authority' },
  { ...area('apiClients', 'apiClientRoutes', apiClientRoutes), file: 'authority' },
  area('audit', 'auditRoutes', auditRoutes),
  area('people', 'peopleRoutes', peopleRoutes),
  area('departments', 'departmentRoutes', departmentRoutes),
  { ...area('sheets', 'sheetRoutes', sheetRoutes), file: 'people-import' },
  { ...area('site', 'siteRoutes', siteRoutes), file: 'terminals' },
  area('join', 'joinRoutes', joinRoutes),
  area('terminals', 'terminalRoutes', terminalRoutes),
  area('retirement', 'retirementRoutes', retirementRoutes),
  area('punches', 'punchRoutes', punchRoutes),
  {
    ...area('punchPlacement', 'punchPlacementRoutes', punchPlacementRoutes),
    file: 'punch-placement',
  },
  area('attendance', 'attendanceRoutes', attendanceRoutes),
  {
    ...area('attendanceMonths', 'attendanceMonthRoutes', attendanceMonthRoutes),
    file: 'attendance-months',
  },
  { ...area('forms', 'formRoutes', formRoutes), file: 'form-routes' },
  { ...area('approvals', 'approvalRoutes', approvalRoutes), file: 'approval-routes' },
  { ...area('exceptions', 'exceptionRoutes', exceptionRoutes), file: 'exception-routes' },
  { ...area('groupEvents', 'groupEventRoutes', groupEventRoutes), file: 'group-events' },
  { ...area('webhooks', 'webhookRoutes', webhookRoutes), file: 'webhook-routes' },
  { ...area('payroll', 'payrollRoutes', payrollRoutes), file: 'payroll-routes' },
  { ...area('exports', 'exportRoutes', exportRoutes), file: 'export-routes' },
  area('live', 'liveRoutes', liveRoutes),
  { ...area('openApi', 'openApiRoutes', openApiRoutes), file: 'open-api-route' },
];
