import type { Person } from '#contracts/rest/v1/people';

/** By name, greeting name or employee number, in the order of employee numbers. */
export function matchingPeople(people: readonly Person[], words: string): readonly Person[] {
  const wanted = words.trim().toLocaleLowerCase();
  return people
    .filter((person) =>
      [person.name, person.greetingName, person.employeeNo].some((told) =>
        told.toLocaleLowerCase().includes(wanted),
      ),
    )
    .toSorted((a, b) => a.employeeNo.localeCompare(b.employeeNo, 'en', { numeric: true }));
}
