import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { localeOf, ProblemError, parsed, problemBody } from '#hub/api/problem';
import { PROBLEM_TEXTS } from '#hub/api/problem-texts';

describe('localeOf', () => {
  test.each([
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['en-GB,en;q=0.9,zh;q=0.1', 'en'],
    ['fr-FR, zh-TW;q=0.5', 'zh-CN'],
    ['fr', 'en'],
    ['', 'en'],
    [undefined, 'en'],
  ] as const)('%s is answered in %s', (header, locale) => {
    expect(localeOf(header)).toBe(locale);
  });
});

test('no problem is left without words in either language', () => {
  for (const { title, detail } of Object.values(PROBLEM_TEXTS)) {
    for (const text of [title, detail ?? title]) {
      expect(text['zh-CN']).toMatch(/[一-鿿]/);
      expect(text.en).toMatch(/[a-z]/);
    }
  }
});

test('a problem carries its status and nothing internal', () => {
  const body = problemBody(new ProblemError('failed'), 'en');
  expect(body).toEqual({
    type: 'urn:lintel:problem:failed',
    title: 'The hub failed to answer',
    status: 500,
    detail: 'Its log says why.',
  });
});

test('what a contract says in both languages is told in both', () => {
  const schema = z.string().refine(() => false, { message: 'no', params: { zh: '不行' } });
  const refused = (): unknown => parsed(schema, '');
  expect(refused).toThrow(
    expect.objectContaining({ errors: [{ path: '', reason: { en: 'no', 'zh-CN': '不行' } }] }),
  );
});
