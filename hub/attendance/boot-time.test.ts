import { describe, expect, test } from 'vitest';
import { retimed } from '#hub/attendance/boot-time';

const HOUR = 3_600_000;
const NOON = Temporal.Instant.from('2026-03-02T04:00:00Z').epochMilliseconds;
const Y2000 = Temporal.Instant.from('2000-01-01T00:00:00Z').epochMilliseconds;

/** The hub was spoken to at noon, five hours after the boot. */
function anchorAt(wallMs: number, monoMs = 5 * HOUR) {
  return { wallMs, monoMs, atMs: NOON, errorMs: 10 };
}

describe('retimed', () => {
  test('a clock that was never set is reckoned back from the next contact', () => {
    const punch = { wallMs: Y2000 + 2 * HOUR, monoMs: 2 * HOUR, isImpossible: true };
    expect(retimed(punch, [anchorAt(Y2000 + 5 * HOUR)])).toEqual({
      atMs: NOON - 3 * HOUR,
      errorMs: 10 + 1080,
    });
  });

  test('and so it is when the network set the clock before the hub was spoken to', () => {
    const punch = { wallMs: Y2000 + 2 * HOUR, monoMs: 2 * HOUR, isImpossible: true };
    expect(retimed(punch, [anchorAt(NOON)])?.atMs).toBe(NOON - 3 * HOUR);
  });

  test.each([
    ['set back after the punch: no sleep does that', { wallMs: NOON + HOUR }, NOON - HOUR],
    ['set within a minute', { wallMs: NOON - HOUR - 30_000 }, NOON - HOUR],
  ])('a wall clock %s', (_why, { wallMs }, atMs) => {
    const punch = { wallMs, monoMs: 4 * HOUR, isImpossible: false };
    expect(retimed(punch, [anchorAt(NOON)])?.atMs).toBe(atMs);
  });

  test.each([
    ['before the contact', { wallMs: NOON - 3 * HOUR, monoMs: 4 * HOUR }],
    ['after it', { wallMs: NOON + 3 * HOUR, monoMs: 6 * HOUR }],
  ])('over a jump forward %s nothing is reckoned: the machine may have slept', (_when, moment) => {
    expect(retimed({ ...moment, isImpossible: false }, [anchorAt(NOON)])).toBeUndefined();
  });

  test('after a jump forward even an impossible wall says nothing about the way from before', () => {
    const punch = { wallMs: NOON + 3 * HOUR, monoMs: 6 * HOUR, isImpossible: true };
    expect(retimed(punch, [anchorAt(NOON)])).toBeUndefined();
  });

  test('of several contacts the nearest that can be reached counts', () => {
    const far = { wallMs: NOON, monoMs: 5 * HOUR, atMs: NOON, errorMs: 1 };
    const near = { wallMs: NOON + HOUR, monoMs: 6 * HOUR, atMs: NOON + HOUR + 7, errorMs: 1 };
    const punch = { wallMs: NOON + HOUR - 60_000, monoMs: 6 * HOUR - 60_000, isImpossible: false };
    expect(retimed(punch, [far, near])?.atMs).toBe(NOON + HOUR + 7 - 60_000);
    expect(retimed(punch, [])).toBeUndefined();
  });
});
