// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { auditRoutes } from '#contracts/rest/v1/audit';
import type { Call } from '#contracts/rest/v1/client/call';

export function auditClient(call: Call) {
  return {
    /** Who did what, newest first. */
    listAudit: call(auditRoutes.listAudit),
    /** Walks the whole log; answers that it is whole, or the first number that is not. */
    verifyAudit: call(auditRoutes.verifyAudit),
    /** The log at moments past, signed by the hub: to be kept somewhere else. */
    auditCheckpoints: call(auditRoutes.auditCheckpoints),
  };
}
