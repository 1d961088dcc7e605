import { personOf } from '#contracts/attendance/person-mapper';
import type { Person, World } from '#domain/attendance/person';
import type { Punch } from '#domain/attendance/punch/punch';
import { isoOf } from '#domain/attendance/time/day-number';
import type {
  AttendanceRecordRepository,
  StoredApproval,
} from '#hub/storage/attendance-record-repository';
import type { PersonPunch, PunchRepository } from '#hub/storage/punch-repository';

/** Far enough for every chain of overlapping windows that a rotation makes in practice. */
const NEIGHBOUR_DAYS = 8;

interface ReaderDeps {
  readonly records: AttendanceRecordRepository;
  readonly punches: PunchRepository;
}

/** A person, and the forms as stored: each with the dates it may act on. */
export interface PersonRead {
  readonly person: Person;
  readonly forms: readonly StoredApproval[];
}

/** Puts together what is stored about one person, around the dates that are to be computed. */
export class PersonReader {
  readonly #deps: ReaderDeps;

  constructor(deps: ReaderDeps) {
    this.#deps = deps;
  }

  async read(
    personId: string,
    dates: { readonly from: number; readonly to: number },
    world: World,
  ): Promise<PersonRead> {
    const { records, punches } = this.#deps;
    const clock = world.clockOf(world.zone);
    const [first, last] = [dates.from - NEIGHBOUR_DAYS, dates.to + NEIGHBOUR_DAYS];
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

function punchOf(stored: PersonPunch): Punch {
  const { id, method, direction, terminalId, siteId, bssid, liveness, clock, voided } = stored;
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
    eventId: null,
  };
}
