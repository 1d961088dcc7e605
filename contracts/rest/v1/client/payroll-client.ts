// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { payrollRoutes } from '#contracts/rest/v1/payroll-routes';

export function payrollClient(call: Call) {
  return {
    /** Every figure a payroll template may choose. */
    payrollColumns: call(payrollRoutes.payrollColumns),
    /** How a formula is read as far as it was typed, or what is wrong with it. */
    checkFormula: call(payrollRoutes.checkFormula),
    /** Payroll templates in their newest version. */
    listPayrollTemplates: call(payrollRoutes.listPayrollTemplates),
    /** Adds a payroll template: columns, headings and formulas. */
    addPayrollTemplate: call(payrollRoutes.addPayrollTemplate),
    /** A payroll template in its newest version. */
    readPayrollTemplate: call(payrollRoutes.readPayrollTemplate),
    /** Writes another version of a payroll template; earlier ones stay. */
    changePayrollTemplate: call(payrollRoutes.changePayrollTemplate),
    /** Takes a payroll template off the list; exports that used it keep its version. */
    retirePayrollTemplate: call(payrollRoutes.retirePayrollTemplate),
    /** Every version of a payroll template, newest first. */
    payrollTemplateVersions: call(payrollRoutes.payrollTemplateVersions),
    /** The first few rows of a template that is not saved yet, over a real period. */
    tryPayrollTemplate: call(payrollRoutes.tryPayrollTemplate),
    /** The payroll of a period, page by page, as its export has it. */
    listPayroll: call(payrollRoutes.listPayroll),
  };
}
