import { attendanceMonthRoutes } from '#contracts/rest/v1/attendance-months';
import type { RouteBook } from '#hub/api/route-book';
import type { MonthReader } from '#hub/attendance/month-reader';

export function serveMonths(book: RouteBook, months: MonthReader): void {
  book.serve(attendanceMonthRoutes, {
    listMonths: async ({ query, reach, page: { limit, after } }) => {
      const read = await months.months({ ...query, reach, limit, after: after?.[0] });
      return { body: { month: query.month, months: read.months }, next: read.next };
    },
  });
}
