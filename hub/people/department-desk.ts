import { randomUUID } from 'node:crypto';
import type {
  DepartmentChange,
  DepartmentView,
  NewDepartment,
} from '#contracts/rest/v1/departments';
import { assert } from '#domain/assert';
import { coversArea, type Reach } from '#domain/authority/reach';
import { placementFault } from '#domain/people/department-line';
import { failed, ok, type Result } from '#domain/result';
import {
  DEPARTMENT_BEYOND_REACH,
  NAME_TAKEN,
  NO_HEAD,
  notEmpty,
  placementRefusal,
  TOO_MANY_DEPARTMENTS,
} from '#hub/people/department-failure';
import { type PersonFailure, refused } from '#hub/people/person-failure';
import type { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import type { DepartmentRepository, StoredDepartment } from '#hub/storage/department-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PersonRepository } from '#hub/storage/person-repository';
import { isConstraintFailure } from '#platform/sql/sql-failure';

const DEPARTMENTS_MAX = 5000; // the tree is read whole: a company of ten thousand has some hundred

export interface DepartmentDeskDeps {
  readonly db: HubDatabase;
  readonly departments: DepartmentRepository;
  readonly people: PersonRepository;
  readonly work: AttendanceWorkRepository;
  /** After a commit by which days have to be computed. */
  readonly onMarked: () => void;
}

type DepartmentResult = Result<DepartmentView, PersonFailure>;
type Checked = Result<undefined, PersonFailure>;

/** Where the tree of departments is changed. It stays a tree. */
export class DepartmentDesk {
  readonly #deps: DepartmentDeskDeps;

  constructor(deps: DepartmentDeskDeps) {
    this.#deps = deps;
  }

  /** In the order of a walk from the top. */
  async list(reach: Reach): Promise<readonly DepartmentView[]> {
    const { departments } = this.#deps;
    const visible = await departments.visibleTo(reach);
    const counts = await departments.headcounts(reach);
    const shown = (await departments.all()).filter(({ id }) => visible.has(id));
    return walked(shown).map((each) => viewOf(each, counts.get(each.id) ?? 0));
  }

  async get(departmentId: string, reach: Reach): Promise<DepartmentView | undefined> {
    return (await this.list(reach)).find((each) => each.departmentId === departmentId);
  }

  async add(given: NewDepartment, reach: Reach): Promise<DepartmentResult> {
    const { departments } = this.#deps;
    const { name, nameEn = null, parentId = null, position = 0, heads = [] } = given;
    const department = { id: randomUUID(), name, nameEn, parentId, position, heads, version: 1 };
    return await this.#unit(async () => {
      const known = await departments.all();
      if (known.length >= DEPARTMENTS_MAX) return refused('conflict', TOO_MANY_DEPARTMENTS);
      if (!mayPlace(reach, parentId)) return refused('not-allowed', DEPARTMENT_BEYOND_REACH);
      const checked = await this.#check(department, known);
      if (!checked.ok) return checked;
      await departments.add(department);
      return ok(viewOf(department, 0));
    });
  }

  /** @param isSeen whether the change was meant for the department as it is now */
  async change(
    departmentId: string,
    {
      change,
      isSeen,
    }: {
      readonly change: DepartmentChange;
      readonly isSeen: (version: string) => boolean;
    },
    reach: Reach,
  ): Promise<DepartmentResult> {
    const { departments } = this.#deps;
    return await this.#unit(async () => {
      const visible = await departments.visibleTo(reach);
      const known = await departments.all();
      const before = known.find(({ id }) => id === departmentId);
      if (before === undefined || !visible.has(departmentId)) return failed({ kind: 'absent' });
      if (!isSeen(String(before.version))) return failed({ kind: 'stale' });
      const after = changed(before, change);
      const isMoved = after.parentId !== before.parentId;
      const mayChange =
        covers(reach, departmentId) && (!isMoved || mayPlace(reach, after.parentId));
      if (!mayChange) return refused('not-allowed', DEPARTMENT_BEYOND_REACH);
      const checked = await this.#check(after, known);
      if (!checked.ok) return checked;
      const written = await departments.change(after);
      if (isMoved) await this.#mark(departmentId);
      const counts = await departments.headcounts(reach);
      return ok(viewOf(written, counts.get(departmentId) ?? 0));
    });
  }

  async remove(departmentId: string, reach: Reach): Promise<Checked> {
    const { db, departments } = this.#deps;
    return await db.transaction(async () => {
      const visible = await departments.visibleTo(reach);
      if (!visible.has(departmentId)) return failed({ kind: 'absent' });
      if (!covers(reach, departmentId)) return refused('not-allowed', DEPARTMENT_BEYOND_REACH);
      const counts = await departments.countsOf(departmentId);
      if (counts.people + counts.below > 0) return refused('conflict', notEmpty(counts));
      await departments.remove(departmentId);
      return ok(undefined);
    });
  }

  async #check(department: StoredDepartment, known: readonly StoredDepartment[]): Promise<Checked> {
    const { id, parentId, name, heads } = department;
    const before = known.find((each) => each.id === id);
    const fault = placementFault(new Map(known.map((each) => [each.id, each])), department);
    if (fault !== null) return refused('invalid', placementRefusal(fault));
    const isTaken = known.some(
      (each) => each.id !== id && each.parentId === parentId && each.name === name,
    );
    if (isTaken) return refused('conflict', NAME_TAKEN);
    const added = heads.filter((head) => before?.heads.includes(head) !== true);
    const people = await this.#deps.people.records(added);
    const areHere = people.filter((each) => each.leftAtMs === null && each.erasedAtMs === null);
    return areHere.length === added.length ? ok(undefined) : refused('invalid', NO_HEAD);
  }

  /** Everybody in it and below has other departments above them. */
  async #mark(departmentId: string): Promise<void> {
    const { db, work, onMarked } = this.#deps;
    await work.markExistingBelow(departmentId);
    db.whenCommitted(onMarked);
  }

  /** Of two units that both found a name free the index lets one have it. */
  async #unit(work: () => Promise<DepartmentResult>): Promise<DepartmentResult> {
    const { db } = this.#deps;
    return await db.transaction(async () => {
      try {
        return await db.part(work);
      } catch (error) {
        if (isConstraintFailure(error)) return refused('conflict', NAME_TAKEN);
        throw error;
      }
    });
  }
}

/** The top belongs to whoever administers everybody. */
function mayPlace(reach: Reach, parentId: string | null): boolean {
  return parentId === null ? reach.kind === 'everybody' : covers(reach, parentId);
}

function covers(reach: Reach, departmentId: string): boolean {
  return coversArea(reach, { departments: new Set([departmentId]), sites: null });
}

function changed(before: StoredDepartment, change: DepartmentChange): StoredDepartment {
  const { name, nameEn, parentId, position, heads } = change;
  return {
    ...before,
    name: name ?? before.name,
    nameEn: nameEn === undefined ? before.nameEn : nameEn,
    parentId: parentId === undefined ? before.parentId : parentId,
    position: position ?? before.position,
    heads: heads ?? before.heads,
  };
}

function viewOf(department: StoredDepartment, people: number): DepartmentView {
  const { id, name, nameEn, parentId, position, heads, version } = department;
  const shown = { departmentId: id, name, nameEn, parentId, position, heads: [...heads], people };
  return { ...shown, version: String(version) };
}

/** Each department before those below it; what lies below nothing that is there stands at the top. */
export function walked(departments: readonly StoredDepartment[]): readonly StoredDepartment[] {
  const known = new Set(departments.map(({ id }) => id));
  const below = Map.groupBy(departments, ({ parentId }) =>
    parentId !== null && known.has(parentId) ? parentId : null,
  );
  const order: StoredDepartment[] = [];
  const open = [...(below.get(null) ?? [])].toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    order.push(next);
    open.push(...(below.get(next.id) ?? []).toReversed());
  }
  assert(order.length <= departments.length, 'a walk passes each department once');
  return order;
}
