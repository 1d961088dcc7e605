import type { z } from 'zod';
import type { payrollRows } from '#contracts/rest/v1/payroll';
import { period } from '#contracts/rest/v1/payroll';
import {
  columnsAnswer,
  headingsAnswer,
  rowAnswer,
  verdictOf,
} from '#contracts/rest/v1/payroll-mapper';
import { payrollRoutes } from '#contracts/rest/v1/payroll-routes';
import type { PayrollSheet } from '#domain/payroll/payroll-sheet';
import { actorKey } from '#hub/api/answered-once';
import type { Handlers } from '#hub/api/handler';
import { invalid } from '#hub/api/problem';
import { PERIOD_UNFIT } from '#hub/api/problem-texts';
import type { RouteBook } from '#hub/api/route-book';
import type { Exports } from '#hub/exports/open-exports';
import type { PayrollLine } from '#hub/payroll/payroll-reader';
import { sheetOf } from '#hub/payroll/template-desk';
import type { PersonKey } from '#hub/storage/payroll-repository';

const TRIAL_PEOPLE = 10; // enough to see whether a formula does what was meant

type Rows = z.input<typeof payrollRows>;

/** Payroll templates and the rows they make. */
export function servePayroll(book: RouteBook, exports: Exports): void {
  book.serve(payrollRoutes, {
    payrollColumns: () => ({ body: columnsAnswer() }),
    checkFormula: ({ body }) => ({ body: verdictOf(body) }),
    ...templateHandlers(exports),
    ...rowHandlers(exports),
  });
}

type Routes = typeof payrollRoutes;
type RowRoutes = Pick<Routes, 'tryPayrollTemplate' | 'listPayroll'>;
type TemplateRoutes = Omit<Routes, keyof RowRoutes | 'payrollColumns' | 'checkFormula'>;

function templateHandlers({ templateDesk }: Exports): Handlers<TemplateRoutes> {
  return {
    listPayrollTemplates: async () => ({ body: { templates: await templateDesk.list() } }),
    addPayrollTemplate: async ({ body, actor, refuse }) => {
      const added = await templateDesk.add(body, actorKey(actor));
      if (!added.ok) throw refuse('conflict');
      return { body: added.value, location: `/payroll/templates/${added.value.templateId}` };
    },
    readPayrollTemplate: async ({ params, refuse }) => {
      const found = await templateDesk.get(params.templateId);
      if (found === undefined) throw refuse('absent');
      return { body: found, version: String(found.version) };
    },
    changePayrollTemplate: async ({ params, body, actor, isExpected, refuse }) => {
      const by = actorKey(actor);
      const changed = await templateDesk.change(params.templateId, body, { by, isExpected });
      if (!changed.ok) throw refuse(changed.failure);
      return { body: changed.value, version: String(changed.value.version) };
    },
    retirePayrollTemplate: async ({ params, refuse }) => {
      if (!(await templateDesk.retire(params.templateId))) throw refuse('absent');
      return {};
    },
    payrollTemplateVersions: async ({ params, refuse }) => {
      const templates = await templateDesk.versions(params.templateId);
      if (templates.length === 0) throw refuse('absent');
      return { body: { templates } };
    },
  };
}

function rowHandlers({ templateDesk, payroll, reader }: Exports): Handlers<RowRoutes> {
  return {
    tryPayrollTemplate: async ({ body, reach }) => {
      const sheet = sheetOf(body.template);
      const { departmentIds } = body;
      const wanted = { reach, departmentIds, withDays: body.period };
      const keys = await payroll.people(wanted, { limit: TRIAL_PEOPLE, after: undefined });
      const personIds = keys.map(([, personId]) => personId);
      const asked = { sheet, period: body.period, language: 'zh-CN' as const };
      return { body: rowsOf(sheet, await reader.lines({ personIds, reach }, asked)) };
    },
    listPayroll: async ({ query, page: { limit, after }, reach, refuse }) => {
      const { from, to, language } = query;
      const asked = period.safeParse({ from, to });
      if (!asked.success) throw invalid('to', PERIOD_UNFIT);
      const chosen = await templateDesk.chosen(query.templateId ?? null);
      if (chosen === undefined) throw refuse('absent');
      const departmentIds = query.departmentId === undefined ? null : [query.departmentId];
      const wanted = { reach, departmentIds, withDays: asked.data };
      const found = await payroll.people(wanted, { limit: limit + 1, after });
      const keys = found.slice(0, limit);
      const personIds = keys.map(([, personId]) => personId);
      const { sheet } = chosen;
      const rows = await reader.lines(
        { personIds, reach },
        { sheet, period: asked.data, language },
      );
      const last: PersonKey | undefined = found.length > limit ? keys.at(-1) : undefined;
      return { body: rowsOf(sheet, rows), next: last };
    },
  };
}

function rowsOf(sheet: PayrollSheet, lines: readonly PayrollLine[]): Rows {
  return {
    headings: headingsAnswer(sheet),
    rows: lines.map((line) => ({
      personId: line.personId,
      ...rowAnswer(sheet, line),
      unplaced: [...line.unplaced],
    })),
    undecidedDays: lines.reduce((sum, line) => sum + line.undecidedDays, 0),
  };
}
