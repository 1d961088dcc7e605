import { describe, expect, test } from 'vitest';
import { exceptionAct, exceptionBulk, exceptionsQuery } from '#contracts/rest/v1/exceptions';
import { BULK_CASES_MAX } from '#domain/exceptions/handle-case';

describe('exceptions over the wire', () => {
  test('are asked for as they stand, open ones first', () => {
    expect(exceptionsQuery.parse({})).toEqual({ status: 'pending', limit: 100 });
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
