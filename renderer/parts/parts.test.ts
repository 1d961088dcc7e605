import { describe, expect, test } from 'vitest';
import { dayScale, labelled, shareOf } from '#renderer/parts/day-scale';
import {
  EMPTY_ENTRY,
  foldPin,
  isComplete,
  PIN_LENGTH_MAX,
  type PinEntry,
} from '#renderer/parts/pin-entry';

describe('the day line', () => {
  test('runs from seven to nine, and further when somebody came earlier or left later', () => {
    expect(dayScale([532])).toMatchObject({ fromMinute: 420, toMinute: 1260 });
    expect(dayScale([350, 1399])).toMatchObject({ fromMinute: 300, toMinute: 1440 });
  });

  test('is ticked every three hours, inside', () => {
    expect(dayScale([]).ticks).toEqual([540, 720, 900, 1080]);
  });

  test('places a minute by its share', () => {
    expect(shareOf(dayScale([]), 840)).toBe(0.5);
  });

  test('labels that would run into each other give way, the first and the last stay', () => {
    expect(labelled([0.1, 0.12, 0.5, 0.78, 0.8])).toEqual([0, 2, 4]);
    expect(labelled([0.3])).toEqual([0]);
  });
});

function type(text: string, entry: PinEntry): PinEntry {
  return Array.from(text).reduce(
    (typed, character) => foldPin(typed, { kind: 'character', character }),
    entry,
  );
}

describe('the pad', () => {
  const numbered = foldPin(type('A103', EMPTY_ENTRY), { kind: 'field', field: 'pin' });

  test('takes letters in the number and only digits in the PIN', () => {
    expect(type('48x1!6', numbered)).toEqual({ field: 'pin', number: 'A103', pin: '4816' });
  });

  test('is complete with a number and four digits', () => {
    expect(isComplete(type('481', numbered))).toBe(false);
    expect(isComplete(type('4815', numbered))).toBe(true);
    expect(isComplete(type('4815', { ...EMPTY_ENTRY, field: 'pin' }))).toBe(false);
  });

  test('never grows beyond what the contract takes', () => {
    expect(type('1'.repeat(40), numbered).pin).toHaveLength(PIN_LENGTH_MAX);
  });

  test('deleting from an empty PIN goes back to the number', () => {
    const back = foldPin(numbered, { kind: 'delete' });
    expect(back.field).toBe('number');
    expect(foldPin(back, { kind: 'delete' }).number).toBe('A10');
  });

  test('a wrong PIN is forgotten, the number stays', () => {
    expect(foldPin(type('4815', numbered), { kind: 'forget-pin' })).toEqual(numbered);
  });
});
