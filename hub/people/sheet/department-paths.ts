import { newDepartment } from '#contracts/rest/v1/departments';
import { DEPARTMENT_DEPTH_MAX, departmentLine } from '#domain/people/department-line';
import { failed, ok, type Result } from '#domain/result';
import type { StoredDepartment } from '#hub/storage/department-repository';

export type PathFault = 'unknown' | 'ambiguous' | 'bad-name' | 'too-deep';

const TOP = '';

/** Departments by the names that lead to them, and those that a file would make on the way. */
export class DepartmentPaths {
  readonly #byId: ReadonlyMap<string, StoredDepartment>;
  readonly #children = new Map<string, Map<string, string>>();
  readonly #byName = new Map<string, string[]>();
  readonly #made = new Map<string, StoredDepartment>();
  readonly #mint: () => string;

  /** @param mint makes the id of a department that is new */
  constructor(departments: readonly StoredDepartment[], mint: () => string) {
    this.#byId = new Map(departments.map((each) => [each.id, each]));
    this.#mint = mint;
    for (const each of departments) this.#index(each);
  }

  /** As it is written into a file: `总部/研发部`; by its id where a name holds the sign that joins them. */
  pathOf(id: string | null): string {
    if (id === null) return '';
    const line = departmentLine(new Map([...this.#byId, ...this.#made]), id);
    const names = line.map(({ name }) => name).toReversed();
    return names.some((name) => name.includes('/')) ? id : names.join('/');
  }

  /**
   * What a path leads to. A single name will do where only one department has it.
   *
   * @param unknown whether departments are made on the way
   */
  find(text: string, unknown: 'refused' | 'made'): Result<string, PathFault> {
    const path = text.trim();
    if (this.#byId.has(path)) return ok(path);
    const names = path.split(/[/／\\]/).map((name) => name.trim());
    const known = this.#walk(names);
    if (known !== undefined) return ok(known);
    if (names.length === 1) {
      const named = this.#byName.get(names[0] ?? '') ?? [];
      if (named.length > 1) return failed('ambiguous');
      if (named[0] !== undefined) return ok(named[0]);
    }
    return unknown === 'made' ? this.#make(names) : failed('unknown');
  }

  /** Those that were made and lie on the way to one of these, each behind the one above it. */
  madeFor(ids: Iterable<string | null>): readonly StoredDepartment[] {
    const wanted = new Set<string>();
    for (const id of ids) {
      for (const each of departmentLine(this.#made, id)) wanted.add(each.id);
    }
    return [...this.#made.values()].filter(({ id }) => wanted.has(id));
  }

  /** The nearest department above that is there already; itself, mostly. */
  standing(id: string | null): string | null {
    if (id === null || this.#byId.has(id)) return id;
    return departmentLine(this.#made, id).at(-1)?.parentId ?? null;
  }

  #walk(names: readonly string[]): string | undefined {
    let at: string | undefined = TOP;
    for (const name of names) at = at === undefined ? at : this.#children.get(at)?.get(name);
    return at;
  }

  #make(names: readonly string[]): Result<string, PathFault> {
    if (names.length > DEPARTMENT_DEPTH_MAX) return failed('too-deep');
    if (!names.every((name) => newDepartment.shape.name.safeParse(name).success)) {
      return failed('bad-name');
    }
    let parentId: string | null = null;
    for (const name of names) {
      const known: string | undefined = this.#children.get(parentId ?? TOP)?.get(name);
      parentId = known ?? this.#add(parentId, name);
    }
    return parentId === null ? failed('bad-name') : ok(parentId);
  }

  #add(parentId: string | null, name: string): string {
    const id = this.#mint();
    const bare = { nameEn: null, position: 0, heads: [], version: 1 };
    const department = { id, parentId, name, ...bare };
    this.#made.set(id, department);
    this.#index(department);
    return id;
  }

  #index({ id, parentId, name }: StoredDepartment): void {
    const beside = this.#children.get(parentId ?? TOP) ?? new Map<string, string>();
    beside.set(name, id);
    this.#children.set(parentId ?? TOP, beside);
    this.#byName.set(name, [...(this.#byName.get(name) ?? []), id]);
  }
}
