// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { punchPlacementRoutes } from '#contracts/rest/v1/punch-placement';

export function punchPlacementClient(call: Call) {
  return {
    /** Punches of unknown time: they count on no day until somebody places them. */
    listUnplaced: call(punchPlacementRoutes.listUnplaced),
    /** Says when a punch of unknown time was given; what the terminal claimed is kept. */
    placePunch: call(punchPlacementRoutes.placePunch),
  };
}
