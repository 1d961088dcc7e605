import { distanceMeters, judgePlace } from '#domain/attendance/punch/place';
import type {
  CleanPunch,
  Position,
  Punch,
  PunchFlag,
  PunchLapse,
  Site,
} from '#domain/attendance/punch/punch';
import type { Rule } from '#domain/attendance/rule/rule';
import { byCodePoint } from '#domain/attendance/text-order';

/** What cleaning may ask about a punch; the rule is that of the punch's own date. */
export interface CleanContext {
  readonly sites: ReadonlyMap<string, Site>;
  ruleAt(at: number): Rule | null;
  /** Whether an approved outing or trip is under way. */
  isAway(at: number): boolean;
}

/** Real logs carry 2000-01-01 after a flat battery: a clock nobody vouches for is not believed before this. */
const TIME_KNOWN_SINCE = 1_577_836_800; // 2020-01-01T00:00:00Z

const UNCERTAINTY_MAX_SECONDS = 60; // a status is a matter of minutes

/**
 * Sorts punches and says of each whether it counts, in an order that arrival has no part in.
 *
 * Equal punches by id are one punch delivered twice. A punch within the rule's window of the one kept
 * before it repeats it; of the two the better verified stays. Punches that state opposite directions
 * never repeat each other: out and in at the same second are legal.
 *
 * @see docs/rules/punches.md
 */
export function clean(punches: readonly Punch[], context: CleanContext): readonly CleanPunch[] {
  const once = new Map(punches.map((punch) => [punch.id, punch]));
  const admitted = [...once.values()].toSorted(byTime).map((punch) => admit(punch, context));
  return markTravel(suppressDuplicates(admitted, context), context);
}

function byTime(a: Punch, b: Punch): number {
  return a.at - b.at || directionOrder(a) - directionOrder(b) || byCodePoint(a.id, b.id);
}

function directionOrder(punch: Punch): number {
  return punch.direction === 'in' ? 1 : 0; // out and in at one second: the out ends what the in follows
}

function admit(punch: Punch, context: CleanContext): CleanPunch {
  const rule = context.ruleAt(punch.at);
  const place =
    rule?.place && punch.method !== 'field' && punch.method !== 'manager'
      ? judgePlace(punch, rule.place, context.sites)
      : { inside: true, distanceMeters: null };
  const methodFits = rule?.methods?.allowed.has(punch.method) ?? true;
  const flags: PunchFlag[] = [];
  if (!place.inside) flags.push(rule?.place?.outOfRange === 'field' ? 'field' : 'outside');
  if (punch.method === 'field') flags.push('field');
  if (!methodFits) flags.push('method');
  if (isClockDoubtful(punch)) flags.push('clock');
  return {
    punch,
    at: punch.at,
    lapse: lapseOf(punch, rule, { inside: place.inside, methodFits, away: context }),
    duplicateOf: null,
    flags,
    distanceMeters: place.distanceMeters,
    correction: null,
  };
}

function isClockDoubtful(punch: Punch): boolean {
  return punch.clock !== 'synced' && punch.uncertaintySeconds > UNCERTAINTY_MAX_SECONDS;
}

interface Verdicts {
  readonly inside: boolean;
  readonly methodFits: boolean;
  readonly away: Pick<CleanContext, 'isAway'>;
}

function lapseOf(punch: Punch, rule: Rule | null, verdicts: Verdicts): PunchLapse | null {
  if (punch.voided) return 'voided';
  const vouchedFor = punch.clock === 'synced' || punch.at >= TIME_KNOWN_SINCE;
  if (punch.clock === 'lost' || !vouchedFor) return 'timeUnknown';
  if (rule === null) return null;
  if (!verdicts.inside && rule.place?.outOfRange === 'refuse') return 'refusedPlace';
  if (!verdicts.methodFits && rule.methods?.otherwise === 'refuse') return 'refusedMethod';
  if (punch.method !== 'field' || rule.fieldPunches === 'counted') return null;
  const approved = rule.fieldPunches === 'approved' && verdicts.away.isAway(punch.at);
  return approved ? null : 'fieldNotCounted';
}

function suppressDuplicates(
  punches: readonly CleanPunch[],
  context: CleanContext,
): readonly CleanPunch[] {
  const result = [...punches];
  const kept: { readonly index: number; readonly punch: CleanPunch }[] = [];
  for (const [index, punch] of punches.entries()) {
    if (punch.lapse !== null) continue;
    const place = kept.findLastIndex((each) => repeats(each.punch, punch, context));
    const before = kept[place];
    if (before === undefined) {
      kept.push({ index, punch });
    } else if (isBetterVerified(punch.punch, before.punch.punch)) {
      result[before.index] = repeating(before.punch, punch);
      kept.splice(place, 1);
      kept.push({ index, punch });
    } else {
      result[index] = repeating(punch, before.punch);
    }
    if (kept.length > KEPT_NEAR_MAX) kept.shift();
  }
  return result;
}

/** One of each direction fits into a window, and a few more where somebody seems to fly between sites. */
const KEPT_NEAR_MAX = 8;

function repeating(punch: CleanPunch, kept: CleanPunch): CleanPunch {
  return { ...punch, lapse: 'duplicate', duplicateOf: kept.punch.id };
}

/** Out and in are two things; whoever says one of them twice within the window says it once. */
function repeats(kept: CleanPunch, next: CleanPunch, context: CleanContext): boolean {
  const window = context.ruleAt(next.at)?.duplicateSeconds ?? 0;
  const opposite =
    kept.punch.direction !== null &&
    next.punch.direction !== null &&
    kept.punch.direction !== next.punch.direction;
  return next.at - kept.at <= window && !opposite && !isImpossible(kept, next, context);
}

function isBetterVerified(next: Punch, kept: Punch): boolean {
  const difference = verificationOf(next) - verificationOf(kept);
  if (difference !== 0) return difference > 0;
  return next.uncertaintySeconds < kept.uncertaintySeconds;
}

/** A live face tells most; a number anybody may know, least. */
function verificationOf(punch: Punch): number {
  if (punch.method === 'face') return punch.liveness === null ? 5 : 6;
  const ranks = { manager: 4, card: 3, qr: 3, wifi: 2, field: 2, pin: 1 } as const;
  return ranks[punch.method];
}

function markTravel(punches: readonly CleanPunch[], context: CleanContext): readonly CleanPunch[] {
  const result = [...punches];
  let previous = -1;
  for (const [index, punch] of punches.entries()) {
    if (punch.lapse !== null) continue;
    const before = result[previous];
    if (before !== undefined && isImpossible(before, punch, context)) {
      result[previous] = withFlag(before, 'impossibleTravel');
      result[index] = withFlag(punch, 'impossibleTravel');
    }
    previous = index;
  }
  return result;
}

function withFlag(punch: CleanPunch, flag: PunchFlag): CleanPunch {
  return punch.flags.includes(flag) ? punch : { ...punch, flags: [...punch.flags, flag] };
}

/** Nobody covers the way between two places in the time between two punches. */
function isImpossible(before: CleanPunch, after: CleanPunch, context: CleanContext): boolean {
  const rule = context.ruleAt(after.at);
  const from = positionOf(before.punch, context.sites);
  const to = positionOf(after.punch, context.sites);
  if (rule === null || from === null || to === null) return false;
  const metersMax = (rule.travelKmh / 3.6) * (after.at - before.at);
  return distanceMeters(from, to) > metersMax + sameSpotMeters(before.punch, after.punch);
}

/** Two readings of one site differ by its size, and nobody travelled. */
function sameSpotMeters(before: Punch, after: Punch): number {
  return before.siteId !== null && before.siteId === after.siteId ? Infinity : 0;
}

function positionOf(punch: Punch, sites: ReadonlyMap<string, Site>): Position | null {
  const site = punch.siteId === null ? undefined : sites.get(punch.siteId);
  return punch.position ?? site?.position ?? null;
}
