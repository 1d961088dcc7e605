import type { ConductFault } from '#domain/authority/conduct';
import type { DelegationFault } from '#domain/authority/delegation';
import type { Refusal } from '#domain/authority/route';

type Bilingual = { readonly 'zh-CN': string; readonly en: string };
/** Everything an actor can be refused for, one word each. */
export type AuthorityFault = Refusal | ConductFault | DelegationFault['reason'];

const TEXTS: Readonly<Record<AuthorityFault, Bilingual>> = {
  'sign-in-needed': { 'zh-CN': '请先登录', en: 'Please sign in' },
  'not-allowed': {
    'zh-CN': '您没有此项权限，如有需要请联系超级管理员',
    en: 'You may not do this; ask a super administrator if you need to',
  },
  'own-punch': {
    'zh-CN': '不能修改自己的打卡记录，请提交补卡申请或由其他管理员处理',
    en: 'Nobody edits their own punches; file a make-up request or ask another administrator',
  },
  'own-request': {
    'zh-CN': '不能审批自己的申请，请转交其他审批人',
    en: 'Nobody decides their own request; hand it to another approver',
  },
  'own-exception': {
    'zh-CN': '不能处理自己的异常，请由其他管理员处理',
    en: 'Nobody resolves their own exception; ask another administrator',
  },
  'own-result': {
    'zh-CN': '不能调整自己的考勤结果，请由其他管理员处理',
    en: 'Nobody adjusts their own result; ask another administrator',
  },
  'super-only': {
    'zh-CN': '只有超级管理员才能设置或变更超级管理员',
    en: 'Only a super administrator may appoint or change one',
  },
  'last-super': {
    'zh-CN': '这是最后一位超级管理员，请先指定另一位再操作',
    en: 'This is the last super administrator; appoint another one first',
  },
  'lowers-self': {
    'zh-CN': '此操作会降低您自己的权限，请确认后再提交',
    en: 'This takes rights away from yourself; confirm it if you mean to',
  },
  'beyond-own': {
    'zh-CN': '所涉权限超出您自己的管理范围，请缩小范围或由上级管理员操作',
    en: 'This goes beyond your own rights; narrow it or ask an administrator who holds them',
  },
  'reaches-nobody': {
    'zh-CN': '没有选择任何部门或地点，请至少选择一个',
    en: 'No department or site is chosen; choose at least one',
  },
  'places-have-no-department': {
    'zh-CN': '设备管理按地点授权，请改为选择地点',
    en: 'The fleet is granted by site; choose sites instead of departments',
  },
};

/** Why an act is refused and what to do about it, for the person who tried. */
export function authorityText(fault: AuthorityFault): Bilingual {
  return TEXTS[fault];
}
