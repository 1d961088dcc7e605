// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { peopleRoutes } from '#contracts/rest/v1/people';

export function peopleClient(call: Call) {
  return {
    /** People, in the order of their employee numbers. */
    listPeople: call(peopleRoutes.listPeople),
    /** One person. */
    getPerson: call(peopleRoutes.getPerson),
    /** Takes somebody on; the terminals of their sites learn of it at once. */
    addPerson: call(peopleRoutes.addPerson),
    /** Changes what is named, and leaves the rest. */
    changePerson: call(peopleRoutes.changePerson),
    /** Takes back that somebody was added; refused once there is a history. */
    removePerson: call(peopleRoutes.removePerson),
    /** Takes somebody on again; the days between are nobody’s absence. */
    rehirePerson: call(peopleRoutes.rehirePerson),
    /** Sets the PIN; whoever knew the old one is no longer let in by it. */
    setPin: call(peopleRoutes.setPin),
    /** Takes the PIN away. */
    removePin: call(peopleRoutes.removePin),
    /** Moves people to a department, all of them or none. */
    movePeople: call(peopleRoutes.movePeople),
    /** Erases name, contacts, PIN and face of somebody who left; the attendance record stays. */
    erasePerson: call(peopleRoutes.erasePerson),
    /** Takes the face away everywhere; PIN and card go on working. */
    eraseFaces: call(peopleRoutes.eraseFaces),
  };
}
