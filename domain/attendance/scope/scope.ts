import type { Member } from '#domain/attendance/rule/assignment';

/** Whose records a manager may see. Nobody's unless something here says so. */
export interface Scope {
  readonly people: ReadonlySet<string>;
  readonly departments: ReadonlySet<string>;
}

/** Whether a manager of this scope may see the member's records. */
export function isInScope(member: Pick<Member, 'id' | 'departments'>, scope: Scope): boolean {
  return (
    scope.people.has(member.id) ||
    member.departments.some((department) => scope.departments.has(department))
  );
}
