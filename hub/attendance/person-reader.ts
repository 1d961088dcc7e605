import { personOf } from '#contracts/attendance/person-mapper';
import type { Person, World } from '#domain/attendance/person';
import type { Punch } from '#domain/attendance/punch/punch';
import { type DayNumber, isoOf } from '#domain/attendance/time/day-number';
import { type Timeline, timelineOf } from '#domain/attendance/timeline';
import { type DayReach, reachedFrom } from '#hub/attendance/day-reach';
import type {
  AttendanceRecordRepository,
  StoredApproval,
} from '#hub/storage/attendance-record-repository';
import type { PersonPunch, PunchRepository } from '#hub/storage/punch-repository';

const NEAR_DAYS = 8; // as far as the chains of overlapping windows go that a rotation makes in practice
const FAR_DAYS = 52; // as far as `clustersNear` follows one, and its outermost windows
const EDGE_DAYS = 3; // a date whose windows may still touch what lies behind it

interface ReaderDeps {
  readonly records: AttendanceRecordRepository;
  readonly punches: PunchRepository;
}

/** A person, and the forms as stored: each with the dates it may act on. */
export interface PersonRead {
  readonly person: Person;
  readonly forms: readonly StoredApproval[];
  readonly timeline: Timeline;
  /** The dates asked for, and those that share punches with them. */
  readonly reached: readonly DayNumber[];
}

/** Puts together what is stored about one person, around the dates that are to be computed. */
export class PersonReader {
  readonly #deps: ReaderDeps;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  /** Enough to compute these dates, and whatever shares punches with them. */
  async read(personId: string, dates: readonly DayNumber[], world: World): Promise<PersonRead> {
    const [from, to] = [Math.min(...dates), Math.max(...dates)];
    const near = { from: from - NEAR_DAYS, to: to + NEAR_DAYS };
    const read = whole(await this.#readBetween(personId, near, world), dates, world);
    const isWhole = read.reached.every(
      (date) => near.from + EDGE_DAYS <= date && date <= near.to - EDGE_DAYS,
    );
    if (isWhole) return read;
    const far = { from: from - FAR_DAYS, to: to + FAR_DAYS };
    return whole(await this.#readBetween(personId, far, world), dates, world);
  }

  async #readBetween(
    personId: string,
    { from: first, to: last }: Pick<DayReach, 'from' | 'to'>,
    world: World,
  ): Promise<Pick<PersonRead, 'person' | 'forms'>> {
    const { records, punches } = this.#deps;
    const clock = world.clockOf(world.zone);
    const range = { from: isoOf(first), to: isoOf(last) };
    const forms = await records.approvalsOf(personId, range);
    const approvals = forms.map((stored) => stored.form);
    const roster = await records.roster(personId, range);
    const member = await records.member(personId);
    const person = personOf({ id: personId, ...member, roster, approvals }, clock);
    const [fromMs, untilMs] = [clock.at(first, 0) * 1000, clock.at(last + 1, 0) * 1000];
    const own = await punches.ofPerson(personId, fromMs, untilMs);
    return { person: { ...person, punches: own.map(punchOf) }, forms };
  }
}

function whole(
  read: Pick<PersonRead, 'person' | 'forms'>,
  dates: readonly DayNumber[],
  world: World,
): PersonRead {
  const timeline = timelineOf(read.person, world);
  return { ...read, timeline, reached: reachedFrom(timeline, dates) };
}

function punchOf(stored: PersonPunch): Punch {
  const { id, method, direction, terminalId, siteId, bssid, liveness, clock, voided, eventId } =
    stored;
  return {
    id,
    at: Math.floor(stored.punchedAtMs / 1000),
    method,
    direction,
    terminalId,
    siteId,
    position: null,
    bssid,
    liveness,
    clock,
    uncertaintySeconds: Math.ceil(stored.errorMs / 1000),
    voided,
    eventId,
  };
}
