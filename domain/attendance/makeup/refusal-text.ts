import type { MakeupRefusal } from '#domain/attendance/makeup/quota';

type Bilingual = { readonly 'zh-CN': string; readonly en: string };

const TEXTS: Readonly<Record<MakeupRefusal, Bilingual>> = {
  notAllowed: { 'zh-CN': '规则不允许补卡', en: 'the rule allows no make-ups' },
  reasonDisabled: {
    'zh-CN': '此类异常不允许补卡',
    en: 'the rule allows no make-up for this kind of exception',
  },
  future: { 'zh-CN': '不能为尚未到来的日期补卡', en: 'a make-up cannot be for a day to come' },
  dayLimit: { 'zh-CN': '已超过补卡期限', en: 'too many days have passed' },
  monthClosed: { 'zh-CN': '上月补卡已截止', en: 'make-ups of last month are closed' },
  quota: { 'zh-CN': '本月补卡次数已用完', en: 'the make-ups of the month are used up' },
};

/** Why a make-up is refused, for the person who asked. */
export function refusalText(refusal: MakeupRefusal): Bilingual {
  return TEXTS[refusal];
}
