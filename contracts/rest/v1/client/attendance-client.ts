// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { attendanceRoutes } from '#contracts/rest/v1/attendance';
import type { Call } from '#contracts/rest/v1/client/call';

export function attendanceClient(call: Call) {
  return {
    /** The JSON Schema of the documents that can be tried. */
    attendanceSchema: call(attendanceRoutes.attendanceSchema),
    /** Computes a self-contained document and stores nothing. */
    previewAttendance: call(attendanceRoutes.previewAttendance),
    /** Every rule group: its draft, and the versions that hold. */
    listRules: call(attendanceRoutes.listRules),
    /** Writes the draft of a rule group; nothing takes effect by it. */
    saveRuleDraft: call(attendanceRoutes.saveRuleDraft),
    /** Lets the draft take effect on a date. */
    publishRule: call(attendanceRoutes.publishRule),
    /** Days that the company as a whole works or rests; replaces those before. */
    setCompanyDays: call(attendanceRoutes.setCompanyDays),
    /** Who works which shift on which date; dates that are not named stay. */
    setRoster: call(attendanceRoutes.setRoster),
    /** Rule, tags, special days and overrides of somebody; replaces those before. */
    setMember: call(attendanceRoutes.setMember),
    /** Computed days with how they came about, and what was booked since they were locked. */
    listDays: call(attendanceRoutes.listDays),
    /** Freezes every day up to a date; what comes later is booked as an adjustment. */
    lockPeriod: call(attendanceRoutes.lockPeriod),
  };
}
