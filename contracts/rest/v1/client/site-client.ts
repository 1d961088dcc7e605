// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { siteRoutes } from '#contracts/rest/v1/terminals';

export function siteClient(call: Call) {
  return {
    /** The site this hub serves. */
    site: call(siteRoutes.site),
    /** Changes the names or the zone; another zone has every day computed again. */
    changeSite: call(siteRoutes.changeSite),
  };
}
