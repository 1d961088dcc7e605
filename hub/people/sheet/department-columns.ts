import type { ImportColumn } from '#hub/people/sheet/heading';

export type DepartmentField = 'path' | 'nameEn' | 'heads' | 'position';

/** Of each department a row; the path says which is meant. */
export const DEPARTMENT_COLUMNS: readonly ImportColumn<DepartmentField>[] = [
  {
    field: 'path',
    'zh-CN': '部门',
    en: 'Department',
    aliases: ['部门路径', '部门名称', '完整路径', 'Path', 'Department path'],
    kind: 'text',
    width: 40,
    note: {
      'zh-CN': '必填。从最上级写起，用 / 分隔，如 总部/研发部',
      en: 'Required. From the top, joined by /, such as Head office/R&D',
    },
  },
  {
    field: 'nameEn',
    'zh-CN': '英文名称',
    en: 'English name',
    aliases: ['英文名', 'Name in English'],
    kind: 'text',
    width: 28,
    note: { 'zh-CN': '选填，只写这一级的名称', en: 'Optional; of this level alone' },
  },
  {
    field: 'heads',
    'zh-CN': '负责人工号',
    en: 'Heads',
    aliases: ['负责人', '部门负责人', '主管工号', 'Head', 'Head no.'],
    kind: 'text',
    width: 24,
    note: {
      'zh-CN': '工号，多个用分号分隔，第一位优先',
      en: 'Employee numbers joined by semicolons, the first one first',
    },
  },
  {
    field: 'position',
    'zh-CN': '排序',
    en: 'Order',
    aliases: ['顺序', '序号', 'Position', 'Sort'],
    kind: 'integer',
    width: 8,
    note: { 'zh-CN': '整数，小的在前', en: 'A whole number, smallest first' },
  },
];
