// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { sessionRoutes } from '#contracts/rest/v1/session';

export function sessionClient(call: Call) {
  return {
    /** Who is signed in, with the token that every change has to carry. */
    session: call(sessionRoutes.session),
    /** Signs in; the session is a cookie that no script can read. */
    signIn: call(sessionRoutes.signIn),
    /** Shows the second factor that a right password asked for. */
    signInCode: call(sessionRoutes.signInCode),
    /** Ends this session. */
    signOut: call(sessionRoutes.signOut),
    /** Replaces the password; every other session of that account ends. */
    changePassword: call(sessionRoutes.changePassword),
  };
}
