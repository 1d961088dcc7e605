import { type PlaceReach, reachesPlace } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import { decidedThrough } from '#hub/attendance/settle-day';
import type { AttendanceDayRepository } from '#hub/storage/attendance-day-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { RetirementRepository } from '#hub/storage/retirement-repository';
import type { TerminalRepository } from '#hub/storage/terminal-repository';
import type { Clock } from '#platform/clock/clock';

interface RetirementDeskDeps {
  readonly db: HubDatabase;
  readonly terminals: TerminalRepository;
  readonly retirements: RetirementRepository;
  readonly days: AttendanceDayRepository;
  readonly world: AttendanceWorld;
  readonly clock: Clock;
  /** Called after each commit. */
  readonly onChange: (terminalId: string) => void;
}

/** What happens to a terminal that is still heard of: stolen ones are, and so are mixed-up ones. */
export type OnlineTerminal = 'refuse' | 'accept';

/** Who does it, and where they may. */
export interface Retiring {
  readonly by: string;
  readonly places: PlaceReach;
}

/** Where a terminal that is gone for good is struck off, and where that is taken back. */
export class RetirementDesk {
  readonly #deps: RetirementDeskDeps;

  constructor(deps: RetirementDeskDeps) {
    this.#deps = deps;
  }

  /**
   * From the commit on its keys are refused, and no day waits for it any more.
   *
   * @returns how many days waited for nobody but it
   */
  async retire(
    terminalId: string,
    { by, online, places }: Retiring & { readonly online: OnlineTerminal },
  ): Promise<Result<{ readonly days: number }, 'absent' | 'online'>> {
    const { db, terminals, retirements, days, world, clock, onChange } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    type Retired = Result<{ readonly days: number }, 'absent' | 'online'>;
    const retired = await db.transaction(async (): Promise<Retired> => {
      const terminal = await terminals.joined(terminalId);
      if (terminal === undefined || !reachesPlace(places, terminal.siteId)) return failed('absent');
      const isOnline = (await terminals.get(terminalId))?.online === true;
      if (isOnline && online === 'refuse') return failed('online');
      await retirements.retire(terminalId, { by, atMs });
      const { progress } = (await world.now()).world;
      const { now } = await world.today();
      return ok({ days: await days.countWaiting(decidedThrough(now, progress.watermarks)) });
    });
    if (retired.ok) onChange(terminalId);
    return retired;
  }

  /** Nothing is joined by this: the terminal proves the join code anew the next time it is heard of. */
  async readmit(terminalId: string, { by, places }: Retiring): Promise<Result<void, 'absent'>> {
    const { db, terminals, retirements, clock, onChange } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    const isReadmitted = await db.transaction(async () => {
      if (!(await terminals.isWithin(terminalId, places))) return false;
      return await retirements.readmit(terminalId, { by, atMs });
    });
    if (!isReadmitted) return failed('absent');
    onChange(terminalId);
    return ok(undefined);
  }
}
