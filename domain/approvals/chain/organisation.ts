/** Somebody in the organisation, as it stood when it was asked. */
export interface OrgPerson {
  readonly id: string;
  readonly departmentId: string | null;
  /** null: the head of the department. */
  readonly managerId: string | null;
  /** false: has left, decides nothing any more. */
  readonly employed: boolean;
}

export interface OrgDepartment {
  readonly id: string;
  readonly parentId: string | null;
  readonly headIds: readonly string[];
}

/** A snapshot: a chain that was resolved once is not changed by the next reorganisation. */
export interface Organisation {
  readonly people: ReadonlyMap<string, OrgPerson>;
  readonly departments: ReadonlyMap<string, OrgDepartment>;
}

/** Who can decide about somebody else's form. */
export function isEligible(
  organisation: Organisation,
  personId: string,
  applicantId: string | null,
): boolean {
  return personId !== applicantId && organisation.people.get(personId)?.employed === true;
}

/**
 * The direct manager of somebody, or the next one up who is there and is not the applicant. Without a
 * manager of their own the heads of the department stand in, then those of the departments above.
 * Rings in the data end the search instead of the process.
 */
export function managersOf(
  organisation: Organisation,
  personId: string,
  applicantId: string | null,
): readonly string[] {
  const seen = new Set<string>();
  let person = organisation.people.get(personId);
  while (person !== undefined && !seen.has(person.id)) {
    seen.add(person.id);
    const { managerId, departmentId } = person;
    if (managerId === null) return headsFrom(organisation, departmentId, applicantId);
    if (isEligible(organisation, managerId, applicantId)) return [managerId];
    person = organisation.people.get(managerId);
  }
  const departmentId = organisation.people.get(personId)?.departmentId ?? null;
  return headsFrom(organisation, departmentId, applicantId);
}

/** The heads of the department so many levels up; where it has none who can decide, of the next above. */
export function headsOf(
  organisation: Organisation,
  applicantId: string,
  levelsUp: number,
): readonly string[] {
  let departmentId = organisation.people.get(applicantId)?.departmentId ?? null;
  for (let level = 0; level < levelsUp && departmentId !== null; level += 1) {
    departmentId = organisation.departments.get(departmentId)?.parentId ?? null;
  }
  return headsFrom(organisation, departmentId, applicantId);
}

function headsFrom(
  organisation: Organisation,
  departmentId: string | null,
  applicantId: string | null,
): readonly string[] {
  const seen = new Set<string>();
  let next = departmentId;
  while (next !== null && !seen.has(next)) {
    seen.add(next);
    const department = organisation.departments.get(next);
    const heads = (department?.headIds ?? []).filter((id) =>
      isEligible(organisation, id, applicantId),
    );
    if (heads.length > 0) return heads;
    next = department?.parentId ?? null;
  }
  return [];
}
