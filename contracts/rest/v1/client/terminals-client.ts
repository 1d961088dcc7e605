// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { terminalRoutes } from '#contracts/rest/v1/terminals';

export function terminalsClient(call: Call) {
  return {
    /** Every terminal the hub knows, with its health. */
    listTerminals: call(terminalRoutes.listTerminals),
  };
}
