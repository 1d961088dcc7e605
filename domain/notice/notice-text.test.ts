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
  test.each([
    [0, '09:00 上班，请记得打卡。', 'Work starts at 09:00. Please punch when you arrive.'],
    [
      2,
      '3月5日缺卡：上班 09:00、下班 18:05。可在 3月12日 18:00 前申请补卡。',
      '5 Mar lacks arrival 09:00, departure 18:05. You can ask for a make-up until 12 Mar 18:00.',
    ],
  ])('reads as a person would say it: %i', (index, chinese, english) => {
    const content = CONTENTS[index];
    if (content === undefined) throw new Error('no such content');
    expect(noticeText(content, 'zh-CN', 'names').body).toBe(chinese);
    expect(noticeText(content, 'en', 'names').body).toBe(english);
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
