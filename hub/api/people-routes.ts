import { peopleRoutes } from '#contracts/rest/v1/people';
import type { Asked, Handlers } from '#hub/api/handler';
import { accepted } from '#hub/api/person-refusal';
import type { RouteBook } from '#hub/api/route-book';
import type { PeopleDesk } from '#hub/people/people-desk';
import type { Asker } from '#hub/people/person-check';
import type { Verifier } from '#hub/people/person-draft';
import type { PeopleViewRepository } from '#hub/storage/people-view-repository';
import { hashSecret } from '#platform/crypto/secret-hash';

export interface PeopleRoutesDeps {
  readonly views: PeopleViewRepository;
  readonly desk: PeopleDesk;
}

type Routes = typeof peopleRoutes;

export function servePeople(book: RouteBook, deps: PeopleRoutesDeps): void {
  const { views, desk } = deps;
  book.serve(peopleRoutes, {
    listPeople: async ({ query, page, reach }) => {
      const { next, ...body } = await views.list({ ...query, ...page, reach });
      return { body, next };
    },
    getPerson: async ({ params, reach, refuse }) => {
      const body = await views.view(params.personId, reach);
      if (body === undefined) throw refuse('absent');
      return { body, version: body.version };
    },
    ...changeHandlers(desk),
    ...employmentHandlers(desk),
    ...pinHandlers(desk),
    movePeople: async ({ body: { personIds, departmentId }, ...asked }) => {
      const moved = accepted(await desk.move(personIds, departmentId, askerOf(asked)));
      return { body: { departmentId, moved } };
    },
    eraseFaces: async ({ params, reach }) => ({
      body: accepted(await desk.eraseTemplates(params.personId, reach)),
    }),
  });
}

type Changes = Pick<Routes, 'addPerson' | 'changePerson' | 'removePerson' | 'erasePerson'>;

function changeHandlers(desk: PeopleDesk): Handlers<Changes> {
  return {
    addPerson: async ({ body: { pin, ...given }, unit, ...asked }) => {
      const verifier = await verifierOf(pin); // takes long, and nobody waits for the books meanwhile
      const added = await unit(() => desk.add({ ...given, ...verifier }, askerOf(asked)));
      return { body: accepted(added) };
    },
    changePerson: async ({ params, body: { pin, ...given }, isExpected, unit, ...asked }) => {
      const change = { ...given, ...(await verifierOf(pin)) };
      const changed = await unit(() =>
        desk.change(params.personId, { change, isSeen: isExpected }, askerOf(asked)),
      );
      const body = accepted(changed);
      return { body, version: body.version };
    },
    removePerson: async ({ params, reach }) => {
      accepted(await desk.remove(params.personId, reach));
      return {};
    },
    erasePerson: async ({ params, reach }) => ({
      body: accepted(await desk.erase(params.personId, reach)),
    }),
  };
}

function employmentHandlers(desk: PeopleDesk): Handlers<Pick<Routes, 'rehirePerson'>> {
  return {
    rehirePerson: async ({ params, body, ...asked }) => ({
      body: accepted(await desk.rehire(params.personId, body, askerOf(asked))),
    }),
  };
}

function pinHandlers(desk: PeopleDesk): Handlers<Pick<Routes, 'setPin' | 'removePin'>> {
  return {
    setPin: async ({ params, body, unit, ...asked }) => {
      const verifier = await hashSecret(body.pin);
      accepted(await unit(() => desk.setPin(params.personId, verifier, askerOf(asked))));
      return {};
    },
    removePin: async ({ params, ...asked }) => {
      accepted(await desk.setPin(params.personId, undefined, askerOf(asked)));
      return {};
    },
  };
}

async function verifierOf(pin: string | undefined): Promise<Verifier> {
  return pin === undefined ? {} : { pinVerifier: await hashSecret(pin) };
}

type Reaching = Pick<Asked<Routes['addPerson']>, 'reach' | 'reachBy'>;

/** Whose record they may change, and whose rule. */
export function askerOf({ reach, reachBy }: Reaching): Asker {
  return { people: reach, rules: reachBy('rules', 'change') };
}
