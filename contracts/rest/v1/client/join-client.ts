// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { joinRoutes } from '#contracts/rest/v1/join';

export function joinClient(call: Call) {
  return {
    /** What another terminal needs to join this hub. */
    joinInstructions: call(joinRoutes.joinInstructions),
  };
}
