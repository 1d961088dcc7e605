// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { openApiRoutes } from '#contracts/rest/v1/open-api-route';

export function openApiClient(call: Call) {
  return {
    /** This interface, as an OpenAPI document. */
    openApi: call(openApiRoutes.openApi),
  };
}
