// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { exceptionRoutes } from '#contracts/rest/v1/exception-routes';

export function exceptionsClient(call: Call) {
  return {
    /** What somebody may have to look at, the most pressing first. */
    listExceptions: call(exceptionRoutes.listExceptions),
    /** How many of what: by person, kind, date, door or assignee. */
    groupExceptions: call(exceptionRoutes.groupExceptions),
    /** What to know before everything up to a date is locked. */
    readLockWarning: call(exceptionRoutes.readLockWarning),
    /** Assigns, resolves or reopens many; those that do not fit are told, the others are done. */
    handleExceptions: call(exceptionRoutes.handleExceptions),
    /** One of them. */
    readException: call(exceptionRoutes.readException),
    /** Assigns, resolves or reopens one. */
    handleException: call(exceptionRoutes.handleException),
  };
}
