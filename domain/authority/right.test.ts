import { describe, expect, test } from 'vitest';
import type { AccountActor, Standing } from '#domain/authority/actor';
import { departmentTree } from '#domain/authority/department-tree';
import type { Grant } from '#domain/authority/grant';
import { rightsOf } from '#domain/authority/right';

const tree = departmentTree([{ id: 'factory', parentId: null }]);

function rights(personId: string | null, ...standings: readonly Standing[]): string[] {
  const actor: AccountActor = {
    kind: 'account',
    accountId: 'a',
    personId,
    standings,
    onBehalfOf: null,
  };
  return rightsOf(actor, tree).map((each) => Object.values(each).join(' '));
}

describe('rightsOf', () => {
  test('staff look at themselves', () => {
    expect(rights('li')).toEqual([
      'people view oneself',
      'enrolment view oneself',
      'approvals view oneself',
      'results view oneself',
      'exceptions view oneself',
    ]);
  });

  test('a manager decides the requests of others and looks at the rest', () => {
    const reports = new Set(['wang', 'li']);
    expect(rights('li', { kind: 'manager', reports, headOf: new Set() })).toEqual([
      'people view some',
      'enrolment view oneself',
      'approvals view some',
      'approvals change some',
      'results view some',
      'exceptions view some',
    ]);
  });

  test('a manager of nobody is staff', () => {
    const nobody: Standing = { kind: 'manager', reports: new Set(), headOf: new Set() };
    expect(rights('li', nobody)).toEqual(rights('li'));
  });

  test('an administrator looks further than they act', () => {
    const area = { departments: null, sites: null };
    const own = rights(null, {
      kind: 'administrator',
      grants: [
        { capability: 'people', access: 'view', area },
        {
          capability: 'people',
          access: 'change',
          area: { ...area, departments: new Set(['factory']) },
        },
      ],
    });
    expect(own).toEqual(['people view everybody', 'people change some']);
  });

  test.each([
    ['a department and a site', [{ departments: true }, { sites: true }]],
    ['a department, and a department at a site', [{ departments: true }, {}]],
  ])('%s are some', (_what, areas) => {
    const grants = areas.map(
      (only): Grant => ({
        capability: 'results',
        access: 'view',
        area: {
          departments: 'sites' in only ? null : new Set(['factory']),
          sites: 'departments' in only ? null : new Set(['north']),
        },
      }),
    );
    expect(rights(null, { kind: 'administrator', grants })).toEqual(['results view some']);
  });

  test('an account that is nobody’s may do nothing', () => {
    expect(rights(null)).toEqual([]);
  });
});
