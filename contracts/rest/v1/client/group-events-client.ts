// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { groupEventRoutes } from '#contracts/rest/v1/group-events';

export function groupEventsClient(call: Call) {
  return {
    /** Group-punch events, the latest first. */
    listEvents: call(groupEventRoutes.listEvents),
    /** Announces an event; its id is given here. */
    addEvent: call(groupEventRoutes.addEvent),
    /** An event as it stands. */
    event: call(groupEventRoutes.event),
    /** Writes the next version of an event; those before are kept. */
    changeEvent: call(groupEventRoutes.changeEvent),
    /** Closes an event: it is not changed any more. Punches that arrive late still count. */
    closeEvent: call(groupEventRoutes.closeEvent),
    /** Who came to an event, read from the punches as they are known now. */
    eventAttendance: call(groupEventRoutes.eventAttendance),
  };
}
