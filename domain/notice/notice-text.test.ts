import { describe, expect, test } from 'vitest';
import { formKind } from '#contracts/rest/v1/approval-template';
import { caseKind } from '#contracts/rest/v1/exceptions';
import { type NoticeContent, TERMINAL_TROUBLES } from '#domain/notice/notice-content';
import { detailOf } from '#domain/notice/notice-kind';
import { noticeText } from '#domain/notice/notice-text';

const at = Temporal.PlainTime.from('09:00');
const date = Temporal.PlainDate.from('2026-03-05');
const deadline = Temporal.PlainDateTime.from('2026-03-12T18:00');
const missing = [
  { side: 'on', at },
  { side: 'off', at: Temporal.PlainTime.from('18:05') },
] as const;

const WAITING: NoticeContent = {
  kind: 'approval-waiting',
  form: 'leave',
  requester: '王小明',
  waitingHours: 0,
};

const CONTENTS: readonly NoticeContent[] = [
  { kind: 'duty-start', at },
  { kind: 'duty-end', at },
  { kind: 'punch-missing', date, missing, deadline },
  { kind: 'punch-missing', date, missing, deadline: null },
  { kind: 'makeup-deadline', date, missing, deadline },
  ...formKind.options.map((form) => ({ ...WAITING, form })),
  { ...WAITING, waitingHours: 48 },
  { kind: 'exceptions-open', counts: caseKind.options.map((kind) => ({ kind, count: 2 })) },
  ...TERMINAL_TROUBLES.map(
    (trouble) =>
      ({ kind: 'terminal-unhealthy', terminal: '北门', trouble, since: deadline }) as const,
  ),
  { kind: 'webhook-disabled', host: 'oa.example' },
];

describe('the text of a notice', () => {
  test('reads as a person would say it', () => {
    const said = CONTENTS.flatMap((content) =>
      (['zh-CN', 'en'] as const).map((language) => {
        const { title, body } = noticeText(content, language, 'names');
        return `${title} | ${body}`;
      }),
    );
    expect(`\n${said.join('\n')}\n`).toMatchInlineSnapshot(`
      "
      上班打卡提醒 | 09:00 上班，请记得打卡。
      Remember to punch in | Work starts at 09:00. Please punch when you arrive.
      下班打卡提醒 | 09:00 已下班，您还没有打下班卡。离开时请打卡。
      Remember to punch out | Work ended at 09:00 and you have not punched out. Please punch when you leave.
      缺卡提醒 | 3月5日缺卡：上班 09:00、下班 18:05。可在 3月12日 18:00 前申请补卡。
      A punch is missing | 5 Mar lacks arrival 09:00, departure 18:05. You can ask for a make-up until 12 Mar 18:00.
      缺卡提醒 | 3月5日缺卡：上班 09:00、下班 18:05。如有疑问，请联系主管。
      A punch is missing | 5 Mar lacks arrival 09:00, departure 18:05. Ask your manager if that is not right.
      补卡即将截止 | 3月5日缺卡：上班 09:00、下班 18:05。请在 3月12日 18:00 前提交补卡申请。
      Last chance for a make-up | 5 Mar lacks arrival 09:00, departure 18:05. Hand in a make-up request before 12 Mar 18:00.
      待您审批 | 王小明的请假申请等待您审批。
      Waiting for your decision | The leave request of 王小明 waits for your decision.
      待您审批 | 王小明的出差申请等待您审批。
      Waiting for your decision | The business trip request of 王小明 waits for your decision.
      待您审批 | 王小明的外出申请等待您审批。
      Waiting for your decision | The outing request of 王小明 waits for your decision.
      待您审批 | 王小明的加班申请等待您审批。
      Waiting for your decision | The overtime request of 王小明 waits for your decision.
      待您审批 | 王小明的补卡申请等待您审批。
      Waiting for your decision | The make-up request of 王小明 waits for your decision.
      待您审批 | 王小明的请假申请等待您审批，已等待 48 小时。
      Waiting for your decision | The leave request of 王小明 has waited 48 hours for your decision.
      28 条考勤异常待处理 | 迟到 2、严重迟到 2、早退 2、缺卡 2、旷工 2、地点异常 2、打卡方式异常 2、时间存疑 2、两地打卡 2、“不是我” 2、识别分数偏低 2、未知人员 2、陌生面孔 2、无法处理的记录 2。请到管理后台处理。
      Open exceptions: 28 | Waiting for you: late 2, seriously late 2, early 2, missing punch 2, absent 2, outside 2, method not allowed 2, doubtful clock 2, two places at once 2, "not me" 2, low score 2, unknown person 2, strangers 2, unreadable entry 2. Settle them in the console.
      终端已离线 | 「北门」自 3月12日 18:00 起已离线。请检查电源和网络。离线期间打卡保存在终端，恢复后自动上传。
      A terminal is offline | Terminal “北门” has been offline since 12 Mar 18:00. Check its power and network. Punches are kept on the terminal and arrive when it is back.
      终端摄像头不可用 | 「北门」自 3月12日 18:00 起摄像头不可用。请检查摄像头连接。员工仍可使用 PIN 打卡。
      A terminal has no camera | Terminal “北门” has had no camera since 12 Mar 18:00. Check the camera cable. People can still punch with their PIN.
      终端存储空间不足 | 「北门」自 3月12日 18:00 起存储空间不足。请尽快清理磁盘，以免影响打卡。
      A terminal is running out of space | Terminal “北门” has been short of space since 12 Mar 18:00. Free some space soon, before punching is affected.
      终端时间不准 | 「北门」自 3月12日 18:00 起时间不准。请检查终端的时间同步，这段时间的打卡会标为存疑。
      A terminal has a wrong clock | Terminal “北门” has had a wrong clock since 12 Mar 18:00. Check its time service; punches made meanwhile are marked doubtful.
      事件推送已停用 | 发往 oa.example 的事件连续多日未能送达，已停止推送。请检查对方服务，再到管理后台重新启用；停用期间的事件可以补发。
      Event delivery was stopped | Events for oa.example could not be delivered for days, so delivery was stopped. Check that service, then switch it on again in the console; what it missed can be replayed.
      "
    `);
  });

  test('without names says as much as a stranger may read', () => {
    const said = (['zh-CN', 'en'] as const).map(
      (language) => noticeText(WAITING, language, 'counts').body,
    );
    expect(said).toEqual([
      '一份请假申请等待您审批。',
      'One leave request waits for your decision.',
    ]);
  });

  test('is there for every kind in both languages, short, on one line, with nothing left open', () => {
    for (const content of CONTENTS) {
      for (const language of ['zh-CN', 'en'] as const) {
        const { title, body } = noticeText(content, language, 'names');
        expect(title.length).toBeLessThan(60);
        expect(body.length).toBeLessThan(340);
        expect(`${title}${body}`).not.toMatch(/undefined|null|NaN|\n|\[object/);
      }
      expect(noticeText(content, 'zh-CN', 'names').title).toMatch(/\p{Script=Han}/u);
      expect(noticeText(content, 'en', 'counts').title).toMatch(/^[\p{Script=Latin}\d\s:-]+$/u);
    }
  });

  test('says how long a form has waited once it has', () => {
    const content: NoticeContent = { ...WAITING, waitingHours: 48 };
    expect(noticeText(content, 'zh-CN', 'names').body).toContain('已等待 48 小时');
    expect(noticeText(content, 'en', 'names').body).toContain('48 hours');
    expect(noticeText(WAITING, 'en', 'names').body).not.toContain('hours');
  });

  test('names another person in a mailbox only', () => {
    for (const language of ['zh-CN', 'en'] as const) {
      expect(noticeText(WAITING, language, detailOf('mail')).body).toContain('王小明');
      for (const channel of ['push', 'bot'] as const) {
        expect(detailOf(channel)).toBe('counts');
        expect(noticeText(WAITING, language, detailOf(channel)).body).not.toContain('王小明');
      }
    }
  });
});
