/** A department and the one above it; `null` at the top. */
export interface Department {
  readonly id: string;
  readonly parentId: string | null;
}

/** Which departments lie directly below each; every known department has an entry. */
export type DepartmentTree = ReadonlyMap<string, readonly string[]>;

export function departmentTree(departments: readonly Department[]): DepartmentTree {
  const below = new Map<string, string[]>(departments.map(({ id }) => [id, []]));
  for (const { id, parentId } of departments) {
    if (parentId !== null) below.get(parentId)?.push(id);
  }
  return below;
}

/**
 * The departments and all that lie below them. A department the tree has not heard of is left out:
 * a grant that outlived its department reaches nobody. Ends on a tree that runs in a circle, too.
 */
export function withDescendants(tree: DepartmentTree, ids: Iterable<string>): ReadonlySet<string> {
  const found = new Set<string>();
  const open = [...ids];
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    const below = tree.get(id);
    if (below === undefined || found.has(id)) continue;
    found.add(id);
    open.push(...below);
  }
  return found;
}
