// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { attendanceClient } from '#contracts/rest/v1/client/attendance-client';
import { attendanceMonthsClient } from '#contracts/rest/v1/client/attendance-months-client';
import type { Call } from '#contracts/rest/v1/client/call';
import { groupEventsClient } from '#contracts/rest/v1/client/group-events-client';
import { joinClient } from '#contracts/rest/v1/client/join-client';
import { openApiClient } from '#contracts/rest/v1/client/open-api-client';
import { peopleClient } from '#contracts/rest/v1/client/people-client';
import { punchPlacementClient } from '#contracts/rest/v1/client/punch-placement-client';
import { punchesClient } from '#contracts/rest/v1/client/punches-client';
import { retirementClient } from '#contracts/rest/v1/client/retirement-client';
import { sessionClient } from '#contracts/rest/v1/client/session-client';
import { siteClient } from '#contracts/rest/v1/client/site-client';
import { terminalsClient } from '#contracts/rest/v1/client/terminals-client';

/** Every question that can be put to a hub. */
export function hubClient(call: Call) {
  return {
    ...sessionClient(call),
    ...peopleClient(call),
    ...siteClient(call),
    ...joinClient(call),
    ...terminalsClient(call),
    ...retirementClient(call),
    ...punchesClient(call),
    ...punchPlacementClient(call),
    ...attendanceClient(call),
    ...attendanceMonthsClient(call),
    ...groupEventsClient(call),
    ...openApiClient(call),
  };
}
export type HubClient = ReturnType<typeof hubClient>;
