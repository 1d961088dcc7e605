import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { day } from '#tests/attendance/facts/fact-bench';

test('the smallest document of the page is computed as the page says', () => {
  const page = readFileSync(new URL('../../docs/rules/document.md', import.meta.url), 'utf8');
  const example = /```json\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
  expect(day(JSON.parse(example)).outcome['zh-CN']).toBe('正常');
});
