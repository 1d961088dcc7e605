import type { Refusal } from '#contracts/attendance/refusal';
import type { UnplacedPunch } from '#contracts/rest/v1/punch-placement';
import type { Punch } from '#contracts/rest/v1/punches';
import { assert } from '#domain/assert';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { DayMarks } from '#hub/attendance/day-marks';
import type { HubDatabase } from '#hub/storage/hub-database';
import type {
  ArrivalKey,
  LostPunch,
  PunchPlace,
  PunchPlacementRepository,
  WaitingPage,
} from '#hub/storage/punch-placement-repository';
import type { PunchRepository } from '#hub/storage/punch-repository';
import type { PunchTimeRepository } from '#hub/storage/punch-time-repository';
import type { Clock } from '#platform/clock/clock';

interface PlacementDeskDeps {
  readonly db: HubDatabase;
  readonly punches: PunchRepository;
  readonly placements: PunchPlacementRepository;
  readonly times: PunchTimeRepository;
  readonly marks: DayMarks;
  readonly clock: Clock;
  readonly onMarked: () => void;
}

/** What somebody says about a punch of unknown time. */
export interface Placing {
  readonly atMs: number;
  readonly note: string;
  readonly by: string;
  /** Whose punches they may place; never their own. */
  readonly reach: Reach;
}

export type PlacementFailure =
  | { readonly kind: 'absent' }
  | { readonly kind: 'refused' | 'conflict'; readonly refusals: readonly Refusal[] };

interface Bounds {
  readonly notBeforeMs: number | undefined;
  readonly notAfterMs: number;
}

/**
 * Where a punch gets its time from a person, when no contact of its boot could tell. Its number bounds
 * it between its neighbours; what the terminal claimed stays in its entry, and every placing is kept.
 */
export class PlacementDesk {
  readonly #deps: PlacementDeskDeps;

  constructor(deps: PlacementDeskDeps) {
    this.#deps = deps;
  }

  async waiting(
    wanted: WaitingPage,
  ): Promise<{ readonly punches: UnplacedPunch[]; readonly next: ArrivalKey | undefined }> {
    const { db, placements } = this.#deps;
    const { limit } = wanted;
    return await db.transaction(async () => {
      const rows = await placements.waiting({ ...wanted, limit: limit + 1 });
      const page = rows.slice(0, limit);
      const punches: UnplacedPunch[] = [];
      for (const lost of page) punches.push(await this.#unplaced(lost));
      const last = page.at(-1);
      const hasMore = rows.length > limit && last !== undefined;
      return { punches, next: hasMore ? [last.receivedAtMs, last.logId, last.seq] : undefined };
    });
  }

  /** Whose punch it is, for whoever may see it. */
  async personOf(punchId: string, reach: Reach): Promise<string | undefined> {
    const place = placeOf(punchId);
    if (place === undefined || !(await this.#deps.punches.isWithin(place, reach))) return undefined;
    return (await this.#punch(place)).personId;
  }

  /** One that was placed before may be placed again; one that a contact has told the time of, not. */
  async place(punchId: string, placing: Placing): Promise<Result<Punch, PlacementFailure>> {
    const { db, clock, onMarked } = this.#deps;
    const place = placeOf(punchId);
    if (place === undefined) return failed({ kind: 'absent' });
    const placedAtMs = clock.now().epochMilliseconds;
    const placed = await db.transaction(
      async () => await this.#place(place, { ...placing, placedAtMs }),
    );
    if (placed.ok) onMarked();
    return placed;
  }

  async #place(
    place: PunchPlace,
    { atMs, note, by, placedAtMs, reach }: Placing & { readonly placedAtMs: number },
  ): Promise<Result<Punch, PlacementFailure>> {
    const { punches, placements, times, marks } = this.#deps;
    const lost = await placements.lost(place, reach);
    if (lost === undefined) {
      const isKnown = await punches.isWithin(place, reach);
      return failed(isKnown ? KNOWN : { kind: 'absent' });
    }
    if (lost.retimedBy === 'contact') return failed(KNOWN);
    const bounds = await this.#boundsOf(lost);
    if (atMs < (bounds.notBeforeMs ?? -Infinity) || atMs > bounds.notAfterMs) {
      return failed({ kind: 'refused', refusals: [outside(bounds)] });
    }
    await placements.add({ ...place, atMs, note, by, placedAtMs });
    await times.retime(place, { atMs, errorMs: 0 }, 'person');
    await marks.atMoments([
      { personId: lost.personId, epochMs: lost.atMs },
      { personId: lost.personId, epochMs: atMs },
    ]);
    return ok(await this.#punch(place));
  }

  async #unplaced(lost: LostPunch): Promise<UnplacedPunch> {
    const { notBeforeMs, notAfterMs } = await this.#boundsOf(lost);
    return {
      punch: await this.#punch(lost),
      ...(notBeforeMs === undefined ? {} : { notBefore: instantOf(notBeforeMs) }),
      notAfter: instantOf(notAfterMs),
    };
  }

  /** Neighbours that contradict one another bound nothing: then only the arrival does. */
  async #boundsOf(lost: LostPunch): Promise<Bounds> {
    const { beforeMs, behindMs } = await this.#deps.placements.neighbours(lost);
    const notAfterMs = Math.min(lost.receivedAtMs, behindMs ?? Infinity);
    if (beforeMs !== undefined && beforeMs > notAfterMs) {
      return { notBeforeMs: undefined, notAfterMs: lost.receivedAtMs };
    }
    return { notBeforeMs: beforeMs, notAfterMs };
  }

  async #punch({ logId, seq }: PunchPlace): Promise<Punch> {
    const punch = await this.#deps.punches.get(logId, seq);
    assert(punch !== undefined, 'a punch is not removed');
    return punch;
  }
}

/** `logId:seq`, as a punch is shown. */
function placeOf(punchId: string): PunchPlace | undefined {
  const [, logId, seq] = /^([\w-]{1,60}):([1-9]\d{0,14})$/.exec(punchId) ?? [];
  return logId === undefined ? undefined : { logId, seq: Number(seq) };
}

function instantOf(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
}

const KNOWN: PlacementFailure = {
  kind: 'conflict',
  refusals: [
    {
      path: 'punchId',
      'zh-CN': '这次打卡的时间是已知的，不能改动；如有误，请提交补卡申请',
      en: 'the time of this punch is known and is not changed; hand in a make-up form instead',
    },
  ],
};

function outside({ notBeforeMs, notAfterMs }: Bounds): Refusal {
  const notAfter = instantOf(notAfterMs);
  if (notBeforeMs === undefined) {
    return {
      path: 'at',
      'zh-CN': `按同一终端的记录顺序，时间不能晚于 ${notAfter}`,
      en: `by its place in the terminal's log it was given no later than ${notAfter}`,
    };
  }
  const notBefore = instantOf(notBeforeMs);
  return {
    path: 'at',
    'zh-CN': `按同一终端的记录顺序，时间必须在 ${notBefore} 与 ${notAfter} 之间`,
    en: `by its place in the terminal's log it was given between ${notBefore} and ${notAfter}`,
  };
}
