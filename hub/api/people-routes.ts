import { peopleRoutes } from '#contracts/rest/v1/people';
import { EMPLOYEE_NO_TAKEN } from '#hub/api/problem-texts';
import type { RouteBook } from '#hub/api/route-book';
import type { PeopleDesk } from '#hub/people/people-desk';
import type { PersonRepository } from '#hub/storage/person-repository';

export interface PeopleRoutesDeps {
  readonly people: PersonRepository;
  readonly desk: PeopleDesk;
}

const TAKEN = { errors: [{ path: 'employeeNo', reason: EMPLOYEE_NO_TAKEN }] };

export function servePeople(book: RouteBook, { people, desk }: PeopleRoutesDeps): void {
  book.serve(peopleRoutes, {
    listPeople: async ({ query, page }) => {
      const { next, ...body } = await people.list({ ...query, ...page });
      return { body, next };
    },
    addPerson: async ({ body, refuse }) => {
      const added = await desk.add(body);
      if (!added.ok) throw refuse('conflict', TAKEN);
      return { body: added.value };
    },
    changePerson: async ({ params, body, refuse }) => {
      const changed = await desk.change(params.personId, body);
      if (changed.ok) return { body: changed.value };
      throw changed.failure === 'absent' ? refuse('absent') : refuse('conflict', TAKEN);
    },
    eraseFaces: async ({ params, refuse }) => {
      const erased = await desk.eraseTemplates(params.personId);
      if (!erased.ok) throw refuse('absent');
      return { body: erased.value };
    },
  });
}
