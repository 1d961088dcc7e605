import { describe, expect, test } from 'vitest';
import { clockText, doorTime, minuteOfDay, weekdayOf } from '#renderer/clock/site-clock';
import { pixelShift } from '#renderer/look/pixel-shift';
import { themeAt } from '#renderer/look/theme';

const AT = Temporal.Instant.from('2026-11-23T00:52:37Z').epochMilliseconds;

describe('the clock at the door', () => {
  test('shows the site’s time, wherever the machine thinks it is', () => {
    expect(doorTime(AT, 'Asia/Shanghai', 'zh-CN')).toEqual({
      hours: '08',
      minutes: '52',
      second: 37,
      hour: 8,
      date: '11月23日 星期一',
    });
    expect(doorTime(AT, 'America/St_Johns', 'en')).toMatchObject({
      hours: '21',
      minutes: '22',
      date: 'Sunday 22 November',
    });
  });

  test('a zone this browser does not know does not blank the door', () => {
    expect(doorTime(AT, 'Moon/Tranquility', 'en').hours).toBe('00');
  });

  test('reads instants in the site’s zone', () => {
    const instant = '2026-11-27T18:07:00+08:00';
    expect(clockText(instant, 'Asia/Shanghai')).toBe('18:07');
    expect(minuteOfDay(instant, 'Asia/Shanghai')).toBe(1087);
    expect(weekdayOf(instant, 'Asia/Shanghai')).toBe(5);
  });
});

describe('the light', () => {
  test.each([
    ['auto', 6, 'usual', 'night'],
    ['auto', 7, 'usual', 'day'],
    ['auto', 19, 'usual', 'night'],
    ['auto', 12, 'more', 'hc'],
    ['day', 23, 'more', 'day'],
  ] as const)('%s at %i o’clock with %s contrast is %s', (setting, hour, contrast, theme) => {
    expect(themeAt(setting, hour, contrast)).toBe(theme);
  });
});

describe('pixelShift', () => {
  test('moves each minute, at most four pixels', () => {
    const shifts = Array.from({ length: 9 }, (_, minute) => pixelShift(AT + minute * 60_000));
    expect(new Set(shifts.map(({ x, y }) => `${x} ${y}`)).size).toBe(9);
    expect(shifts.every(({ x, y }) => Math.abs(x) <= 4 && Math.abs(y) <= 4)).toBe(true);
  });
});
