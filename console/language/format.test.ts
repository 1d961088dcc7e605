import { describe, expect, test } from 'vitest';
import { agoOf, dateOf, dayOf, spanOf, timeOf } from '#console/language/format';

const at = '2026-11-22T16:30:05Z';

describe('times of the console', () => {
  test('are shown in the zone of the site, whatever the zone of the reader', () => {
    expect(timeOf(at, 'Asia/Shanghai')).toBe('00:30:05');
    expect(timeOf(at, 'America/St_Johns')).toBe('13:00:05');
    expect(dateOf(at, 'Asia/Shanghai').toString()).toBe('2026-11-23');
  });

  test('a day is named as people name it', () => {
    const today = Temporal.PlainDate.from('2026-11-23');
    expect(dayOf(today, today, 'zh-CN')).toBe('11月23日 星期一');
    expect(dayOf(today, today, 'en')).toBe('Monday, 23 November');
    expect(dayOf(today.subtract({ years: 1 }), today, 'zh-CN')).toContain('2025年');
  });

  test.each([
    ['2026-11-22T16:29:45Z', '20 sec. ago', 'seconds count while it is fresh'],
    ['2026-11-22T15:30:05Z', '1 hr. ago', 'the largest unit that is not zero'],
    ['2026-11-20T16:30:05Z', '2 days ago', ''],
    ['2026-11-22T16:31:05Z', 'now', 'a clock ahead of ours makes no future'],
  ])('%s was %s', (instant, words) => {
    expect(agoOf(instant, Temporal.Instant.from(at), 'en')).toBe(words);
  });

  test.each([
    [12, '12 ms'],
    [-2400, '-2.4 s'],
    [180_000, '3 min'],
    [7_200_000, '2 h'],
  ])('%d ms reads as %s', (durationMs, words) => {
    expect(spanOf(durationMs)).toBe(words);
  });
});
