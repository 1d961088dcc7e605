import { describe, expect, test } from 'vitest';
import { textsEn } from '#console/language/texts-en';
import { textsZh } from '#console/language/texts-zh';

interface Tree {
  readonly [key: string]: string | Tree;
}

function leavesOf(tree: Tree, path = ''): readonly (readonly [string, string])[] {
  return Object.entries(tree).flatMap(([key, told]) =>
    typeof told === 'string'
      ? [[`${path}${key}`, told] as const]
      : leavesOf(told, `${path}${key}.`),
  );
}

/** Names of what is filled in, in a fixed order: languages order their words differently. */
function blanksOf(words: string): string {
  const names = [...words.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name);
  return names.toSorted((a, b) => a.localeCompare(b)).join(' ');
}

const zh = new Map(leavesOf(textsZh));
const en = new Map(leavesOf(textsEn));

describe('the words of the console', () => {
  test('both languages say the same things', () => {
    expect([...en.keys()].toSorted()).toEqual([...zh.keys()].toSorted());
  });

  test('what is filled in has a place in both', () => {
    const unlike = [...zh].filter(
      ([key, words]) => blanksOf(words) !== blanksOf(en.get(key) ?? ''),
    );
    expect(unlike).toEqual([]);
  });

  test('no text is empty, and no English is left in Chinese clothes', () => {
    expect([...zh, ...en].filter(([, words]) => words.trim() === '')).toEqual([]);
    const spoken = [...en].filter(
      ([key]) => !key.startsWith('language.') && !key.startsWith('locale.'),
    );
    expect(spoken.filter(([, words]) => /\p{Script=Han}/u.test(words))).toEqual([]);
  });
});
