// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { administratorRoutes } from '#contracts/rest/v1/authority';
import type { Call } from '#contracts/rest/v1/client/call';

export function administratorsClient(call: Call) {
  return {
    /** Administrators whose whole area the asker may look into, in order of names. */
    listAdministrators: call(administratorRoutes.listAdministrators),
    /** One administrator, with the version that a change wants. */
    administrator: call(administratorRoutes.administrator),
    /** What this administrator may do, and with how many. */
    viewAsAdministrator: call(administratorRoutes.viewAsAdministrator),
    /** Appoints one, with a link to set the first password; nobody gives more than they hold. */
    addAdministrator: call(administratorRoutes.addAdministrator),
    /** Changes what one may do, or shuts them out; their sessions end. */
    changeAdministrator: call(administratorRoutes.changeAdministrator),
    /** Takes the rank away; a member of staff keeps the account, any other account goes. */
    removeAdministrator: call(administratorRoutes.removeAdministrator),
    /** Makes a link that sets a new password, once, within a day. */
    resetPasswordOf: call(administratorRoutes.resetPasswordOf),
    /** Takes the second factor away from somebody who has lost it; their sessions end. */
    resetSecondFactorOf: call(administratorRoutes.resetSecondFactorOf),
    /** From whom a second factor is wanted. */
    signInPolicy: call(administratorRoutes.signInPolicy),
    /** Decides from whom a second factor is wanted; super administrators only. */
    setSignInPolicy: call(administratorRoutes.setSignInPolicy),
    /** Makes a link by which a member of staff sets a password for the portal, once, within a week. */
    inviteStaff: call(administratorRoutes.inviteStaff),
    /** Takes the second factor of the portal away from somebody who has lost it. */
    resetStaffSecondFactor: call(administratorRoutes.resetStaffSecondFactor),
  };
}
