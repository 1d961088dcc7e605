import { z } from 'zod';
import { type Refusals, refusalsOf } from '#contracts/attendance/refusal';
import { pageOf } from '#contracts/rest/v1/page';
import { locale, personId } from '#contracts/wire/v1/ids';
import { PAYROLL_COLUMN_NAMES } from '#domain/payroll/column';
import { payrollSheet } from '#domain/payroll/payroll-sheet';
import { DECIMALS_MAX, TEMPLATE_COLUMNS_MAX } from '#domain/payroll/template';
import { type TemplateFault, templateFaultText } from '#domain/payroll/template-fault';

/** Aborting, so that no later check is asked about a date that is none. */
const date = z.iso.date({ abort: true });
const bilingual = z.strictObject({ 'zh-CN': z.string(), en: z.string() });

const HEADING_CHARACTERS_MAX = 60; // what a sheet shows without cutting it off
const FORMULA_LENGTH_MAX = 2000; // blanks included; the reader of formulas has the real limit
const PERIOD_DAYS_MAX = 366;
const TRIAL_DEPARTMENTS_MAX = 200; // beyond it one asks for everybody
const DAY_SECONDS_MIN = 3600;
const DAY_SECONDS_MAX = 86_400;

const headingText = z.string().trim().min(1).max(HEADING_CHARACTERS_MAX);
const heading = z.strictObject({ 'zh-CN': headingText, en: headingText });

export const payrollColumnName = z.enum(PAYROLL_COLUMN_NAMES);

const numberStyle = {
  decimals: z.int().min(0).max(DECIMALS_MAX),
  /** What becomes of digits that are not shown; a half goes away from zero. */
  cut: z.enum(['nearest', 'down', 'up']).default('nearest'),
};

const textColumn = z.strictObject({
  kind: z.literal('text'),
  field: z.enum([
    'employee_no',
    'name',
    'department',
    'site',
    'rule_group',
    'period_from',
    'period_to',
    'attend_result',
  ]),
  /** null: the usual one. */
  heading: heading.nullable().default(null),
});

const figureColumn = z.strictObject({
  kind: z.literal('figure'),
  name: payrollColumnName,
  /** `adjustment`: what was booked in the period for locked ones. */
  of: z.enum(['period', 'adjustment']).default('period'),
  unit: z.enum(['times', 'days', 'hours', 'minutes', 'seconds']),
  heading: heading.nullable().default(null),
  ...numberStyle,
});

const formulaColumn = z.strictObject({
  kind: z.literal('formula'),
  name: z.string(),
  heading,
  formula: z.string().max(FORMULA_LENGTH_MAX),
  ...numberStyle,
});

/**
 * Which columns a payroll sheet has. A template that parses can be calculated: units fit their columns
 * and every formula is read.
 */
export const payrollTemplate = z
  .strictObject({
    name: z.string().trim().min(1).max(HEADING_CHARACTERS_MAX),
    columns: z
      .array(z.discriminatedUnion('kind', [textColumn, figureColumn, formulaColumn]))
      .min(1)
      .max(TEMPLATE_COLUMNS_MAX),
    /** How long a day is when time is shown in days. */
    daySeconds: z.int().min(DAY_SECONDS_MIN).max(DAY_SECONDS_MAX).default(28_800),
  })
  .superRefine((template, context) => {
    const sheet = payrollSheet(template);
    if (!sheet.ok) for (const fault of sheet.failure) refuse(fault, refusalsOf(context));
  });

function refuse(fault: TemplateFault, refusals: Refusals): void {
  const text = templateFaultText(fault);
  const key = { formula: 'formula', badName: 'name', nameTaken: 'name', unitUnfit: 'unit' }[
    fault.reason
  ];
  refusals.add(['columns', fault.column, key], { zh: text['zh-CN'], en: text.en });
}

export type PayrollTemplateText = z.output<typeof payrollTemplate>;

export const storedPayrollTemplate = z
  .strictObject({
    templateId: z.string(),
    /** Each change makes another; exports name the one they used. */
    version: z.int().min(1),
    template: payrollTemplate,
    changedAt: z.iso.datetime({ offset: true }),
  })
  .meta({ id: 'storedPayrollTemplate' });
export type StoredPayrollTemplate = z.output<typeof storedPayrollTemplate>;
export const payrollTemplates = z.strictObject({ templates: z.array(storedPayrollTemplate) });

/** What a template may choose from, for whoever draws the editor. */
export const payrollColumns = z.strictObject({
  columns: z.array(
    z.strictObject({
      name: payrollColumnName,
      unit: z.enum(['times', 'days', 'minutes', 'seconds']),
      heading: bilingual,
    }),
  ),
});

/** A formula while it is being typed; `names` are the formulas before it. */
export const formulaCheck = z.strictObject({
  formula: z.string().max(FORMULA_LENGTH_MAX),
  names: z.array(z.string()).max(TEMPLATE_COLUMNS_MAX).default([]),
});
export const formulaVerdict = z.discriminatedUnion('ok', [
  z.strictObject({ ok: z.literal(true), printed: z.string() }),
  z.strictObject({
    ok: z.literal(false),
    reason: z.string(),
    /** Characters before the fault. */
    at: z.int().min(0),
    text: bilingual,
  }),
]);

export const period = z
  .strictObject({ from: date, to: date })
  .refine(({ from, to }) => from <= to && to <= lastDayFrom(from), {
    message: `a period ends on or after its first day, and within ${PERIOD_DAYS_MAX} days`,
    params: { zh: `结束日期不能早于开始日期，且不超过 ${PERIOD_DAYS_MAX} 天` },
  });

function lastDayFrom(from: string): string {
  return Temporal.PlainDate.from(from)
    .add({ days: PERIOD_DAYS_MAX - 1 })
    .toString();
}

/** A template tried on a few people of a real period, before it is saved. */
export const payrollTrial = z.strictObject({
  template: payrollTemplate,
  period,
  departmentIds: z.array(z.string()).min(1).max(TRIAL_DEPARTMENTS_MAX).nullable().default(null),
});

const rowsOfPayroll = {
  headings: z.array(
    z.strictObject({ heading: bilingual, kind: z.enum(['text', 'number']), decimals: z.int() }),
  ),
  rows: z.array(
    z.strictObject({
      personId,
      cells: z.array(z.string().nullable()),
      /** Why a formula has no answer in this row. */
      faults: z.array(z.strictObject({ column: z.int().min(0), text: bilingual })),
      /** Booked figures that no column of payroll shows. */
      unplaced: z.array(z.string()),
    }),
  ),
  /** Days of the period that may still change; a payroll over them warns first. */
  undecidedDays: z.number().min(0),
};

/** Rows as they will be exported. Numbers are texts with all their digits, so that none is rounded. */
export const payrollRows = z.strictObject(rowsOfPayroll);
/** The same in pages, in the order of employee numbers. */
export const payrollRowsPage = pageOf(rowsOfPayroll);

export const payrollRowsQuery = z.strictObject({
  from: date,
  to: date,
  /** Without one, the columns payroll programs ask for. */
  templateId: z.uuid().optional(),
  language: locale.default('zh-CN'),
  departmentId: z.string().optional(),
});
