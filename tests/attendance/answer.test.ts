import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { attendanceAnswer } from '#contracts/attendance/answer-contract';
import { computeDocument } from '#contracts/attendance/compute-document';
import { documentJsonSchema } from '#contracts/attendance/document-contract';
import { adjustmentsOf } from '#domain/attendance/finality/adjustment';
import { documentOf } from '#tests/attendance/example-document';
import { answer, D, day, on } from '#tests/attendance/facts/fact-bench';
import { workedExamples } from '#tests/attendance/rule-page';

const NINE_TO_SIX = {
  sections: [{ on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] }],
};
const leave = (from: string, to: string): unknown => ({
  name: '年假',
  kind: 'leave',
  from: `${D}T${from}`,
  to: `${D}T${to}`,
});

const said = (document: Readonly<Record<string, unknown>>): readonly string[] =>
  day(document).explanation.map((line) => `${line.code}: ${line.en}`);
const person = (id: string, ...punches: readonly unknown[]): unknown => ({ id, punches });
const at = (time: string, more: object): unknown => ({ at: `${D}T${time}`, ...more });

describe('the answer', () => {
  test('keeps its own contract, in every worked example', () => {
    const errors = workedExamples().map((example) => {
      const computed = computeDocument(documentOf(example));
      return computed.ok ? attendanceAnswer.safeParse(computed.value).error : undefined;
    });
    expect(errors.filter((error) => error !== undefined)).toEqual([]);
  });

  test('is published as a JSON Schema beside the rules', () => {
    const file = new URL('../../docs/rules/attendance-document.schema.json', import.meta.url);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(
      JSON.parse(JSON.stringify(documentJsonSchema())),
    );
  });
});

describe('the explanation', () => {
  test('tells 小王’s day line by line, in both languages', () => {
    const it = day({
      rule: { ...NINE_TO_SIX, name: '总部' },
      punches: on(D, '08:55', '16:00'),
      approvals: [leave('16:00', '18:00')],
    });
    expect(it.explanation.map((line) => line.en)).toEqual([
      'workday by weekday, rule 总部',
      'Hours 09:00–18:00, standard 480 min',
      '08:55 counted as on duty of 09:00–18:00: normal',
      '16:00 counted as off duty of 09:00–18:00: early 120 min',
      'Leave 年假 (16:00–18:00) covers 120 min of working time and heals 120 min',
      'Calibrated off 18:00: normal',
      'There 425 min, rest 60 min, worked 365 min',
      'State: provisional',
      'Result: normal',
    ]);
    expect(it.explanation.map((line) => line['zh-CN'])).toEqual([
      '工作日（星期），规则 总部',
      '应出勤 09:00–18:00，标准 480 分钟',
      '08:55 计为 09:00–18:00 的上班打卡：正常',
      '16:00 计为 09:00–18:00 的下班打卡：早退 120 分钟',
      '请假 年假（16:00–18:00）覆盖工作时间 120 分钟，抵消 120 分钟',
      '校准后 下班 18:00：正常',
      '在岗 425 分钟，扣除休息 60 分钟，工时 365 分钟',
      '状态：暂定',
      '结果：正常',
    ]);
  });

  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['no rule', { rules: [] }, 'noJudgement: Not judged: no rule applies'],
    [
      'an unpublished year',
      { rule: NINE_TO_SIX, calendar: { publishedYears: [2025] } },
      'calendarUnpublished: Warning: the holidays of 2026 are not published, the weekday alone decides',
    ],
    [
      'a contested rule',
      {
        rules: [
          { ...NINE_TO_SIX, id: 'b' },
          { ...NINE_TO_SIX, id: 'a' },
        ],
      },
      'ruleContested: Warning: several rules claim this person equally, the latest is taken: a',
    ],
    [
      'an extra punch',
      { rule: NINE_TO_SIX, punches: on(D, '09:00', '12:00:30', '18:00') },
      'extra: 12:00:30 is recorded and fills no duty',
    ],
    [
      'a repeated punch',
      { rule: NINE_TO_SIX, punches: on(D, '09:00:00', '09:00:05') },
      'lapsed: 09:00:05 does not count: repeats another punch',
    ],
    [
      'a flagged punch',
      {
        rule: { ...NINE_TO_SIX, methods: { allowed: ['card'] } },
        punches: on(D, '09:00'),
      },
      'flagged: 09:00 counts, but: a method the rule does not know',
    ],
    [
      'a make-up',
      {
        rule: NINE_TO_SIX,
        punches: on(D, '09:00'),
        approvals: [{ id: 'm1', kind: 'makeup', date: D, duty: 'off', at: `${D}T18:00` }],
      },
      'made: Make-up m1: 18:00 as off',
    ],
    [
      'a moved day',
      { rule: { ...NINE_TO_SIX, flex: { lateMinutes: 60 } }, punches: on(D, '09:40', '18:40') },
      'shifted: Flexible hours: the day moves later by 40 min',
    ],
    [
      'a long evening',
      {
        rule: { ...NINE_TO_SIX, lateRule: [{ leftAfterMinutes: 60, laterMinutes: 30 }] },
        period: { from: '2026-03-03', to: '2026-03-03' },
        punches: [...on(D, '09:00', '20:00'), ...on('2026-03-03', '09:20', '18:00')],
      },
      'laterAllowed: After a late evening the day may begin 30 min later',
    ],
    ['nobody', { rule: NINE_TO_SIX }, 'nobody: No punch all day: absent 480 min'],
    [
      'what remains of an absence',
      { rule: NINE_TO_SIX, approvals: [leave('09:00', '12:00')] },
      'remainsAbsent: Calibrated: absent 300 min',
    ],
    [
      'a form in vain',
      { rule: NINE_TO_SIX, punches: on(D, '09:00', '18:00'), approvals: [leave('19:00', '20:00')] },
      'idle: Leave 年假 has no effect: there was nothing to change',
    ],
    [
      'a form by the day',
      { rule: NINE_TO_SIX, approvals: [{ kind: 'trip', from: D, to: D }] },
      `covers: Business trip trip-1 (${D}–${D}) covers 480 min of working time and heals 480 min`,
    ],
    [
      'a form that waits',
      { rule: NINE_TO_SIX, approvals: [{ kind: 'trip', state: 'pending', from: D, to: D }] },
      'idle: Business trip trip-1 has no effect: not approved yet',
    ],
    [
      'a smaller delay',
      {
        rule: NINE_TO_SIX,
        punches: on(D, '09:00', '16:00'),
        approvals: [leave('16:30', '18:00')],
      },
      'calibratedDelay: Calibrated off 18:00: early 30 min',
    ],
    [
      'a night',
      {
        rule: { sections: [{ on: '22:00', off: '30:00' }] },
        punches: on(D, '22:00', '06:05+1'),
      },
      'filled: 06:05+1 counted as off duty of 22:00–06:00+1: normal',
    ],
    [
      'an eve',
      { rule: { sections: [{ on: '00:30', off: '10:00' }] }, punches: on(D, '23:50+-1', '10:00') },
      'filled: 23:50-1 counted as on duty of 00:30–10:00: normal',
    ],
    [
      'overtime',
      {
        rule: NINE_TO_SIX,
        punches: on(D, '09:00', '20:00'),
        approvals: [{ kind: 'overtime', from: `${D}T18:00`, to: `${D}T21:00` }],
      },
      'overtimeShort: Overtime short of what was approved by 60 min',
    ],
    [
      'overtime that nobody approved',
      { rule: NINE_TO_SIX, punches: on(D, '09:00', '20:00') },
      'overtimeUncounted: 120 min of possible overtime not counted: not approved, or below the minimum',
    ],
    [
      'a maximum',
      {
        rule: { ...NINE_TO_SIX, overtime: { workday: { source: 'punches', maxMinutes: 60 } } },
        punches: on(D, '09:00', '20:00'),
      },
      'overtimeCapped: The overtime maximum cuts off 60 min',
    ],
    [
      'a short free day',
      {
        rule: { kind: 'free', free: { requiredMinutes: 60 } },
        punches: on(D, '09:00', '09:30:20'),
      },
      'shortage: Short of the required time by 29 min 40 s',
    ],
    [
      'a few seconds',
      { rule: { kind: 'free', free: { requiredMinutes: 1 } }, punches: on(D, '09:00', '09:00:50') },
      'shortage: Short of the required time by 10 s',
    ],
    [
      'a manager’s word',
      {
        rule: NINE_TO_SIX,
        overrides: [{ date: D, attendance: 'half', reason: 'sent home' }],
      },
      'overridden: Set by a manager to half day: sent home',
    ],
    [
      'a special day',
      { rule: NINE_TO_SIX, companyDays: [{ date: D, kind: 'restday', name: '厂庆' }] },
      'day: rest day by company date 厂庆, rule rule',
    ],
  ])('says of %s', (_what, document, line) => {
    expect(said(document)).toContain(line);
  });
});

describe('group punching', () => {
  const event = {
    id: 'drill',
    from: `${D}T09:50`,
    to: `${D}T11:00`,
    lateAfter: `${D}T10:05`,
    sites: ['yard'],
    methods: ['face', 'card'],
    roster: ['a', 'b', 'c', 'd', 'e'],
  };
  const yard = { id: 'yard', position: { latitude: 24, longitude: 72 }, radiusMeters: 200 };
  const near = { latitude: 24.001, longitude: 72 };
  const away = { latitude: 24.1, longitude: 72 };

  test('lists who came, who was late, who did not come, and who was not asked', () => {
    const { events, days } = answer({
      rule: NINE_TO_SIX,
      sites: [yard],
      events: [event],
      people: [
        person('a', at('09:55', { site: 'yard' })),
        person('b', at('10:10', { position: near })),
        person('c', at('10:00', { position: away })),
        person('d', at('10:00', { site: 'yard', method: 'pin' })),
        person('e', at('10:00', { position: away, event: 'drill' })),
        person('x', at('10:00', { site: 'yard' })),
        person('y', at('12:00', { site: 'yard' })),
        person('z', at('10:00', { site: 'yard', event: 'another' })),
      ],
    });
    expect(events[0]?.list.map(({ personId, status }) => `${personId} ${status}`)).toEqual([
      'a present',
      'b late',
      'c absent',
      'd absent',
      'e present',
      'x uninvited',
    ]);
    // They are ordinary punches as well.
    expect(days[0]?.duties[0]?.punchedAt).toBe(`${D}T09:55:00+08:00`);
  });

  test('may be anywhere, or around a point', () => {
    const people = [person('a', at('10:00', { position: near }))];
    const listed = (more: object): unknown => {
      const { sites: _, ...anywhere } = event;
      const one = { ...anywhere, roster: ['a'], lateAfter: undefined, ...more };
      return answer({ rule: NINE_TO_SIX, events: [one], people }).events[0]?.list[0]?.status;
    };
    expect(listed({})).toBe('present');
    expect(listed({ position: { latitude: 24, longitude: 72 }, radiusMeters: 200 })).toBe(
      'present',
    );
    expect(listed({ position: { latitude: 24, longitude: 72 }, radiusMeters: 100 })).toBe('absent');
    expect(listed({ methods: [] })).toBe('present');
  });
});

describe('a locked day', () => {
  test('E19 is answered by adjustment rows, not by an edit', () => {
    const locked = { workedSeconds: 0, 'absent.count': 1, 'absent.seconds': 28_800 };
    const now = { workedSeconds: 32_700 };
    expect(adjustmentsOf(20_514, locked, now)).toEqual([
      { date: 20_514, column: 'absent.count', locked: 1, now: 0, difference: -1 },
      { date: 20_514, column: 'absent.seconds', locked: 28_800, now: 0, difference: -28_800 },
      { date: 20_514, column: 'workedSeconds', locked: 0, now: 32_700, difference: 32_700 },
    ]);
    expect(adjustmentsOf(20_514, now, now)).toEqual([]);
  });
});
