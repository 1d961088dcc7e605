import type { LeaveType } from '#domain/approvals/template/leave-type';
import type { Extent } from '#domain/attendance/approval/approval';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { intersect, lengthOf, type Spans, spanOf, union } from '#domain/attendance/time/span';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** How long a form is, in the grain it was written in. */
export type FormLength =
  | { readonly unit: 'minutes'; readonly minutes: number }
  | { readonly unit: 'halfDays'; readonly halfDays: number };

/** The working time of a date, divided where its half day ends. */
export interface WorkHalves {
  readonly morning: Spans;
  readonly afternoon: Spans;
}

/** What lengths are measured against: the person's own hours, on the clock of their place. */
export interface Timetable {
  readonly clock: ZoneClock;
  hoursOn(date: DayNumber): WorkHalves;
}

/** What a leave takes from its account on one date: minutes or half-days, as its type counts. */
export interface DatedAmount {
  readonly date: DayNumber;
  readonly amount: number;
}

/** Whether a form lasts so many days, exactly and without fractions of a float. */
export function atLeastDays(length: FormLength, days: number, dayMinutes: number): boolean {
  return length.unit === 'halfDays'
    ? length.halfDays >= days * 2
    : length.minutes >= days * dayMinutes;
}

/** The plain length of a trip, an outing or overtime: rests and days off are in it. */
export function plainLength(extent: Extent): FormLength {
  if (extent.unit === 'time') {
    return { unit: 'minutes', minutes: Math.ceil((extent.to - extent.from) / 60) };
  }
  const whole = (extent.to - extent.from + 1) * 2;
  const cut = Number(extent.starts === 'pm') + Number(extent.ends === 'am');
  return { unit: 'halfDays', halfDays: Math.max(0, whole - cut) };
}

/** What a leave takes on each of its dates; dates that cost nothing are left out. */
export function leaveAmounts(
  extent: Extent,
  type: Pick<LeaveType, 'unit' | 'counts' | 'stepMinutes'>,
  timetable: Timetable,
): readonly DatedAmount[] {
  return extent.unit === 'day'
    ? halfDayAmounts(extent, type, timetable)
    : minuteAmounts(extent, type, timetable);
}

/** The sum of dated amounts as the length of the form. */
export function leaveLength(unit: LeaveType['unit'], amounts: readonly DatedAmount[]): FormLength {
  const sum = amounts.reduce((total, { amount }) => total + amount, 0);
  return unit === 'hour' ? { unit: 'minutes', minutes: sum } : { unit: 'halfDays', halfDays: sum };
}

function halfDayAmounts(
  extent: Extract<Extent, { unit: 'day' }>,
  { counts }: Pick<LeaveType, 'counts'>,
  timetable: Timetable,
): readonly DatedAmount[] {
  const amounts: DatedAmount[] = [];
  for (let date = extent.from; date <= extent.to; date += 1) {
    const hours = timetable.hoursOn(date);
    const costs = (half: Spans): number => Number(counts === 'calendarDays' || half.length > 0);
    const morning = date > extent.from || extent.starts === 'am' ? costs(hours.morning) : 0;
    const afternoon = date < extent.to || extent.ends === 'pm' ? costs(hours.afternoon) : 0;
    if (morning + afternoon > 0) amounts.push({ date, amount: morning + afternoon });
  }
  return amounts;
}

/** Minutes of working time per business date; what the grid adds is taken on the last of them. */
function minuteAmounts(
  extent: Extract<Extent, { unit: 'time' }>,
  { counts, stepMinutes }: Pick<LeaveType, 'counts' | 'stepMinutes'>,
  timetable: Timetable,
): readonly DatedAmount[] {
  const { clock } = timetable;
  const span = spanOf(extent.from, extent.to);
  const first = clock.wallOf(extent.from).day - 1; // a night shift of the eve may still run
  const last = clock.wallOf(extent.to - 1).day;
  const amounts: DatedAmount[] = [];
  let total = 0;
  for (let date = first; date <= last; date += 1) {
    const { morning, afternoon } = timetable.hoursOn(date);
    const countable =
      counts === 'calendarDays'
        ? spanOf(clock.at(date, 0), clock.at(date + 1, 0))
        : union([...morning, ...afternoon]);
    const minutes = Math.ceil(lengthOf(intersect(span, countable)) / 60);
    if (minutes > 0) amounts.push({ date, amount: minutes });
    total += minutes;
  }
  const added = Math.ceil(total / stepMinutes) * stepMinutes - total;
  return amounts.map((each, index) =>
    index === amounts.length - 1 ? { ...each, amount: each.amount + added } : each,
  );
}
