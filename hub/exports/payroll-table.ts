import { faultText } from '#domain/payroll/formula/fault';
import type { PayrollSheet } from '#domain/payroll/payroll-sheet';
import { columnIn, type ExportTable, type Note } from '#hub/exports/export-table';
import type { PayrollReader, PayrollWanted } from '#hub/payroll/payroll-reader';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { SheetColumn } from '#platform/sheet/sheet';

const REMARKS_MAX = 1000; // of single cells; a template that fails everywhere says so soon enough

/** The payroll of a period: a row for each person with a day in it. */
export function payrollTable(
  wanted: PayrollWanted,
  { reader, rules }: { readonly reader: PayrollReader; readonly rules: AttendanceRuleRepository },
): ExportTable {
  const { language } = wanted;
  const remarks: Note[] = [];
  const versions = new Set<number>();
  let undecidedDays = 0;
  return {
    columns: columnsOf(wanted.sheet, language),
    rowsOf: async (whose) => {
      const lines = await reader.lines(whose, wanted);
      for (const line of lines) {
        line.ruleVersions.forEach((version) => versions.add(version));
        undecidedDays += line.undecidedDays;
        const own = [
          ...line.faults.map(({ column, fault }) => {
            const heading = wanted.sheet.columns[column]?.heading[language] ?? '';
            return [line.employeeNo, `${heading}: ${faultText(fault)[language]}`] as const;
          }),
          ...line.unplaced.map((name) => [line.employeeNo, unplacedText(name)[language]] as const),
        ];
        remarks.push(...own.slice(0, REMARKS_MAX - remarks.length));
      }
      return lines.map(({ cells }) => cells);
    },
    notes: async () => {
      const known = (await rules.versions()).filter(({ version }) => versions.has(version));
      const isChinese = language === 'zh-CN';
      return [
        ...known.map(
          ({ version, rule }): Note => [
            isChinese ? '打卡规则' : 'Rule',
            isChinese ? `${rule.id}，第 ${version} 版` : `${rule.id}, version ${version}`,
          ],
        ),
        ...(undecidedDays > 0 ? [undecidedNote(undecidedDays, language)] : []),
        ...remarks,
      ];
    },
  };
}

function columnsOf({ columns }: PayrollSheet, language: 'zh-CN' | 'en'): readonly SheetColumn[] {
  const { text, number } = columnIn(language);
  return columns.map((column) =>
    column.kind === 'text'
      ? text(column.heading['zh-CN'], column.heading.en)
      : number(column.heading, column.decimals),
  );
}

function unplacedText(name: string) {
  return {
    'zh-CN': `补差项“${name}”没有对应的列，未计入本表`,
    en: `the adjustment “${name}” has no column and is not in this sheet`,
  };
}

function undecidedNote(days: number, language: 'zh-CN' | 'en'): Note {
  return language === 'zh-CN'
    ? ['未定天数', `有 ${days} 个人日尚未确定，之后可能变化`]
    : ['Undecided', `${days} days may still change by themselves`];
}
