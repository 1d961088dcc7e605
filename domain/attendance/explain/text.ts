import { assert } from '#domain/assert';
import type { Fact, FactCode, FactValue, Word } from '#domain/attendance/explain/fact';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { twoDigits } from '#domain/attendance/time/two-digits';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

export type Language = 'zh-CN' | 'en';

type Bilingual = Readonly<Record<Language, string>>;

const t = (zh: string, en: string): Bilingual => ({ 'zh-CN': zh, en });

const SENTENCES: Readonly<Record<FactCode, Bilingual>> = {
  noJudgement: t('不判定：{reason}', 'Not judged: {reason}'),
  day: t('{class}（{reason}{name}），规则 {rule}', '{class} by {reason}{name}, rule {rule}'),
  calendarUnpublished: t(
    '注意：{year} 年放假安排尚未公布，只能按星期判断',
    'Warning: the holidays of {year} are not published, the weekday alone decides',
  ),
  ruleContested: t(
    '注意：有多条规则同级命中，取生效最晚的 {rule}',
    'Warning: several rules claim this person equally, the latest is taken: {rule}',
  ),
  hours: t('应出勤 {from}–{to}，标准 {standard}', 'Hours {from}–{to}, standard {standard}'),
  lapsed: t('{at} 的打卡不计：{why}', '{at} does not count: {why}'),
  flagged: t('{at} 的打卡异常：{what}', '{at} counts, but: {what}'),
  extra: t('{at} 的打卡已记录，不对应任何应打卡时间', '{at} is recorded and fills no duty'),
  made: t('补卡 {form}：补 {at} {kind}', 'Make-up {form}: {at} as {kind}'),
  laterAllowed: t(
    '昨晚下班较晚，今天最晚可晚到 {length}',
    'After a late evening the day may begin {length} later',
  ),
  shifted: t(
    '弹性：今天整体{direction} {length}',
    'Flexible hours: the day moves {direction} {length}',
  ),
  filled: t(
    '{at} 计为 {from}–{to} 的{kind}打卡：{status}',
    '{at} counted as {kind} duty of {from}–{to}: {status}',
  ),
  delayed: t(
    '{at} 计为 {from}–{to} 的{kind}打卡：{status} {length}',
    '{at} counted as {kind} duty of {from}–{to}: {status} {length}',
  ),
  unfilled: t(
    '{from}–{to} 的{kind}打卡没有记录：{status}',
    'No punch for {kind} duty of {from}–{to}: {status}',
  ),
  nobody: t('全天没有打卡：旷工 {length}', 'No punch all day: absent {length}'),
  covers: t(
    '{kind} {form}（{from}–{to}）覆盖工作时间 {length}，抵消 {healed}',
    '{kind} {form} ({from}–{to}) covers {length} of working time and heals {healed}',
  ),
  allows: t(
    '{kind} {form}（{from}–{to}）计入 {length}',
    '{kind} {form} ({from}–{to}) counts for {length}',
  ),
  granted: t('{kind} {form} 已生效', '{kind} {form} is counted'),
  idle: t('{kind} {form} 未起作用：{why}', '{kind} {form} has no effect: {why}'),
  calibrated: t('校准后 {kind} {target}：{status}', 'Calibrated {kind} {target}: {status}'),
  calibratedDelay: t(
    '校准后 {kind} {target}：{status} {length}',
    'Calibrated {kind} {target}: {status} {length}',
  ),
  remainsAbsent: t('校准后旷工 {length}', 'Calibrated: absent {length}'),
  worked: t(
    '在岗 {presence}，扣除休息 {rest}，工时 {worked}',
    'There {presence}, rest {rest}, worked {worked}',
  ),
  shortage: t('比要求工时少 {length}', 'Short of the required time by {length}'),
  overtime: t(
    '{class}加班 {length}（计薪 {pay}，调休 {leave}）',
    'Overtime on a {class}: {length} (pay {pay}, time off {leave})',
  ),
  overtimeShort: t(
    '加班不足：比审批时长少 {length}',
    'Overtime short of what was approved by {length}',
  ),
  overtimeUncounted: t(
    '有 {length} 可能的加班未计入：没有审批或不足起算',
    '{length} of possible overtime not counted: not approved, or below the minimum',
  ),
  overtimeCapped: t('加班上限截去 {length}', 'The overtime maximum cuts off {length}'),
  overridden: t('主管改为{attendance}：{reason}', 'Set by a manager to {attendance}: {reason}'),
  state: t('状态：{state}', 'State: {state}'),
  result: t('结果：{outcome}', 'Result: {outcome}'),
};

const WORDS: Readonly<Record<Word, Bilingual>> = {
  on: t('上班', 'on'),
  off: t('下班', 'off'),
  normal: t('正常', 'normal'),
  late: t('迟到', 'late'),
  seriousLate: t('严重迟到', 'seriously late'),
  early: t('早退', 'early'),
  missing: t('缺卡', 'missing'),
  absent: t('旷工', 'absent'),
  pending: t('待定', 'pending'),
  irregular: t('打卡异常', 'irregular punch'),
  rest: t('休息', 'rest'),
  overtime: t('加班正常', 'overtime, normal'),
  overtimeShort: t('加班不足', 'overtime, short'),
  undecided: t('待定', 'undecided'),
  exempt: t('无需打卡', 'exempt'),
  noRule: t('没有适用的规则', 'no rule applies'),
  inactive: t('不在职', 'not employed'),
  workday: t('工作日', 'workday'),
  restday: t('休息日', 'rest day'),
  holiday: t('法定节假日', 'statutory holiday'),
  personal: t('个人特殊日期', 'personal date'),
  rule: t('规则特殊日期', 'rule date'),
  company: t('公司特殊日期', 'company date'),
  national: t('国家节假日安排', 'national calendar'),
  roster: t('排班', 'roster'),
  weekday: t('星期', 'weekday'),
  leave: t('请假', 'Leave'),
  trip: t('出差', 'Business trip'),
  outing: t('外出', 'Outing'),
  approvalPunch: t('审批打卡', 'Approval punch'),
  overtimeForm: t('加班审批', 'Overtime form'),
  makeup: t('补卡', 'Make-up'),
  untouched: t('当天没有可用之处', 'there was nothing to change'),
  pendingForm: t('审批中', 'not approved yet'),
  rejected: t('已驳回', 'rejected'),
  withdrawn: t('已撤销', 'withdrawn'),
  duplicate: t('重复打卡', 'repeats another punch'),
  voided: t('本人否认', 'withdrawn as "not me"'),
  timeUnknown: t('时间不可信，待管理员指定', 'its time is unknown until somebody places it'),
  refusedPlace: t('不在打卡范围内，规则不允许', 'out of range, which the rule refuses'),
  refusedMethod: t('打卡方式不被允许', 'a method the rule refuses'),
  fieldNotCounted: t('外出打卡不计入上下班', 'field punches do not fill duties here'),
  outside: t('地点异常', 'out of range'),
  method: t('打卡方式异常', 'a method the rule does not know'),
  clock: t('设备时间存疑', 'the clock of the terminal is in doubt'),
  impossibleTravel: t('两地间隔不可能到达', 'too far from the punch before it'),
  field: t('外勤', 'field duty'),
  open: t('进行中', 'open'),
  pendingSync: t('等待终端同步', 'waiting for terminals'),
  provisional: t('暂定', 'provisional'),
  final: t('已锁定', 'final'),
  present: t('出勤', 'present'),
  half: t('半天', 'half day'),
  later: t('后移', 'later by'),
  earlier: t('前移', 'earlier by'),
};

/** One sentence, in the zone's wall clock; instants of another date carry `+1` or `-1`. */
export function textOf(
  fact: Fact,
  language: Language,
  place: { readonly clock: ZoneClock; readonly date: DayNumber },
): string {
  return SENTENCES[fact.code][language].replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = fact.values[name];
    assert(value !== undefined, 'every placeholder of a sentence has its value');
    return valueText(value, language, place);
  });
}

export function wordOf(word: Word, language: Language): string {
  return WORDS[word][language];
}

/** `08:05`, `06:00+1`, `21:10:30`. */
function wallText(
  at: number,
  { clock, date }: { readonly clock: ZoneClock; readonly date: DayNumber },
): string {
  const wall = clock.wallOf(at);
  const seconds = wall.second % 60 === 0 ? '' : `:${twoDigits(wall.second % 60)}`;
  const days = wall.day - date;
  const other = days === 0 ? '' : days > 0 ? `+${days}` : String(days);
  return `${twoDigits(wall.second / 3600)}:${twoDigits((wall.second % 3600) / 60)}${seconds}${other}`;
}

/** Minutes, with seconds only where there are some. */
function lengthText(seconds: number, language: Language): string {
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  const [minuteWord, secondWord] = language === 'en' ? [' min', ' s'] : [' 分钟', ' 秒'];
  if (rest === 0) return `${minutes}${minuteWord}`;
  return minutes === 0 ? `${rest}${secondWord}` : `${minutes}${minuteWord} ${rest}${secondWord}`;
}

function valueText(
  value: FactValue,
  language: Language,
  place: { readonly clock: ZoneClock; readonly date: DayNumber },
): string {
  if ('at' in value) return wallText(value.at, place);
  if ('seconds' in value) return lengthText(value.seconds, language);
  if ('word' in value) return wordOf(value.word, language);
  return 'count' in value ? String(value.count) : value.text;
}
