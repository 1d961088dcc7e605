/** The working day as drawn: whole hours, seven to nine unless a punch lies outside. */
const FROM_HOUR = 7;
const TO_HOUR = 21;
const TICK_EVERY_HOURS = 3;

export interface DayScale {
  readonly fromMinute: number;
  readonly toMinute: number;
  /** Minutes of the day at which the line is ticked. */
  readonly ticks: readonly number[];
}

/** @param minutes of the day of each punch to be shown */
export function dayScale(minutes: readonly number[]): DayScale {
  const first = Math.min(FROM_HOUR * 60, ...minutes);
  const last = Math.max(TO_HOUR * 60, ...minutes);
  const fromMinute = Math.floor(first / 60) * 60;
  const toMinute = Math.min(24, Math.ceil(last / 60)) * 60;
  const ticks: number[] = [];
  for (let hour = 0; hour <= 24; hour += TICK_EVERY_HOURS) {
    const minute = hour * 60;
    if (minute > fromMinute && minute < toMinute) ticks.push(minute);
  }
  return { fromMinute, toMinute, ticks };
}

/** Where on the line a minute lies, 0 to 1. */
export function shareOf(scale: DayScale, minute: number): number {
  return (minute - scale.fromMinute) / (scale.toMinute - scale.fromMinute);
}

/** Labels closer than this run into each other; the earlier one stays, and the last always does. */
const LABEL_GAP_SHARE = 0.09;

/** Which of several places along the line get a label. */
export function labelled(shares: readonly number[]): readonly number[] {
  const last = shares.length - 1;
  const chosen: number[] = [];
  shares.forEach((share, index) => {
    const before = chosen.at(-1);
    const isFree = before === undefined || share - (shares[before] ?? 0) >= LABEL_GAP_SHARE;
    const leavesLast =
      index === last || index === 0 || (shares[last] ?? 1) - share >= LABEL_GAP_SHARE;
    if (isFree && leavesLast) chosen.push(index);
  });
  return chosen;
}
