import { z } from 'zod';
import { answerMonth } from '#contracts/attendance/answer-contract';
import { pageOf } from '#contracts/rest/v1/page';
import { defineRoute } from '#contracts/rest/v1/route';
import { personId } from '#contracts/wire/v1/ids';

const count = z.int().min(0);

/** A month of one person, and how settled it is. */
export const storedMonth = answerMonth
  .extend({
    /** Days of the month that are computed, by how settled they are. */
    states: z.strictObject({ open: count, pendingSync: count, provisional: count, final: count }),
    /** What was booked beside locked days of the month; not contained in its sums. */
    adjustments: z.array(z.strictObject({ figure: z.string(), difference: z.number() })),
  })
  .meta({ id: 'attendanceMonth' });
export type StoredMonth = z.output<typeof storedMonth>;

/** In the order of person ids; whoever has no computed day has a month of zeros. */
export const attendanceMonths = pageOf({ month: z.string(), months: z.array(storedMonth) });

export const monthsQuery = z.strictObject({
  month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month is written 2026-03'),
  personId: personId.optional(),
});

const PAGE_MAX = 200; // a department; six thousand days are read for it
const PAGE_DEFAULT = 100;

export const attendanceMonthRoutes = {
  listMonths: defineRoute({
    method: 'GET',
    path: '/attendance/months',
    authority: { capability: 'results', access: 'view' },
    summary: 'The month of each person: the sum of the stored days and nothing else.',
    query: monthsQuery,
    paged: { key: z.tuple([personId]), limitMax: PAGE_MAX, limitDefault: PAGE_DEFAULT },
    answers: { 200: attendanceMonths },
    errors: [],
  }),
} as const;
