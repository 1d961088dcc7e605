import { DEPARTMENT_DEPTH_MAX } from '#domain/people/department-line';
import type { PathFault } from '#hub/people/sheet/department-paths';
import type { PersonField } from '#hub/people/sheet/people-columns';
import type { Reason } from '#hub/people/sheet/row-fault';

/** Why a cell of each column is refused, and what to write instead. */
export const FIELDS: Readonly<
  Record<Exclude<PersonField, 'department' | 'homeSite' | 'sites' | 'rule' | 'managerNo'>, Reason>
> = {
  employeeNo: {
    'zh-CN': '工号须为 1 到 20 位字母、数字或下划线',
    en: 'an employee number is 1 to 20 letters, digits and _',
  },
  name: { 'zh-CN': '请填写姓名，最多 80 个字', en: 'enter a name of at most 80 characters' },
  greetingName: {
    'zh-CN': '称呼最多 40 个字',
    en: 'a greeting name has at most 40 characters',
  },
  locale: { 'zh-CN': '请填写 中文 或 英文', en: 'write Chinese or English' },
  tags: {
    'zh-CN': '标签最多 50 个，每个最多 80 个字，用分号分隔',
    en: 'at most 50 tags of at most 80 characters, joined by semicolons',
  },
  email: { 'zh-CN': '邮箱格式不正确', en: 'this is no e-mail address' },
  phone: {
    'zh-CN': '电话号码只能含数字、空格、括号和 -，3 到 30 位',
    en: 'a telephone number has digits, spaces, brackets and -, 3 to 30',
  },
  employedFrom: {
    'zh-CN': '不是日期，请写成 2026-03-01',
    en: 'this is no date; write it like 2026-03-01',
  },
  employedTo: {
    'zh-CN': '不是日期，请写成 2026-03-01',
    en: 'this is no date; write it like 2026-03-01',
  },
  enroller: { 'zh-CN': '请填写 是 或 否', en: 'write yes or no' },
};

export const PATHS: Readonly<Record<PathFault, Reason>> = {
  unknown: {
    'zh-CN': '没有此部门；请改正，或选择“自动新建部门”后重新检查',
    en: 'there is no such department; correct it, or choose to make departments and check again',
  },
  ambiguous: {
    'zh-CN': '有多个同名部门，请写完整路径，如 总部/研发部',
    en: 'several departments have this name; write the whole path, such as Head office/R&D',
  },
  'bad-name': {
    'zh-CN': '部门名称不能为空，最多 60 个字，各级之间用一个 / 分隔',
    en: 'the name of a department has 1 to 60 characters; one / stands between two levels',
  },
  'too-deep': {
    'zh-CN': `部门最多 ${DEPARTMENT_DEPTH_MAX} 级`,
    en: `departments are at most ${DEPARTMENT_DEPTH_MAX} levels deep`,
  },
};

export const DATES: Readonly<
  Record<'ends-before-it-begins' | 'overlaps-earlier' | 'still-employed', Reason>
> = {
  'ends-before-it-begins': {
    'zh-CN': '最后工作日不能早于入职日期',
    en: 'the last day cannot lie before the first',
  },
  'overlaps-earlier': {
    'zh-CN': '入职日期必须晚于上一段任职的最后一天',
    en: 'the first day has to lie behind the last day of the employment before',
  },
  'still-employed': {
    'zh-CN': '此人尚未离职，不能再次入职',
    en: 'this person has not left and cannot be taken on again',
  },
};

export const NO_SITE: Reason = {
  'zh-CN': '没有此地点，请填写地点的名称',
  en: 'there is no such site; write the name of one',
};
export const SITE_AMBIGUOUS: Reason = {
  'zh-CN': '有多个同名地点，请填写地点编号',
  en: 'several sites have this name; write the id of one',
};
export const SITE_CLOSED: Reason = {
  'zh-CN': '此地点已关闭，请另选地点',
  en: 'this site was closed; choose another one',
};
export const NO_RULE: Reason = {
  'zh-CN': '没有此考勤规则，请填写已发布规则的编号或名称',
  en: 'there is no such rule; write the id or the name of one that is published',
};
export const RULE_AMBIGUOUS: Reason = {
  'zh-CN': '有多条同名规则，请填写规则编号',
  en: 'several rules have this name; write the id of one',
};
export const NO_MANAGER: Reason = {
  'zh-CN': '没有此工号的人，系统和本文件中都未找到',
  en: 'nobody has this employee number, neither here nor in this file',
};
export const MANAGER_GONE: Reason = {
  'zh-CN': '此人已离职，请另填直属上级',
  en: 'this person has left; name another manager',
};
export const MANAGER_FAULTY: Reason = {
  'zh-CN': '直属上级所在的行有误，请先改正那一行',
  en: 'the row of this manager is faulty; correct that one first',
};
export const MANAGER_ONESELF: Reason = {
  'zh-CN': '不能把本人填为自己的直属上级',
  en: 'nobody is their own manager',
};
export const MANAGER_CIRCLE: Reason = {
  'zh-CN': '此人在汇报关系上位于其下级，请改正上下级关系',
  en: 'this manager reports to the person, directly or not; correct one of the two',
};
export const BEYOND_REACH: Reason = {
  'zh-CN': '此人不在您的管理范围内，请由相应管理员导入',
  en: 'this person is outside the area you administer; leave the row to whoever administers it',
};
export const BEYOND_REACH_AFTER: Reason = {
  'zh-CN': '这样会把此人放到您的管理范围之外，请改填范围内的部门或地点',
  en: 'this would put the person outside the area you administer; name a department or site within it',
};
export const RULES_NOT_ALLOWED: Reason = {
  'zh-CN': '指定考勤规则或标签需要规则管理权限；请删去这一列，或由规则管理员导入',
  en: 'naming a rule or tags needs the right to change rules; leave the column out, or ask whoever has it',
};
export const ERASED: Reason = {
  'zh-CN': '此工号属于已注销个人信息的人员，请使用新的工号',
  en: 'this number belongs to somebody whose personal data were erased; use another one',
};

export function repeated(line: number): Reason {
  return {
    'zh-CN': `工号与第 ${line} 行重复，请只保留一行`,
    en: `the same employee number stands in line ${line}; keep one of the two`,
  };
}
