import { describe, expect, test } from 'vitest';
import { reportingFault } from '#domain/people/reporting-line';

const MANAGERS: Readonly<Record<string, string>> = {
  wang: 'li',
  li: 'zhao',
  sun: 'zhou',
  zhou: 'sun',
};
const managerOf = (personId: string): string | null => MANAGERS[personId] ?? null;

describe('reportingFault', () => {
  test.each([
    ['qian', 'wang', null, 'a newcomer'],
    ['wang', 'zhao', null, 'past one level'],
    ['zhao', 'zhao', 'oneself', 'nobody decides their own requests'],
    ['zhao', 'wang', 'circle', 'the head would report to their own people'],
    ['li', 'wang', 'circle', 'the two would report to one another'],
    ['qian', 'sun', null, 'a circle that is there already ends the search'],
  ])('of %s under %s is %j: %s', (personId, managerId, fault, _reason) => {
    expect(reportingFault(managerOf, { personId, managerId })).toBe(fault);
  });
});
