// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { signInRoutes } from '#contracts/rest/v1/sign-in';

export function signInClient(call: Call) {
  return {
    /** What the sign-in page offers besides a password. */
    signInWays: call(signInRoutes.signInWays),
    /** Sends the browser to the identity provider of the company. */
    startProvider: call(signInRoutes.startProvider),
    /** Where the provider sends people back; signs them in, or says why not on the sign-in page. */
    finishProvider: call(signInRoutes.finishProvider),
    /** Whose link it is and whether it still works; spends nothing. */
    checkReset: call(signInRoutes.checkReset),
    /** Sets the password that a link is for, once; every session of that account ends. */
    resetPassword: call(signInRoutes.resetPassword),
  };
}
