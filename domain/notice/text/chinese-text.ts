import type { FormKind } from '#domain/approvals/template/template';
import { kindName } from '#domain/exceptions/exception-kind';
import type {
  DutyMoment,
  NoticeContent,
  NoticeText,
  TerminalTrouble,
} from '#domain/notice/notice-content';
import type { NoticeDetail } from '#domain/notice/notice-kind';
import { clockTime } from '#domain/notice/text/wall-clock';

const FORMS: Readonly<Record<FormKind, string>> = {
  leave: '请假',
  trip: '出差',
  outing: '外出',
  overtime: '加班',
  makeup: '补卡',
};

const TROUBLES: Readonly<Record<TerminalTrouble, readonly [what: string, advice: string]>> = {
  offline: ['已离线', '请检查电源和网络。离线期间打卡保存在终端，恢复后自动上传。'],
  camera: ['摄像头不可用', '请检查摄像头连接。员工仍可使用 PIN 打卡。'],
  disk: ['存储空间不足', '请尽快清理磁盘，以免影响打卡。'],
  clock: ['时间不准', '请检查终端的时间同步，这段时间的打卡会标为存疑。'],
};

/** Worded as a colleague would say it, never translated from the English. */
export function chineseText(content: NoticeContent, detail: NoticeDetail): NoticeText {
  switch (content.kind) {
    case 'duty-start':
      return { title: '上班打卡提醒', body: `${clockTime(content.at)} 上班，请记得打卡。` };
    case 'duty-end':
      return {
        title: '下班打卡提醒',
        body: `${clockTime(content.at)} 已下班，您还没有打下班卡。离开时请打卡。`,
      };
    case 'punch-missing':
      return missingText(content);
    case 'makeup-deadline':
      return {
        title: '补卡即将截止',
        body: `${day(content.date)}缺卡：${moments(content.missing)}。请在 ${moment(content.deadline)} 前提交补卡申请。`,
      };
    case 'approval-waiting':
      return waitingText(content, detail);
    case 'exceptions-open':
      return exceptionsText(content);
    case 'terminal-unhealthy':
      return terminalText(content);
    case 'webhook-disabled':
      return {
        title: '事件推送已停用',
        body: `发往 ${content.host} 的事件连续多日未能送达，已停止推送。请检查对方服务，再到管理后台重新启用；停用期间的事件可以补发。`,
      };
  }
}

type Of<K extends NoticeContent['kind']> = Extract<NoticeContent, { readonly kind: K }>;

function missingText({ date, missing, deadline }: Of<'punch-missing'>): NoticeText {
  const advice =
    deadline === null ? '如有疑问，请联系主管。' : `可在 ${moment(deadline)} 前申请补卡。`;
  return { title: '缺卡提醒', body: `${day(date)}缺卡：${moments(missing)}。${advice}` };
}

function waitingText(content: Of<'approval-waiting'>, detail: NoticeDetail): NoticeText {
  const { form, requester, waitingHours } = content;
  const whose = detail === 'names' ? `${requester}的${FORMS[form]}申请` : `一份${FORMS[form]}申请`;
  const wait = waitingHours === 0 ? '' : `，已等待 ${waitingHours} 小时`;
  return { title: '待您审批', body: `${whose}等待您审批${wait}。` };
}

function exceptionsText({ counts }: Of<'exceptions-open'>): NoticeText {
  const total = counts.reduce((sum, { count }) => sum + count, 0);
  const list = counts.map(({ kind, count }) => `${kindName(kind)['zh-CN']} ${count}`).join('、');
  return { title: `${total} 条考勤异常待处理`, body: `${list}。请到管理后台处理。` };
}

function terminalText({ terminal, trouble, since }: Of<'terminal-unhealthy'>): NoticeText {
  const [what, advice] = TROUBLES[trouble];
  return { title: `终端${what}`, body: `「${terminal}」自 ${moment(since)} 起${what}。${advice}` };
}

function moments(missing: readonly DutyMoment[]): string {
  return missing
    .map(({ side, at }) => `${side === 'on' ? '上班' : '下班'} ${clockTime(at)}`)
    .join('、');
}

function day(date: Temporal.PlainDate): string {
  return `${date.month}月${date.day}日`;
}

function moment(at: Temporal.PlainDateTime): string {
  return `${day(at.toPlainDate())} ${clockTime(at.toPlainTime())}`;
}
