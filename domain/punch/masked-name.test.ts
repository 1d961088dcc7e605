import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskedName } from '#domain/punch/masked-name';

describe('maskedName', () => {
  test.each([
    ['张晓敏', '张*敏', 'three characters keep the outer two'],
    ['张敏', '张*', 'two characters keep the family name'],
    ['欧阳娜娜', '欧**娜', 'a double family name is masked like any other'],
    ['𠮷田太郎', '𠮷**郎', 'a character outside the basic plane is one character'],
    ['张 敏', '张*', 'a space between characters is no character'],
    ['Zhang Xiaomin', 'Zhang X.', 'the first word stays'],
    ['Anna Maria Lopez', 'Anna M. L.', 'each further word keeps its initial'],
    ['  Wang   Lei ', 'Wang L.', 'spaces do not count'],
    ['josé', 'J.', 'an initial is a capital'],
    ['  ', '', 'no name is not masked'],
    ['Madonna', 'M.', 'a single word keeps its initial'],
  ])('%s is shown as %s: %s', (name, masked) => {
    expect(maskedName(name)).toBe(masked);
  });

  test('a Chinese name of two or more characters is never shown whole', () => {
    const character = fc.integer({ min: 0x4e00, max: 0x9fa5 }).map((c) => String.fromCodePoint(c));
    fc.assert(
      fc.property(fc.array(character, { minLength: 2, maxLength: 8 }), (letters) => {
        const masked = maskedName(letters.join(''));
        expect(masked).toContain('*');
        expect(Array.from(masked)).toHaveLength(letters.length);
      }),
    );
  });
});
