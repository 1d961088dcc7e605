import { describe, expect, test } from 'vitest';
import { isCoolingDown, type Moment } from '#domain/punch/cool-down';

const BOOT = 'a';
function moment(seconds: number, monoSeconds: number, bootId = BOOT): Moment {
  const at = Temporal.Instant.fromEpochMilliseconds(1.8e12 + seconds * 1000);
  return { at, monoMs: monoSeconds * 1000, bootId };
}

describe('isCoolingDown', () => {
  test.each([
    [moment(0, 0), moment(59.999, 59.999), true, 'inside the minute'],
    [moment(0, 0), moment(60, 60), false, 'the minute itself is over'],
    [moment(0, 0), moment(9000, 5), true, 'wall clock set forward: five seconds are five seconds'],
    [moment(0, 0), moment(-9000, 120), false, 'wall clock set back: two minutes are two minutes'],
    [moment(0, 900), moment(30, 5, 'b'), true, 'across a reboot the wall clock decides'],
    [moment(0, 900), moment(-30, 5, 'b'), false, 'across a reboot with a clock gone back: kept'],
  ])('case %#', (last, now, cooling, _reason) => {
    expect(isCoolingDown(last, now, 60)).toBe(cooling);
  });

  test('a cool-down of zero never holds anything back', () => {
    expect(isCoolingDown(moment(0, 0), moment(0, 0), 0)).toBe(false);
  });
});
