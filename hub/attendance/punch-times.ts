import type { UpEntry } from '#contracts/wire/v1/up-log';
import { type BootAnchor, retimed } from '#hub/attendance/boot-time';
import type { DayMarks } from '#hub/attendance/day-marks';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Boot, DoubtfulPunch, PunchTimeRepository } from '#hub/storage/punch-time-repository';

const ANCHOR_EVERY_MS = 6 * 3_600_000; // two seconds of drift, and four rows a day
const CONTACT_ERROR_MS = 2000; // a question that travels longer is asked again by its terminal
const SAME_SKEW_MS = 1000; // beyond it the wall clock was set, and the other side wants an anchor, too
const BETTER_BY_MS = 50; // not every round trip that was a little shorter is worth a row
const CLOCKS_SET_SINCE_MS = 1_577_836_800_000; // 2020: no terminal is older than this software

/** A terminal asked for the time: both of its clocks then, and ours. */
export interface Contact extends Boot {
  readonly monoMs: number;
  readonly wallMs: number;
  readonly hubMs: number;
}

interface PunchTimesDeps {
  readonly db: HubDatabase;
  readonly times: PunchTimeRepository;
  readonly marks: DayMarks;
}

/**
 * Finds out when punches were given whose terminal did not know the time: as soon as it knows it, or has
 * asked for it, in the same boot. Until then they count on no day.
 */
export class PunchTimes {
  readonly #deps: PunchTimesDeps;

  constructor(deps: PunchTimesDeps) {
    this.#deps = deps;
  }

  /**
   * Within the transaction that stored them.
   *
   * @returns the punches that have another time now
   */
  async onEntries(terminalId: string, entries: readonly UpEntry[]): Promise<DoubtfulPunch[]> {
    const { times } = this.#deps;
    const waiting = new Set(await times.waitingBoots(terminalId));
    const newest = entries.findLast((entry) => entry.at.trust === 'synced');
    const anchored = new Map<string, UpEntry>();
    for (const entry of entries) {
      const { trust, bootId } = entry.at;
      const isWanted = waiting.has(bootId) || bootId === newest?.at.bootId;
      if (trust === 'synced' && isWanted) anchored.set(bootId, entry);
    }
    for (const [bootId, entry] of anchored) {
      await this.#note({ terminalId, bootId }, anchorFrom(entry));
    }
    const changed: DoubtfulPunch[] = [];
    for (const bootId of new Set([...waiting, ...anchored.keys()])) {
      changed.push(...(await this.#settle({ terminalId, bootId })));
    }
    return changed;
  }

  /** @returns whether a punch has another time now */
  async onContact({ hubMs, ...asked }: Contact): Promise<boolean> {
    const anchor = { ...asked, atMs: hubMs, errorMs: CONTACT_ERROR_MS };
    return await this.#deps.db.transaction(async () => {
      const isNews = await this.#note(asked, anchor);
      return isNews && (await this.#settle(asked)).length > 0;
    });
  }

  async #note(boot: Boot, anchor: BootAnchor): Promise<boolean> {
    const { times } = this.#deps;
    const isKnown = (known: BootAnchor): boolean =>
      Math.abs(known.monoMs - anchor.monoMs) < ANCHOR_EVERY_MS &&
      Math.abs(skewOf(known) - skewOf(anchor)) < SAME_SKEW_MS &&
      known.errorMs <= anchor.errorMs + BETTER_BY_MS;
    if ((await times.anchorsOf(boot)).some(isKnown)) return false;
    await times.addAnchor(boot, anchor);
    return true;
  }

  async #settle(boot: Boot): Promise<DoubtfulPunch[]> {
    const { times, marks } = this.#deps;
    const doubtful = await times.doubtfulOf(boot);
    if (doubtful.length === 0) return [];
    const anchors = await times.anchorsOf(boot);
    const changed: DoubtfulPunch[] = [];
    for (const punch of doubtful) {
      const known = await times.knownBeforeMs(punch);
      const isImpossible = punch.wallMs < Math.max(CLOCKS_SET_SINCE_MS, known);
      const time = retimed({ ...punch, isImpossible }, anchors);
      const isBetter = time !== undefined && (punch.isWaiting || time.errorMs < punch.errorMs);
      if (!isBetter) continue;
      await times.retime(punch, time, 'contact');
      const { personId, atMs } = punch;
      await marks.atMoments([
        { personId, epochMs: atMs },
        { personId, epochMs: time.atMs },
      ]);
      changed.push(punch);
    }
    return changed;
  }
}

function anchorFrom({ at }: UpEntry): BootAnchor {
  const { wallMs, monoMs, offsetMs, errorMs } = at;
  return { wallMs, monoMs, atMs: wallMs + offsetMs, errorMs };
}

function skewOf({ wallMs, monoMs }: Pick<BootAnchor, 'wallMs' | 'monoMs'>): number {
  return wallMs - monoMs;
}
