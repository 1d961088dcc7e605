import { describe, expect, test } from 'vitest';
import { awayOf, pairsOf, shiftsOf, spanOfPunches } from '#domain/attendance/presence/pairing';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import { cleanPunch } from '#tests/attendance/clean-punch';

const HOUR = 3600;

/** `8 in@9 out@17.5`: hours, with what was said at the kiosk. */
function punches(text: string): readonly CleanPunch[] {
  return text.split(' ').flatMap((word, index) => {
    if (word === '') return [];
    const [first = '', second] = word.split('@');
    const direction = first === 'in' || first === 'out' ? first : null;
    return [cleanPunch(Number(second ?? first) * HOUR, { id: `p${index}`, direction })];
  });
}

const inHours = (spans: readonly { from: number; to: number }[]): readonly string[] =>
  spans.map(({ from, to }) => `${from / HOUR}–${to / HOUR}`);

describe('pairs', () => {
  test.each<['alternating' | 'stated', number, string, readonly string[], string]>([
    ['alternating', 0, '8 12 13 17', ['8–12', '13–17'], 'one after the other'],
    ['alternating', 0, '8 12 13', ['8–12'], 'what is left open counts for nothing'],
    ['alternating', 0, 'out@8 9 12', ['9–12'], 'an out at first ends nothing'],
    ['alternating', 0, '8 in@9 out@12', ['8–12'], 'a second in changes nothing'],
    ['alternating', 2, '8 9 12', ['8–12'], 'too soon to leave, so nobody left'],
    ['alternating', 2, '8 10 12', ['8–10'], 'the time itself is long enough'],
    ['alternating', 0, '0 48', ['0–48'], 'two days may lie between, and no more'],
    ['alternating', 0, '0 48.5 49 50', ['49–50'], 'an out after more than two days ends nothing'],
    ['stated', 0, 'in@8 9 out@12', ['8–12'], 'what nobody said is no word'],
    ['stated', 0, '8 12', [], ''],
    ['stated', 0, 'in@0 in@48 out@50', [], 'two days later the first in still stands'],
    ['stated', 0, 'in@0 in@48.5 out@50', ['48.5–50'], 'then it is forgotten'],
  ])('%s, %i h apart: %s makes %j: %s', (direction, hours, text, pairs) => {
    const terms = { direction, offAfterOnSeconds: hours * HOUR };
    expect(inHours(pairsOf(punches(text), terms))).toEqual(pairs);
  });
});

describe('from the first punch to the last', () => {
  test.each<['alternating' | 'stated', number, string, readonly string[], string]>([
    ['alternating', 0, '8 12 17', ['8–17'], 'whatever lies between'],
    ['alternating', 0, 'out@7 8 17', ['8–17'], 'an out begins nothing'],
    ['alternating', 0, '8 17 in@18', ['8–17'], 'an in ends nothing'],
    ['alternating', 0, '8', [], 'one punch is no span'],
    ['alternating', 0, 'in@8 in@9', [], 'nobody left'],
    ['alternating', 0, 'out@8 out@9', [], 'nobody came'],
    ['alternating', 2, '8 9', [], 'too soon'],
    ['alternating', 2, '8 10', ['8–10'], 'the time itself is long enough'],
    ['stated', 0, '7 in@8 out@17 18', ['8–17'], 'only what was said'],
  ])('%s, %i h apart: %s makes %j: %s', (direction, hours, text, span) => {
    const terms = { direction, offAfterOnSeconds: hours * HOUR };
    expect(inHours(spanOfPunches(punches(text), terms))).toEqual(span);
  });
});

describe('away', () => {
  test.each<[string, readonly string[], string]>([
    ['8 out@12 in@13 17', ['12–13'], 'between a stated out and the in after it'],
    ['out@12 out@12.5 in@13', ['12–13'], 'from the first of several'],
    ['out@12 in@13 in@14', ['12–13'], 'to the first of several'],
    ['in@8 12 13 out@17', [], 'what nobody said is no word'],
  ])('%s: %j, %s', (text, away) => {
    expect(inHours(awayOf(punches(text)))).toEqual(away);
  });
});

describe('shifts', () => {
  test('are parted by a pause as long as the rule says, and not by a shorter one', () => {
    const pairs = [
      { from: 0, to: 10 },
      { from: 13, to: 20 },
      { from: 24, to: 30 },
    ];
    expect(shiftsOf(pairs, 4)).toEqual([pairs.slice(0, 2), pairs.slice(2)]);
    expect(shiftsOf([], 4)).toEqual([]);
  });
});
