// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { accountRoutes } from '#contracts/rest/v1/account';
import type { Call } from '#contracts/rest/v1/client/call';

export function accountClient(call: Call) {
  return {
    /** What this account may do; the hub decides anew on every request. */
    rights: call(accountRoutes.rights),
    /** Where this account is signed in, newest first. */
    openSessions: call(accountRoutes.openSessions),
    /** Ends one session of this account, on a device that was lost for example. */
    endSession: call(accountRoutes.endSession),
    /** Ends every session of this account but the one that asks. */
    endOtherSessions: call(accountRoutes.endOtherSessions),
    /** Whether signing in takes a code as well. */
    secondFactor: call(accountRoutes.secondFactor),
    /** Makes a secret for an authenticator application; shown once, and not on yet. */
    startSecondFactor: call(accountRoutes.startSecondFactor),
    /** Turns it on with the first code; answers recovery codes, shown once. */
    confirmSecondFactor: call(accountRoutes.confirmSecondFactor),
    /** Makes new recovery codes; those before end. */
    renewRecoveryCodes: call(accountRoutes.renewRecoveryCodes),
    /** Turns it off, with both factors shown; every session of the account ends. */
    endSecondFactor: call(accountRoutes.endSecondFactor),
  };
}
