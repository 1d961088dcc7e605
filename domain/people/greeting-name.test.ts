import { expect, test } from 'vitest';
import { greetingNameOf } from '#domain/people/greeting-name';
import { pseudonymOf } from '#domain/people/pseudonym';

test.each([
  ['林晓梅', '晓梅', 'the given name'],
  ['王伟', '伟', 'of two characters, too: the full name is not for bystanders'],
  ['欧阳娜娜', '娜娜', 'behind a surname of two'],
  ['欧阳', '阳', 'which alone is a surname of one'],
  ['林', '林', 'nothing to leave out'],
  ['Ann Lee', 'Ann', 'the first word'],
  ['  Madonna ', 'Madonna', 'which may be the only one'],
  ['阿依古丽·买买提', '阿依古丽·买买提', 'what cannot be told apart stays'],
])('%s is called %s: %s', (name, greeting, _reason) => {
  expect(greetingNameOf(name)).toBe(greeting);
});

test('a pseudonym is the same each time, another for somebody else, and says nothing', () => {
  const [one, other] = ['8b7f7c1e-6f0e-4a39-9d0e-2f5d3c1b0a99', '0b7f7c1e-6f0e-4a39-9d0e'];
  expect(pseudonymOf(one)).toEqual({ 'zh-CN': '已注销 8B7F7C', en: 'Erased 8B7F7C' });
  expect(pseudonymOf(other).en).not.toBe(pseudonymOf(one).en);
});
