import { describe, expect, test } from 'vitest';
import type { Department } from '#domain/authority/department-tree';
import {
  DEPARTMENT_DEPTH_MAX,
  departmentLine,
  placementFault,
} from '#domain/people/department-line';

function known(...departments: readonly Department[]) {
  return new Map(departments.map((each) => [each.id, each]));
}

const TREE = known(
  { id: 'company', parentId: null },
  { id: 'factory', parentId: 'company' },
  { id: 'assembly', parentId: 'factory' },
  { id: 'office', parentId: 'company' },
);

describe('departmentLine', () => {
  test.each([
    ['assembly', ['assembly', 'factory', 'company'], 'nearest first'],
    [null, [], 'somebody without a department'],
    ['gone', [], 'a department that is gone'],
  ])('of %j is %j: %s', (id, line, _reason) => {
    expect(departmentLine(TREE, id).map((each) => each.id)).toEqual(line);
  });

  test('ends where the data run in a circle', () => {
    const circle = known({ id: 'a', parentId: 'b' }, { id: 'b', parentId: 'a' });
    expect(departmentLine(circle, 'a').map((each) => each.id)).toEqual(['a', 'b']);
  });
});

describe('placementFault', () => {
  test.each([
    [{ id: 'assembly', parentId: 'office' }, null, 'moved to another branch'],
    [{ id: 'factory', parentId: null }, null, 'moved to the top'],
    [{ id: 'new', parentId: 'assembly' }, null, 'made there'],
    [{ id: 'factory', parentId: 'assembly' }, 'circle', 'below what lies below it'],
    [{ id: 'factory', parentId: 'factory' }, 'circle', 'below itself'],
    [{ id: 'factory', parentId: 'gone' }, 'no-parent', 'below what is not there'],
  ] as const)('of %j is %j: %s', (placed, fault, _reason) => {
    expect(placementFault(TREE, placed)).toBe(fault);
  });

  test('a tree as deep as allowed takes no more below its lowest, nor a taller one in its place', () => {
    const chain = Array.from({ length: DEPARTMENT_DEPTH_MAX }, (_, level) => ({
      id: `d${level}`,
      parentId: level === 0 ? null : `d${level - 1}`,
    }));
    const deep = known(...chain, ...TREE.values());
    const lowest = `d${DEPARTMENT_DEPTH_MAX - 1}`;
    expect(placementFault(deep, { id: 'new', parentId: lowest })).toBe('too-deep');
    expect(placementFault(deep, { id: lowest, parentId: `d${DEPARTMENT_DEPTH_MAX - 2}` })).toBe(
      null,
    );
    expect(placementFault(deep, { id: 'factory', parentId: `d${DEPARTMENT_DEPTH_MAX - 2}` })).toBe(
      'too-deep',
    );
  });
});
