// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { punchRoutes } from '#contracts/rest/v1/punches';

export function punchesClient(call: Call) {
  return {
    /** Punches of one business date of the site, newest first; today without one. */
    listPunches: call(punchRoutes.listPunches),
  };
}
