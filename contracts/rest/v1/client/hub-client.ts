// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { accountClient } from '#contracts/rest/v1/client/account-client';
import { administratorsClient } from '#contracts/rest/v1/client/administrators-client';
import { apiClientsClient } from '#contracts/rest/v1/client/api-clients-client';
import { approvalsClient } from '#contracts/rest/v1/client/approvals-client';
import { attendanceClient } from '#contracts/rest/v1/client/attendance-client';
import { attendanceMonthsClient } from '#contracts/rest/v1/client/attendance-months-client';
import { auditClient } from '#contracts/rest/v1/client/audit-client';
import type { Call } from '#contracts/rest/v1/client/call';
import { departmentsClient } from '#contracts/rest/v1/client/departments-client';
import { exceptionsClient } from '#contracts/rest/v1/client/exceptions-client';
import { exportsClient } from '#contracts/rest/v1/client/exports-client';
import { formsClient } from '#contracts/rest/v1/client/forms-client';
import { groupEventsClient } from '#contracts/rest/v1/client/group-events-client';
import { joinClient } from '#contracts/rest/v1/client/join-client';
import { openApiClient } from '#contracts/rest/v1/client/open-api-client';
import { payrollClient } from '#contracts/rest/v1/client/payroll-client';
import { peopleClient } from '#contracts/rest/v1/client/people-client';
import { punchPlacementClient } from '#contracts/rest/v1/client/punch-placement-client';
import { punchesClient } from '#contracts/rest/v1/client/punches-client';
import { retirementClient } from '#contracts/rest/v1/client/retirement-client';
import { sessionClient } from '#contracts/rest/v1/client/session-client';
import { sheetsClient } from '#contracts/rest/v1/client/sheets-client';
import { signInClient } from '#contracts/rest/v1/client/sign-in-client';
import { siteClient } from '#contracts/rest/v1/client/site-client';
import { terminalsClient } from '#contracts/rest/v1/client/terminals-client';
import { webhooksClient } from '#contracts/rest/v1/client/webhooks-client';

/** Every question that can be put to a hub. */
export function hubClient(call: Call) {
  return {
    ...sessionClient(call),
    ...signInClient(call),
    ...accountClient(call),
    ...administratorsClient(call),
    ...apiClientsClient(call),
    ...auditClient(call),
    ...peopleClient(call),
    ...departmentsClient(call),
    ...sheetsClient(call),
    ...siteClient(call),
    ...joinClient(call),
    ...terminalsClient(call),
    ...retirementClient(call),
    ...punchesClient(call),
    ...punchPlacementClient(call),
    ...attendanceClient(call),
    ...attendanceMonthsClient(call),
    ...formsClient(call),
    ...approvalsClient(call),
    ...exceptionsClient(call),
    ...groupEventsClient(call),
    ...webhooksClient(call),
    ...payrollClient(call),
    ...exportsClient(call),
    ...openApiClient(call),
  };
}
export type HubClient = ReturnType<typeof hubClient>;
