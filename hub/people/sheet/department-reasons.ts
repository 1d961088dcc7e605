import type { Reason } from '#hub/people/sheet/row-fault';

export const NOT_A_POSITION: Reason = {
  'zh-CN': '排序须为 0 到 1000000 的整数',
  en: 'the order is a whole number from 0 to 1000000',
};

export const NO_HEAD: Reason = {
  'zh-CN': '负责人工号中有不存在或已离职的人，请改正；多个工号用分号分隔',
  en: 'one of the heads is not there or has left; correct it, and join several numbers by semicolons',
};

export const BEYOND_REACH: Reason = {
  'zh-CN': '此部门不在您的管理范围内，请由上级管理员导入',
  en: 'this department is outside the area you administer; leave the row to whoever administers it',
};

export function repeated(line: number): Reason {
  return {
    'zh-CN': `与第 ${line} 行是同一个部门，请只保留一行`,
    en: `line ${line} names the same department; keep one of the two`,
  };
}
