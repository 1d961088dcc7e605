import { describe, expect, test } from 'vitest';
import { addressOf, routeOf } from '#console/app/route';

describe('routeOf', () => {
  test.each([
    ['#/today/2026-11-20', { page: 'today', date: '2026-11-20' }],
    ['#/people', { page: 'people' }],
    ['#/terminals', { page: 'terminals' }],
  ])('%j leads there and back', (hash, route) => {
    expect(routeOf(hash)).toEqual(route);
    expect(addressOf(routeOf(hash))).toBe(hash);
  });

  test.each(['', '#/today/2026-02-30', '#/today/tomorrow', '#/nowhere'])('%s is today', (hash) => {
    expect(routeOf(hash)).toEqual({ page: 'today' });
  });
});
