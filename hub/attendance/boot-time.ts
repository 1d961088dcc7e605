/** Both clocks of a terminal at one moment of one boot. */
export interface BootMoment {
  readonly wallMs: number;
  /** Since the boot; never goes back. */
  readonly monoMs: number;
}

/** A moment of a boot whose true time is known, give or take. */
export interface BootAnchor extends BootMoment {
  readonly atMs: number;
  readonly errorMs: number;
}

/** A moment of a boot whose true time is wanted. */
export interface DoubtfulMoment extends BootMoment {
  /** What the wall clock said cannot have been so: long past, or before something known. */
  readonly isImpossible: boolean;
}

export interface Retimed {
  readonly atMs: number;
  readonly errorMs: number;
}

const DRIFT_PER_MS = 1e-4; // a bad quartz: nine seconds a day
const STEP_MAX_MS = 60_000; // what a time service corrects in one go, and no sleep of a machine

/**
 * The true time of a moment, from the nearest moment of the same boot whose time is known: the
 * monotonic clock says how long the way between them was.
 *
 * That clock stands still while a machine sleeps, and then the wall clock seems to jump forward. Whether
 * it slept or somebody set it cannot be told, unless what the wall said before was impossible; so over
 * such a jump nothing is reckoned, and the punch waits for a person.
 */
export function retimed(
  moment: DoubtfulMoment,
  anchors: readonly BootAnchor[],
): Retimed | undefined {
  const [nearest] = anchors
    .filter((anchor) => isBridged(moment, anchor))
    .toSorted((one, other) => distanceOf(one, moment) - distanceOf(other, moment));
  if (nearest === undefined) return undefined;
  const drift = Math.ceil(distanceOf(nearest, moment) * DRIFT_PER_MS);
  return {
    atMs: nearest.atMs + (moment.monoMs - nearest.monoMs),
    errorMs: nearest.errorMs + drift,
  };
}

function distanceOf(anchor: BootAnchor, moment: BootMoment): number {
  return Math.abs(anchor.monoMs - moment.monoMs);
}

function isBridged(moment: DoubtfulMoment, anchor: BootAnchor): boolean {
  const isBefore = moment.monoMs <= anchor.monoMs;
  const jump = skewOf(anchor) - skewOf(moment);
  const forward = isBefore ? jump : -jump;
  return forward <= STEP_MAX_MS || (isBefore && moment.isImpossible);
}

function skewOf({ wallMs, monoMs }: BootMoment): number {
  return wallMs - monoMs;
}
