import { describe, expect, test } from 'vitest';
import { normalPassword, passwordJudge } from '#platform/passwords/password';
import { passwordText } from '#platform/passwords/password-text';

const judge = passwordJudge(['lintel', '门楣', 'kaoqin']);
const own = ['Wang Xiaoming', 'wangxm', '王小明', 'wang.xm@haitang-textiles.example', 'A1024'];

describe('a password is refused when it is', () => {
  test.each([
    ['short', 'kx7 mango', 'too-short'],
    ['short in characters, long in bytes', '门楣🚪🚪🚪🚪🚪', 'too-short'],
    ['endless', 'x7 mango '.repeat(30), 'too-long'],
    ['endless before it is looked at', 'ﷺ'.repeat(100_000), 'too-long'],
    ['on the list of leaked ones', '1qaz2wsx3edc', 'common'],
    ['on the list, in other capitals', '1QAZ2wsx3EDC', 'common'],
    ['leaked with a tail', 'password1234', 'predictable'],
    ['the product’s name with a year', 'Lintel2026!!', 'own-words'],
    ['their own name and birthday', 'xiaoming19900101', 'own-words'],
    ['their own name in letters and signs', 'W4ngXi40ming', 'own-words'],
    ['their company’s', 'haitangtextiles1', 'own-words'],
    ['their own name in Han', '王小明王小明王小明王小明', 'predictable'],
    ['a row of the keyboard', 'qwertyuiop[]', 'predictable'],
    ['one sign over and over', 'aaaaaaaaaaaaaaaaaaaa', 'predictable'],
    ['a few signs over and over', 'aB3$aB3$aB3$aB3$', 'predictable'],
    ['the alphabet', 'abcdefghijklmnop', 'predictable'],
    ['two favourites of the country', 'woaini5201314', 'predictable'],
  ])('%s', (_why, password, failure) => {
    expect(judge(password, own)).toEqual({ ok: false, failure });
  });
});

describe('a password is taken when it is', () => {
  test.each([
    ['a few unrelated words, no digit, no capital', 'mango tram window quiet'],
    ['a sentence in Han', '我家的猫半夜总爱偷吃鱼干'],
    ['what a password manager makes', 'hG7kQ2vX9pLm'],
    ['as long as anybody would want', 'mango tram window quiet '.repeat(8).trim()],
    ['full of names that objects have, too', 'constructor __proto__ toString'],
  ])('%s', (_what, password) => {
    expect(judge(password, own)).toEqual({ ok: true, value: password });
  });

  test('about somebody else', () => {
    const password = 'haitang textiles window';
    expect(judge(password, ['Li Na']).ok).toBe(true);
  });
});

test('one password typed on two keyboards is one password', () => {
  const composed = 'café tram window';
  const decomposed = 'cafe\u0301 tram window';
  expect(judge(decomposed, [])).toEqual({ ok: true, value: composed });
  expect(normalPassword('ｍａｎｇｏ')).toBe('mango');
});

test('the reason says what to do, in both languages', () => {
  expect(passwordText('too-short')).toEqual({
    'zh-CN': '密码至少需要 12 个字符，可以用几个不相干的词连成一句话',
    en: 'Use at least 12 characters; a few unrelated words in a row will do',
  });
});
