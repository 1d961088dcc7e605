import { expect, test } from 'vitest';
import { MessageBudget } from '#hub/ingest/message-budget';

test('a burst passes, a flood does not, and patience earns again', () => {
  let nowMs = 0;
  const budget = new MessageBudget(() => nowMs);
  const passed = Array.from({ length: 1000 }, () => budget.take('a')).filter(Boolean).length;
  expect(passed).toBe(300);
  expect(budget.take('b')).toBe(true);
  nowMs += 1000;
  const afterASecond = Array.from({ length: 1000 }, () => budget.take('a')).filter(Boolean).length;
  expect(afterASecond).toBe(50);
});
