import {
  type CheckinRecord,
  checkinRecords,
  hardwareRecord,
  isAsked,
} from '#contracts/wecom/checkin-data';
import { datesAround, dayDataOf, isDayAsked } from '#contracts/wecom/day-data';
import type { CallFault } from '#contracts/wecom/errcode';
import type { WecomGroups, WecomPerson } from '#contracts/wecom/person';
import type {
  CheckinDataRequest,
  DayDataRequest,
  HardwareDataRequest,
} from '#contracts/wecom/request';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import type { CompatRepository } from '#hub/storage/compat-repository';

const MS = 1000;

export interface WecomDeskDeps {
  readonly compat: CompatRepository;
  readonly rules: AttendanceRuleRepository;
}

type People = ReadonlyMap<string, WecomPerson>;
type Told<T> = Promise<Result<T, CallFault>>;

/** Attendance as WeCom's integrators read it. */
export class WecomDesk {
  readonly #deps: WecomDeskDeps;

  constructor(deps: WecomDeskDeps) {
    this.#deps = deps;
  }

  async checkinData(
    request: CheckinDataRequest,
    reach: Reach,
  ): Told<{ checkindata: CheckinRecord[] }> {
    const people = await this.#people(request.useridlist, reach);
    if (!people.ok) return people;
    const personIds = [...people.value.keys()];
    const days = await this.#deps.compat.days({ personIds, ...datesAround(request), reach });
    const punches = await this.#punches(personIds, request, { reach, by: 'punched_at_ms' });
    const known = new Map(punches.map((punch) => [punch.id, punch]));
    const groups = await this.#groups();
    const records = days.flatMap((day) => {
      const person = people.value.get(day.personId);
      return person === undefined ? [] : checkinRecords({ day, person, groups }, known);
    });
    return ok({ checkindata: records.filter((record) => isAsked(record, request)) });
  }

  async dayData(request: DayDataRequest, reach: Reach) {
    const people = await this.#people(request.useridlist, reach);
    if (!people.ok) return people;
    const personIds = [...people.value.keys()];
    const days = await this.#deps.compat.days({ personIds, ...datesAround(request), reach });
    const groups = await this.#groups();
    const datas = days
      .filter((day) => isDayAsked(day, request))
      .flatMap((day) => {
        const person = people.value.get(day.personId);
        return person === undefined ? [] : [dayDataOf(day, person, groups)];
      });
    return ok({ datas });
  }

  async hardwareData(request: HardwareDataRequest, reach: Reach) {
    const people = await this.#people(request.useridlist, reach);
    if (!people.ok) return people;
    const by = request.filter_type === 1 ? 'punched_at_ms' : 'received_at_ms';
    const punches = await this.#punches([...people.value.keys()], request, { reach, by });
    const checkindata = punches.flatMap((punch) => {
      const person = people.value.get(punch.personId);
      return person === undefined ? [] : [hardwareRecord(person, punch)];
    });
    return ok({ checkindata });
  }

  /** All or none: an answer that leaves somebody out would be booked as an absence. */
  async #people(userids: readonly string[], reach: Reach): Told<People> {
    const wanted = [...new Set(userids)];
    const found = await this.#deps.compat.people(wanted, reach);
    if (found.length < wanted.length) return failed('badUser');
    return ok(new Map(found.map((person) => [person.personId, person])));
  }

  async #punches(
    personIds: readonly string[],
    { starttime, endtime }: DayDataRequest,
    { reach, by }: { readonly reach: Reach; readonly by: 'punched_at_ms' | 'received_at_ms' },
  ) {
    const from = starttime * MS;
    const to = endtime * MS + MS - 1; // the last second belongs to it
    return await this.#deps.compat.punches({ personIds, from, to, reach }, by);
  }

  async #groups(): Promise<WecomGroups> {
    const versions = await this.#deps.rules.versions();
    return new Map(versions.map(({ rule }) => [rule.id, { name: rule.name, kind: rule.kind }]));
  }
}
