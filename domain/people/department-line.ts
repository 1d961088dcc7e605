import type { Department } from '#domain/authority/department-tree';

/** Deep enough for a group with companies, divisions and teams; deeper is a slip in a file. */
export const DEPARTMENT_DEPTH_MAX = 12;

export type PlacementFault = 'no-parent' | 'circle' | 'too-deep';

export type DepartmentsById<D extends Department = Department> = ReadonlyMap<string, D>;

/** A department and all above it, nearest first. Ends where the data run in a circle, too. */
export function departmentLine<D extends Department>(
  departments: DepartmentsById<D>,
  id: string | null,
): readonly D[] {
  const line: D[] = [];
  const seen = new Set<string>();
  let next = id;
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    const department = departments.get(next);
    if (department === undefined) return line;
    line.push(department);
    next = department.parentId;
  }
  return line;
}

/**
 * Why a department cannot lie there with everything below it, or `null`. One that is not known yet
 * has nothing below.
 */
export function placementFault(
  departments: DepartmentsById,
  { id, parentId }: Department,
): PlacementFault | null {
  if (parentId !== null && !departments.has(parentId)) return 'no-parent';
  const above = departmentLine(departments, parentId);
  if (above.some((each) => each.id === id)) return 'circle';
  return above.length + heightOf(departments, id) > DEPARTMENT_DEPTH_MAX ? 'too-deep' : null;
}

/** Levels from a department down to the lowest below it, itself among them. */
function heightOf(departments: DepartmentsById, id: string): number {
  const levels = [...departments.keys()].map(
    (each) => departmentLine(departments, each).findIndex((above) => above.id === id) + 1,
  );
  return Math.max(1, ...levels);
}
