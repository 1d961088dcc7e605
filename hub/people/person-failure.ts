import type { Refusal } from '#contracts/attendance/refusal';
import { failed, type Result } from '#domain/result';

/** Why nothing was changed, and what to do about it. */
export interface PersonFailure {
  readonly kind: 'absent' | 'stale' | 'invalid' | 'conflict' | 'not-allowed';
  /** What is at fault; of what is absent or stale there is no more to say. */
  readonly refusals?: readonly Refusal[];
}

export function refused(
  kind: Exclude<PersonFailure['kind'], 'absent'>,
  ...refusals: readonly Refusal[]
): Result<never, PersonFailure> {
  return failed({ kind, refusals });
}

export const EMPLOYEE_NO_TAKEN: Refusal = {
  path: 'employeeNo',
  'zh-CN': '此工号已被使用',
  en: 'someone else has this employee number',
};

export const NO_DEPARTMENT: Refusal = {
  path: 'departmentId',
  'zh-CN': '没有此部门，可能已被删除，请重新选择',
  en: 'there is no such department; it may have been removed, choose again',
};

export const NO_SITE: Refusal = {
  path: 'siteIds',
  'zh-CN': '没有此地点，或地点已关闭，请重新选择',
  en: 'there is no such site, or it was closed; choose again',
};

export const NO_RULE: Refusal = {
  path: 'rule',
  'zh-CN': '没有此考勤规则，请选择已发布的规则',
  en: 'there is no such rule; choose one that is published',
};

export const NO_MANAGER: Refusal = {
  path: 'managerId',
  'zh-CN': '没有此人，或已离职，请另选直属上级',
  en: 'there is no such person, or they have left; choose another manager',
};

export const OWN_MANAGER: Refusal = {
  path: 'managerId',
  'zh-CN': '不能把本人设为自己的直属上级',
  en: 'nobody is their own manager',
};

export const CIRCLE_OF_MANAGERS: Refusal = {
  path: 'managerId',
  'zh-CN': '此人在汇报关系上位于其下级，请先调整上下级关系',
  en: 'this manager reports to the person, directly or not; change that first',
};

export const ENDS_BEFORE_IT_BEGINS: Refusal = {
  path: 'employedTo',
  'zh-CN': '离职日期不能早于入职日期',
  en: 'the last day cannot lie before the first',
};

export const OVERLAPS_EARLIER: Refusal = {
  path: 'employedFrom',
  'zh-CN': '入职日期必须晚于上一段任职的最后一天',
  en: 'the first day has to lie behind the last day of the employment before',
};

export const STILL_EMPLOYED: Refusal = {
  path: 'from',
  'zh-CN': '此人尚未离职；请先填写最后工作日',
  en: 'this person has not left; enter a last day first',
};

export const ERASED: Refusal = {
  path: '',
  'zh-CN': '此人的个人信息已注销，不能再修改；如再次入职请新建人员',
  en: 'the personal data of this person were erased and cannot be changed; add them anew if they come back',
};

export const NOT_LEFT: Refusal = {
  path: '',
  'zh-CN': '在职人员的个人信息不能注销；请先填写最后工作日，待离职后再操作',
  en: 'the personal data of somebody employed are not erased; enter a last day and wait until they have left',
};

export const HAS_HISTORY: Refusal = {
  path: '',
  'zh-CN': '此人已有考勤、授权或审批记录，不能删除；请改为填写最后工作日，离职后可注销个人信息',
  en: 'there are punches, consents or forms of this person, so they cannot be removed; enter a last day instead, and erase the personal data afterwards',
};

export const BEYOND_REACH: Refusal = {
  path: 'departmentId',
  'zh-CN': '这样会把此人移出您的管理范围，请由上级管理员操作',
  en: 'this would take the person out of the area you administer; ask an administrator of the wider area',
};

export const RULES_NOT_ALLOWED: Refusal = {
  path: 'rule',
  'zh-CN': '指定考勤规则或标签需要规则管理权限，请由规则管理员操作',
  en: 'naming a rule or tags needs the right to change rules; ask whoever has it',
};
