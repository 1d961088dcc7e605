import { expect, test } from 'vitest';
import { DELIVERED, gone, later, never } from '#platform/delivery/delivery-outcome';
import { afterMessage } from '#platform/delivery/message-attempt';

const at = Temporal.Instant.from('2026-01-05T02:00:00Z');
const attempt = { at, attempts: 1, until: at.add({ minutes: 5 }) };

test.each([
  [DELIVERED, 1, { kind: 'delivered' }],
  [never('bad-address'), 1, { kind: 'failed', reason: 'bad-address' }],
  [gone('status-410'), 1, { kind: 'gone', reason: 'status-410' }],
  [later('timeout'), 1, { kind: 'wait', nextAttemptAt: at.add({ seconds: 10 }) }],
  [later('timeout'), 2, { kind: 'wait', nextAttemptAt: at.add({ minutes: 1 }) }],
  [later('timeout'), 3, { kind: 'expired', reason: 'timeout' }],
  [later('status-429', 600), 1, { kind: 'expired', reason: 'status-429' }],
])('%j after %i attempts is %j', (outcome, attempts, after) => {
  expect(afterMessage({ ...attempt, attempts }, outcome, 0)).toEqual(after);
});
