// Written by tools/generate-client.ts from the contracts; a change made here is lost.

import { attendanceMonthRoutes } from '#contracts/rest/v1/attendance-months';
import type { Call } from '#contracts/rest/v1/client/call';

export function attendanceMonthsClient(call: Call) {
  return {
    /** The month of each person: the sum of the stored days and nothing else. */
    listMonths: call(attendanceMonthRoutes.listMonths),
  };
}
