import { answerMonthOf, monthDayFrom } from '#contracts/attendance/month-mapper';
import type { StoredMonth } from '#contracts/rest/v1/attendance-months';
import { byCodePoint } from '#domain/attendance/text-order';
import type { Reach } from '#domain/authority/reach';
import type {
  AttendanceMonthRepository,
  BookedSum,
  StoredPart,
} from '#hub/storage/attendance-month-repository';
import type { HubDatabase } from '#hub/storage/hub-database';

interface MonthReaderDeps {
  readonly db: HubDatabase;
  readonly months: AttendanceMonthRepository;
}

/** Whose months are asked for. */
export interface MonthsWanted {
  /** `2026-03`. */
  readonly month: string;
  /** Of this person; without one, of everybody, page by page. */
  readonly personId?: string | undefined;
  readonly limit: number;
  readonly after: string | undefined;
  readonly reach: Reach;
}

/** Adds up stored days. Nothing is computed again, so a month cannot say anything else than its days. */
export class MonthReader {
  readonly #deps: MonthReaderDeps;

  constructor(deps: MonthReaderDeps) {
    this.#deps = deps;
  }

  /** @returns the months, and the key of the last one when there are more */
  async months(
    wanted: MonthsWanted,
  ): Promise<{ readonly months: StoredMonth[]; readonly next: [string] | undefined }> {
    const { db, months } = this.#deps;
    const { month, limit } = wanted;
    const span = { from: `${month}-01`, to: `${month}-31` }; // dates are compared as texts
    return await db.transaction(async () => {
      const after = wanted.after ?? '';
      const ids = await months.people({ ...wanted, after, limit: limit + 1 });
      const page = ids.slice(0, limit);
      const last = page.at(-1);
      const parts = Map.groupBy(await months.parts(page, span), (each) => each.personId);
      const booked = Map.groupBy(await months.booked(page, span), (each) => each.personId);
      return {
        months: page.map((personId) =>
          monthFrom({ personId, month }, parts.get(personId) ?? [], booked.get(personId) ?? []),
        ),
        next: ids.length > limit && last !== undefined ? [last] : undefined,
      };
    });
  }
}

function monthFrom(
  { personId, month }: { readonly personId: string; readonly month: string },
  parts: readonly StoredPart[],
  booked: readonly BookedSum[],
): StoredMonth {
  const states = { open: 0, pendingSync: 0, provisional: 0, final: 0 };
  for (const { state } of parts) states[state] += 1;
  const days = parts.map(({ part }) => monthDayFrom(part));
  return {
    ...answerMonthOf(personId, month, days),
    states,
    adjustments: booked
      .filter(({ difference }) => difference !== 0)
      .map(({ figure, difference }) => ({ figure, difference }))
      .toSorted((one, other) => byCodePoint(one.figure, other.figure)),
  };
}
