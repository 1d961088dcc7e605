import { describe, expect, test } from 'vitest';
import { exceptionViewOf } from '#contracts/rest/v1/exception-view';
import {
  exceptionAct,
  exceptionBulk,
  exceptionCase,
  exceptionsQuery,
} from '#contracts/rest/v1/exceptions';
import { zoneClock } from '#domain/attendance/time/zone-clock';
import { caseStateOf } from '#domain/exceptions/case-state';
import { BULK_CASES_MAX } from '#domain/exceptions/handle-case';

describe('exceptions over the wire', () => {
  test('are asked for as they stand, open ones first', () => {
    expect(exceptionsQuery.parse({})).toEqual({ status: 'pending' });
    expect(exceptionsQuery.safeParse({ status: 'none' }).success).toBe(false);
  });

  test('are handled in batches that have an end', () => {
    const act = { kind: 'resolve', resolution: 'makeupAsked' };
    expect(exceptionBulk.parse({ keys: ['a'], act }).act).toEqual({ ...act, note: '' });
    const keys = Array.from({ length: BULK_CASES_MAX + 1 }, (_, index) => `k${index}`);
    expect(exceptionBulk.safeParse({ keys, act }).success).toBe(false);
    expect(exceptionAct.safeParse({ kind: 'reopen', reason: ' ' }).success).toBe(false);
  });
});

describe('a case over the wire', () => {
  const finding = {
    key: 'duty|wang|2026-03-02|0|on',
    kind: 'clock',
    detail: null,
    personId: 'wang',
    date: 20_514,
    terminalId: null,
    siteId: null,
    duty: { section: 0, kind: 'on' },
    punchId: 'log:7',
    seconds: 0,
    count: 1,
  } as const;
  const times = { foundAt: 1_772_413_200, changedAt: 1_772_413_260 };

  test('says how pressing it is and which decisions fit', () => {
    const state = caseStateOf([{ kind: 'found', at: times.foundAt, finding }]);
    const view = exceptionViewOf({ finding, state }, times, zoneClock('Asia/Shanghai'));
    expect(exceptionCase.parse(view)).toEqual(view);
    expect(view).toMatchObject({
      status: 'open',
      severity: 'medium',
      date: '2026-03-02',
      duty: { section: 1, kind: 'on' },
      fitting: ['explained', 'punchPlaced', 'confirmed', 'rejected'],
      foundAt: '2026-03-02T09:00:00+08:00',
    });
  });

  test('may be of no duty', () => {
    const bare = { ...finding, duty: null };
    const state = caseStateOf([{ kind: 'found', at: times.foundAt, finding: bare }]);
    const view = exceptionViewOf({ finding: bare, state }, times, zoneClock('UTC'));
    expect(view.duty).toBeNull();
  });
});
