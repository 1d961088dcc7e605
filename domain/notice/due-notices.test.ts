/**
 * Goal: everybody is told once, in time and outside their quiet time.
 * Method: one table per kind for when it falls due. Properties are in the file beside it.
 */
import { describe, expect, test } from 'vitest';
import { dueNotices } from '#domain/notice/due-notices';
import type { NoticeFacts } from '#domain/notice/notice-facts';
import { NOTICE_TIMING } from '#domain/notice/notice-timing';
import type { Receiver } from '#domain/notice/receiver';
import {
  at,
  duty,
  FORM,
  LEAVING,
  missing,
  NOTHING,
  receiver,
  TROUBLE,
} from '#tests/fixtures/notices';

function dueAt(
  wall: string,
  facts: Partial<NoticeFacts>,
  change: { readonly receivers?: readonly Receiver[]; readonly sent?: readonly string[] } = {},
) {
  return dueNotices(
    { ...NOTHING, ...facts },
    {
      now: at(wall),
      receivers: change.receivers ?? [receiver()],
      timing: NOTICE_TIMING,
      sent: new Set(change.sent),
    },
  );
}

function kindsAt(wall: string, facts: Partial<NoticeFacts>): readonly string[] {
  return dueAt(wall, facts).map(({ content }) => content.kind);
}

describe('duty reminders', () => {
  test.each([
    ['2026-01-05T08:49', [], 'not before the rule says'],
    ['2026-01-05T08:50', ['duty-start'], 'ten minutes before'],
    ['2026-01-05T09:04', ['duty-start'], 'still of use in the lift'],
    ['2026-01-05T09:05', [], 'worthless by now'],
  ])('arriving, %s: %j, %s', (wall, kinds) => {
    expect(kindsAt(wall, { duties: [duty()] })).toEqual(kinds);
  });

  test.each([
    ['2026-01-05T18:19', [], 'not before the rule says'],
    ['2026-01-05T18:20', ['duty-end'], 'twenty minutes after'],
    ['2026-01-06T03:59', ['duty-end'], 'a punch would still count'],
    ['2026-01-06T04:00', [], 'it would not any more'],
  ])('leaving, %s: %j, %s', (wall, kinds) => {
    expect(kindsAt(wall, { duties: [LEAVING] })).toEqual(kinds);
  });

  test('nobody is reminded who has punched, is excused, or whose rule does not remind', () => {
    const duties = [
      duty({ state: 'punched' }),
      duty({ state: 'excused' }),
      duty({ remindMinutes: null }),
    ];
    expect(dueAt('2026-01-05T08:55', { duties })).toEqual([]);
  });

  test('a reminder of 0 minutes comes when work begins', () => {
    const facts = { duties: [duty({ remindMinutes: 0 })] };
    expect(kindsAt('2026-01-05T08:59', facts)).toEqual([]);
    expect(kindsAt('2026-01-05T09:00', facts)).toEqual(['duty-start']);
  });

  test('hours that move after the reminder do not remind again', () => {
    const [first] = dueAt('2026-01-05T08:55', { duties: [duty()] });
    const moved = [duty({ dueAt: at('2026-01-05T09:30') })];
    expect(dueAt('2026-01-05T09:25', { duties: moved }, { sent: [first?.key ?? ''] })).toEqual([]);
  });
});

describe('a missing punch', () => {
  test.each([
    ['2026-01-06T08:59', [], 'sleep on it'],
    ['2026-01-06T09:00', ['punch-missing'], 'the next morning'],
    ['2026-01-09T08:59', ['punch-missing'], 'three days later at most'],
    ['2026-01-09T09:00', [], 'old news'],
    ['2026-01-11T18:00', ['makeup-deadline'], 'a day before it can no longer be mended'],
    ['2026-01-12T18:00', [], 'too late'],
  ])('%s: %j, %s', (wall, kinds) => {
    expect(kindsAt(wall, { missingPunches: [missing()] })).toEqual(kinds);
  });

  test('a form handed in is enough, and a day without a gap is none', () => {
    const missingPunches = [missing({ form: 'handed-in' }), missing({ missing: [] })];
    expect(dueAt('2026-01-06T10:00', { missingPunches })).toEqual([]);
  });

  test('without make-ups there is the morning and no deadline', () => {
    const missingPunches = [missing({ makeupUntil: null })];
    const [notice, ...others] = dueAt('2026-01-06T10:00', { missingPunches });
    expect(notice?.content).toMatchObject({ kind: 'punch-missing', deadline: null });
    expect(others).toEqual([]);
  });

  test('a deadline near the morning is named there and not announced again', () => {
    const missingPunches = [missing({ makeupUntil: at('2026-01-06T18:00') })];
    const [notice, ...others] = dueAt('2026-01-06T10:00', { missingPunches });
    expect(notice?.content.kind).toBe('punch-missing');
    expect(notice?.notAfter).toEqual(at('2026-01-06T18:00'));
    expect(others).toEqual([]);
  });
});

describe('a form that waits', () => {
  test.each([
    ['2026-01-05T10:00', [0], 'at once'],
    ['2026-01-06T09:59', [0], 'the same occasion all day'],
    ['2026-01-06T10:00', [24], 'again after a day'],
    ['2026-01-08T10:00', [72], 'a third time'],
    ['2026-01-09T10:00', [], 'then no more'],
    ['2026-01-05T09:00', [], 'not before it was handed in'],
  ])('%s: %j, %s', (wall, hours) => {
    const contents = dueAt(wall, { waitingForms: [FORM] }).map(({ content }) => content);
    expect(contents).toEqual(
      hours.map((waitingHours) => expect.objectContaining({ waitingHours })),
    );
  });

  test('the next approver is told although the first one was', () => {
    const [first] = dueAt('2026-01-05T10:00', { waitingForms: [FORM] });
    const next = { ...FORM, step: 2, since: at('2026-01-05T11:00') };
    const sent = [first?.key ?? ''];
    expect(dueAt('2026-01-05T11:00', { waitingForms: [next] }, { sent })).toHaveLength(1);
  });

  test('whoever is named twice is told once', () => {
    const twice = { ...FORM, approverIds: ['wang', 'wang'] };
    expect(dueAt('2026-01-05T10:00', { waitingForms: [twice] })).toHaveLength(1);
  });
});

describe('the digest of exceptions', () => {
  const openExceptions = (['late', 'missing', 'late'] as const).map((kind) => ({
    kind,
    managerIds: ['wang'],
  }));

  test.each([
    ['2026-01-05T09:29', 0],
    ['2026-01-05T09:30', 1],
    ['2026-01-05T23:59', 1],
  ])('%s: %i', (wall, count) => {
    expect(dueAt(wall, { openExceptions })).toHaveLength(count);
  });

  test('counts by kind, in one order, and is anew every day', () => {
    const [monday] = dueAt('2026-01-05T10:00', { openExceptions });
    expect(monday?.content).toEqual({
      kind: 'exceptions-open',
      counts: [
        { kind: 'missing', count: 1 },
        { kind: 'late', count: 2 },
      ],
    });
    const sent = [monday?.key ?? ''];
    expect(dueAt('2026-01-05T11:00', { openExceptions }, { sent })).toEqual([]);
    expect(dueAt('2026-01-06T11:00', { openExceptions }, { sent })).toHaveLength(1);
  });
});

describe('terminals and webhooks', () => {
  test('a short absence is nobody’s business, a lasting one is told once', () => {
    const facts = { terminalTroubles: [TROUBLE] };
    expect(dueAt('2026-01-05T10:09', facts)).toEqual([]);
    const [notice] = dueAt('2026-01-05T10:10', facts);
    expect(notice?.content).toMatchObject({ terminal: '北门', trouble: 'offline' });
    expect(dueAt('2026-01-06T10:10', facts, { sent: [notice?.key ?? ''] })).toEqual([]);
  });

  test('the next outage of the same terminal is told again', () => {
    const [first] = dueAt('2026-01-05T10:10', { terminalTroubles: [TROUBLE] });
    const again = { ...TROUBLE, since: at('2026-01-05T15:00') };
    const sent = [first?.key ?? ''];
    expect(dueAt('2026-01-05T15:10', { terminalTroubles: [again] }, { sent })).toHaveLength(1);
  });

  test('a webhook that was switched off is told to those who watch it', () => {
    const webhook = { endpointId: 'w1', host: 'oa.example', disabledAt: at('2026-01-05T10:00') };
    const own = { disabledWebhooks: [{ ...webhook, watcherIds: ['wang'] }] };
    expect(kindsAt('2026-01-05T10:00', own)).toEqual(['webhook-disabled']);
    const others = { disabledWebhooks: [{ ...webhook, watcherIds: ['li'] }] };
    expect(kindsAt('2026-01-05T10:00', others)).toEqual([]);
  });
});

describe('what somebody wants', () => {
  test('a kind nobody asked for is not sent', () => {
    const receivers = [receiver({ wants: {} })];
    expect(dueAt('2026-01-05T08:55', { duties: [duty()] }, { receivers })).toEqual([]);
  });

  test('a group never hears of one person’s day, whatever it asks for', () => {
    const receivers = [receiver({ audience: 'group' })];
    const facts = { duties: [duty()], missingPunches: [missing()], terminalTroubles: [TROUBLE] };
    expect(dueAt('2026-01-05T08:55', facts, { receivers })).toEqual([]);
    const later = dueAt('2026-01-06T10:10', facts, { receivers });
    expect(later.map(({ content }) => content.kind)).toEqual(['terminal-unhealthy']);
  });

  test('quiet time postpones what is still of use, and drops what is not', () => {
    const hours = { from: Temporal.PlainTime.from('22:00'), to: Temporal.PlainTime.from('07:00') };
    const receivers = [receiver({ quiet: { ...receiver().quiet, hours } })];
    const since = at('2026-01-05T23:00');
    const facts = {
      terminalTroubles: [{ ...TROUBLE, since }],
      duties: [duty({ dueAt: at('2026-01-06T06:00') })],
    };
    for (const wall of ['2026-01-05T23:30', '2026-01-06T05:55', '2026-01-06T06:59'])
      expect(dueAt(wall, facts, { receivers })).toEqual([]);
    const [notice, ...others] = dueAt('2026-01-06T07:00', facts, { receivers });
    expect(notice?.content.kind).toBe('terminal-unhealthy');
    expect(notice?.notAfter).toEqual(at('2026-01-06T22:00'));
    expect(others).toEqual([]);
  });
});
