// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { retirementRoutes } from '#contracts/rest/v1/retirement';

export function retirementClient(call: Call) {
  return {
    /** Strikes off a terminal that is gone for good: its keys are refused, no day waits for it. */
    retireTerminal: call(retirementRoutes.retireTerminal),
    /** Lets a retired terminal prove the join code anew; what it still holds then arrives. */
    readmitTerminal: call(retirementRoutes.readmitTerminal),
  };
}
