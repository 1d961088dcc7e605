import { describe, expect, test } from 'vitest';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import { type CaseEvent, caseStateOf, NO_CASE } from '#domain/exceptions/case-state';
import { type CaseKind, kindName, rankOf, severityOf } from '#domain/exceptions/exception-kind';
import { type GroupBy, groupCases, inboxOf } from '#domain/exceptions/inbox';
import { lockWarningOf } from '#domain/exceptions/lock-warning';

const MONDAY = dayNumberOf('2026-03-02');

function story(key: string, kind: CaseKind, day: number, more: readonly CaseEvent[] = []) {
  const finding = {
    key,
    kind,
    detail: null,
    personId: key.startsWith('door') ? null : (key.split('|')[0] ?? null),
    date: MONDAY + day,
    terminalId: key.startsWith('door') ? 't-1' : null,
    siteId: null,
    duty: null,
    punchId: null,
    seconds: 0,
    count: 1,
  };
  return caseStateOf([{ kind: 'found', at: 1, finding }, ...more]);
}

const GIVEN: CaseEvent = { kind: 'assigned', at: 2, by: 'boss', to: 'hr' };
const resolved = (resolution: 'explained' | 'makeupAsked'): CaseEvent => {
  return { kind: 'resolved', at: 3, by: 'li', resolution, note: 'x' };
};

const CASES = inboxOf([
  story('wang|1', 'late', 0),
  story('wang|2', 'absent', 3),
  story('chen|1', 'missing', 1, [GIVEN]),
  story('chen|2', 'missing', 1),
  story('door|1', 'strangers', 2),
  NO_CASE,
]);

const keysOf = (by: GroupBy): readonly (readonly [string | null, string, number])[] =>
  groupCases(CASES, by).map(({ of, severity, cases }) => [of, severity, cases.length]);

describe('an inbox', () => {
  test.each([
    [
      'person',
      [
        ['wang', 'high', 2],
        ['chen', 'medium', 2],
        [null, 'low', 1],
      ],
    ],
    [
      'kind',
      [
        ['absent', 'high', 1],
        ['missing', 'medium', 2],
        ['late', 'low', 1],
        ['strangers', 'low', 1],
      ],
    ],
    [
      'date',
      [
        ['2026-03-05', 'high', 1],
        ['2026-03-03', 'medium', 2],
        ['2026-03-02', 'low', 1],
        ['2026-03-04', 'low', 1],
      ],
    ],
    [
      'terminal',
      [
        [null, 'high', 4],
        ['t-1', 'low', 1],
      ],
    ],
    [
      'assignee',
      [
        [null, 'high', 4],
        ['hr', 'medium', 1],
      ],
    ],
  ] as const)('by %s puts the most pressing first, then the oldest', (by, expected) => {
    expect(keysOf(by)).toEqual(expected);
  });

  test('inside a group too, and always in the same order', () => {
    const [wang] = groupCases(CASES, 'person');
    expect(wang?.cases.map(({ finding }) => finding.kind)).toEqual(['absent', 'late']);
    expect(wang?.oldest).toBe(MONDAY);
    expect(groupCases(CASES.toReversed(), 'kind')).toEqual(groupCases(CASES, 'kind'));
  });

  test('has a name and a place for every kind', () => {
    expect([kindName('notMe')['zh-CN'], severityOf('notMe')]).toEqual(['“不是我”', 'high']);
    expect(rankOf('absent')).toBeGreaterThan(rankOf('late'));
  });
});

describe('locking a period', () => {
  test('with nothing open warns of nothing', () => {
    const done = inboxOf([story('wang|1', 'late', 0, [resolved('explained')])]);
    expect(lockWarningOf(done, MONDAY + 9)).toBeNull();
    expect(lockWarningOf(CASES, MONDAY - 1)).toBeNull();
  });

  test('warns of what nobody decided about, and of make-ups that have not come', () => {
    const waiting = inboxOf([story('zhao|1', 'missing', 0, [resolved('makeupAsked')])]);
    const warning = lockWarningOf([...CASES, ...waiting], MONDAY + 2);
    expect(warning).toMatchObject({
      open: 4,
      awaited: 1,
      oldest: MONDAY,
      byKind: [
        { kind: 'missing', count: 3 },
        { kind: 'late', count: 1 },
        { kind: 'strangers', count: 1 },
      ],
    });
    expect(warning?.text.en).toContain('missing punch 3, late 1, strangers 1');
    expect(warning?.text['zh-CN']).toContain('最早一条是 2026-03-02');
  });
});
