// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { approvalRoutes } from '#contracts/rest/v1/approval-routes';
import type { Call } from '#contracts/rest/v1/client/call';

export function approvalsClient(call: Call) {
  return {
    /** What forms there are, as they are offered now, and what is being worked on. */
    listTemplates: call(approvalRoutes.listTemplates),
    /** Writes the draft of a template; nobody is offered it yet. */
    saveTemplateDraft: call(approvalRoutes.saveTemplateDraft),
    /** Offers the draft to everybody; forms handed in before keep their version. */
    publishTemplate: call(approvalRoutes.publishTemplate),
    /** What somebody has left of each leave, and of make-ups in the month, on a date. */
    readQuotas: call(approvalRoutes.readQuotas),
    /** What was granted somebody by hand. */
    listGrants: call(approvalRoutes.listGrants),
    /** Grants leave by hand, or takes it away; a wrong one is set right by another. */
    addGrant: call(approvalRoutes.addGrant),
    /** Whose votes are lent to whom, by oneself or by somebody in reach. */
    listDelegations: call(approvalRoutes.listDelegations),
    /** Lends a vote for a while. */
    addDelegation: call(approvalRoutes.addDelegation),
    /** Takes a lent vote back from now on. */
    revokeDelegation: call(approvalRoutes.revokeDelegation),
    /** Takes a file in, by what it is and not by what it is called; a form then names it. */
    addAttachment: call(approvalRoutes.addAttachment),
    /** A file, for whoever sees the form it belongs to. */
    readAttachment: call(approvalRoutes.readAttachment),
    /** Takes in forms that another system has decided on; sent again, a row does nothing. */
    importForms: call(approvalRoutes.importForms),
    /** The same from a CSV or XLSX file with these columns, in English or Chinese. */
    importFormSheet: call(approvalRoutes.importFormSheet),
  };
}
