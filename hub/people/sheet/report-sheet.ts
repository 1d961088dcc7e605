import { changesOf, type SheetPlan } from '#hub/people/sheet/sheet-plan';
import type { Sheet, SheetRow } from '#platform/sheet/sheet';

type Language = 'zh-CN' | 'en';

const HEADINGS = {
  'zh-CN': ['行', '列', '列名', '内容', '情况', '说明', '对象', '名称', '原值', '新值'],
  en: [
    'Line',
    'Column',
    'Heading',
    'Value',
    'What',
    'What to do',
    'Key',
    'Name',
    'Before',
    'After',
  ],
} as const;

const WORDS = {
  'zh-CN': {
    fault: '有误',
    new: '新增',
    changed: '修改',
    missing: '文件中没有',
    department: '将新建部门',
  },
  en: {
    fault: 'faulty',
    new: 'new',
    changed: 'changed',
    missing: 'not in the file',
    department: 'department to be made',
  },
} as const;

const WIDTHS = [8, 8, 16, 24, 12, 50, 16, 20, 24, 24];

/** The whole dry run as a table: faults, then changes, then what is missing. */
export function reportSheet(plan: SheetPlan<unknown>, language: Language): Sheet {
  return {
    name: language === 'en' ? 'Import report' : '导入报告',
    columns: HEADINGS[language].map((heading, index) => ({
      heading,
      kind: index < 2 ? 'integer' : 'text',
      decimals: 0,
      width: WIDTHS[index] ?? 16,
    })),
    rows: rowsOf(plan, language),
  };
}

function* rowsOf(plan: SheetPlan<unknown>, language: Language): Generator<SheetRow> {
  const words = WORDS[language];
  for (const { line, column, heading, value, ...reason } of plan.faults) {
    const what = reason[language];
    yield [line, column, heading, value, words.fault, what, null, null, null, null];
  }
  for (const path of plan.newDepartments) {
    yield [null, null, null, null, words.department, null, path, null, null, null];
  }
  for (const { line, kind, key, name, fields } of changesOf(plan)) {
    for (const { field, before, after } of fields) {
      yield [line, null, headingOf(plan, field), null, words[kind], null, key, name, before, after];
    }
  }
  for (const { key, name } of plan.missing) {
    yield [null, null, null, null, words.missing, null, key, name, null, null];
  }
}

/** As the file calls it; what it does not name got its value by itself. */
function headingOf({ columns }: SheetPlan<unknown>, field: string): string {
  return columns.find((each) => each.field === field)?.heading ?? field;
}
