import { describe, expect, test } from 'vitest';
import { en } from '#renderer/words/en';
import { voiceOf } from '#renderer/words/words';
import { zhCn } from '#renderer/words/zh-cn';

function holesOf(text: string): string {
  return (text.match(/\{\{\w+\}\}/g) ?? []).toSorted().join(' ');
}

describe('words', () => {
  test('both languages say the same things', () => {
    expect(Object.keys(en).toSorted()).toEqual(Object.keys(zhCn).toSorted());
  });

  test('both languages fill in the same values', () => {
    const chinese: Readonly<Record<string, string>> = zhCn;
    const differing = Object.entries(en).filter(
      ([key, text]) => holesOf(text) !== holesOf(chinese[key] ?? ''),
    );
    expect(differing).toEqual([]);
  });

  test('nothing is left unsaid', () => {
    for (const text of [...Object.values(zhCn), ...Object.values(en)])
      expect(text.trim()).not.toBe('');
  });

  test('each voice speaks its own language, values included', () => {
    expect(voiceOf('zh-CN')('again.in', { time: '08:52' })).toBe('刚刚已经打过了，08:52');
    expect(voiceOf('en')('many', { count: 4 })).toBe('4 people checked in');
  });

  test('a name is said as it is, whatever it contains', () => {
    expect(voiceOf('en')('ask', { name: 'O’Neil & <b>' })).toBe('Are you O’Neil & <b>?');
  });
});
