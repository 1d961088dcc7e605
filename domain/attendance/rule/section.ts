import { DAY_SECONDS } from '#domain/attendance/time/day-number';

/** A stretch of a working day in wall seconds from 0:00 of the business date; may pass 24 h or lie before 0. */
export interface WallSpan {
  readonly from: number;
  readonly to: number;
}

/** Which of a section's two punches somebody must give. */
export type Required = 'both' | 'on' | 'off' | 'none';

/** One on/off pair of a working day, with its rests and the windows its punches are looked for in. */
export interface Section {
  readonly id: string;
  readonly on: number;
  readonly off: number;
  readonly rests: readonly WallSpan[];
  /** Both ends are inside, to the minute. */
  readonly onWindow: WallSpan;
  readonly offWindow: WallSpan;
  readonly required: Required;
}

/** How far windows reach that a rule does not spell out. */
export interface WindowMargins {
  readonly beforeOn: number;
  /** null: the usual 04:00 of the next day, or four hours after off for a section that ends later. */
  readonly afterOff: number | null;
}

export const BEFORE_ON_SECONDS = 4 * 3600; // as WeCom: a first punch counts from four hours before
const NEXT_DAY_4_00 = 28 * 3600; // as WeCom: a working day's punches end at 04:00
const MINUTE = 60;

/** Until 04:00, or four hours for a late end; but never into the hours of the same shift next day. */
function usualAfterOff(off: number, opens: number): number {
  const usual = Math.max(NEXT_DAY_4_00, off + BEFORE_ON_SECONDS);
  return Math.max(0, Math.min(usual, opens + DAY_SECONDS - MINUTE) - off);
}

/** A section as written down: windows may be left out. */
export interface SectionPlan extends Omit<Section, 'onWindow' | 'offWindow'> {
  readonly onWindow?: WallSpan | undefined;
  readonly offWindow?: WallSpan | undefined;
}

/**
 * Gives every section its windows.
 *
 * Inside a day two neighbours share the break between them: a lunch punch may be the off of the first
 * or the on of the second, and matching in order decides which.
 */
export function withWindows(
  plans: readonly SectionPlan[],
  margins: WindowMargins,
): readonly Section[] {
  const first = plans.at(0)?.on ?? 0;
  return plans.map((plan, index) => {
    const before = plans[index - 1];
    const after = plans[index + 1];
    const opens = plan.on - margins.beforeOn;
    const closes =
      plan.off + (margins.afterOff ?? usualAfterOff(plan.off, first - margins.beforeOn));
    const onWindow = plan.onWindow ?? {
      from: before === undefined ? opens : Math.max(opens, before.off),
      to: plan.off - MINUTE,
    };
    const offWindow = plan.offWindow ?? {
      from: plan.on + MINUTE,
      to: after === undefined ? closes : Math.max(plan.off, Math.min(closes, after.on - MINUTE)),
    };
    return { ...plan, onWindow, offWindow };
  });
}
