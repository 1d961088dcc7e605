// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { peopleRoutes } from '#contracts/rest/v1/people';

export function peopleClient(call: Call) {
  return {
    /** People, in the order of their employee numbers. */
    listPeople: call(peopleRoutes.listPeople),
    /** Takes somebody on; the terminals learn of it at once. */
    addPerson: call(peopleRoutes.addPerson),
    /** Changes what is named, and leaves the rest. */
    changePerson: call(peopleRoutes.changePerson),
    /** Takes the face away everywhere; PIN and card go on working. */
    eraseFaces: call(peopleRoutes.eraseFaces),
  };
}
