import { describe, expect, test } from 'vitest';
import { identify, verify } from '#domain/face/accuracy';

/** Unit vectors in a plane: their similarity is the cosine of the angle between them. */
function at(degrees: number): Float32Array {
  const angle = (degrees * Math.PI) / 180;
  return Float32Array.of(Math.cos(angle), Math.sin(angle));
}
const person = (...degrees: readonly number[]) => ({ templates: degrees.map(at) });

describe('verify', () => {
  test('pairs every picture with every other', () => {
    const { genuinePairs, impostorPairs } = verify([person(0, 1, 2), person(90, 91)], [at(200)]);
    expect(genuinePairs).toBe(3 + 1);
    expect(impostorPairs).toBe(3 * 2 + 5);
  });

  test('counts genuine pairs above the most similar impostors', () => {
    // The nearest impostors are 10° apart; one genuine pair is 5° apart, the other 40°.
    const { figures } = verify([person(0, 5), person(15, 55)], []);
    expect(figures.at(-1)?.similarity).toBeCloseTo(Math.cos((10 * Math.PI) / 180), 6);
    expect(figures.at(-1)?.tar).toBe(0.5);
  });
});

describe('identify', () => {
  test('enrols the mean of the first pictures and probes with the last', () => {
    const people = [person(0, 20, 11), person(90, 110, 99)];
    const two = identify(people, [at(180)], 2);
    expect(two).toMatchObject({ probes: 2, rank1: 1, acceptedWithoutStranger: 1, fnirAtFpir1: 0 });
  });

  test('a person too rarely pictured for the count does not take part', () => {
    expect(identify([person(0, 1), person(90, 91, 92)], [], 2).probes).toBe(1);
  });

  test('a stranger nearer than the right person costs the acceptance', () => {
    const figure = identify([person(0, 30), person(90, 95)], [at(-10)], 1);
    expect(figure).toMatchObject({ rank1: 1, acceptedWithoutStranger: 0.5, fnirAtFpir1: 0.5 });
  });

  test('a probe nearer to somebody else is missed whatever the threshold', () => {
    expect(identify([person(0, 80), person(90, 91)], [], 1)).toMatchObject({
      rank1: 0.5,
      fnirAtFpir1: 0.5,
    });
  });

  test('without anybody who takes part every share is nothing', () => {
    expect(identify([person(0)], [at(5)], 1)).toEqual({
      enrolled: 1,
      probes: 0,
      rank1: 0,
      acceptedWithoutStranger: 0,
      fnirAtFpir1: 1,
    });
  });

  test('pictures that cancel out make a template that is like nobody', () => {
    const cancelled = { templates: [Float32Array.of(1, 0), Float32Array.of(-1, 0), at(0)] };
    const figure = identify([cancelled, person(0, 0, 0)], [], 2);
    expect(figure).toMatchObject({ probes: 2, rank1: 0.5 });
  });

  test('templates of two models are never compared', () => {
    const other = { templates: [Float32Array.of(1, 0, 0), Float32Array.of(0, 1, 0)] };
    expect(() => identify([person(0, 1), other], [], 1)).toThrow('one length');
  });
});
