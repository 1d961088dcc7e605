// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { apiClientRoutes } from '#contracts/rest/v1/authority';
import type { Call } from '#contracts/rest/v1/client/call';

export function apiClientsClient(call: Call) {
  return {
    /** Programs whose whole area the asker may look into, in order of names. */
    listApiClients: call(apiClientRoutes.listApiClients),
    /** One program, with the version that a change wants. */
    apiClient: call(apiClientRoutes.apiClient),
    /** Lets a program in; its token is shown once. */
    addApiClient: call(apiClientRoutes.addApiClient),
    /** Changes its name or what it may do; the token stays. */
    changeApiClient: call(apiClientRoutes.changeApiClient),
    /** Gives it a new token, shown once; the old one ends with the answer. */
    renewApiClient: call(apiClientRoutes.renewApiClient),
    /** Ends its token for good. */
    revokeApiClient: call(apiClientRoutes.revokeApiClient),
  };
}
