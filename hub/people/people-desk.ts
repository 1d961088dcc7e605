import { randomUUID } from 'node:crypto';
import type { NewPerson, Person, PersonChange } from '#contracts/rest/v1/people';
import { assert } from '#domain/assert';
import type { Reach } from '#domain/authority/reach';
import { type Employment, rehired } from '#domain/people/employment';
import { pseudonymOf } from '#domain/people/pseudonym';
import { failed, ok, type Result } from '#domain/result';
import { type Asker, isWithin, type PersonCheck } from '#hub/people/person-check';
import {
  changedRecord,
  recordOfNew,
  settledRecord,
  type Verifier,
  withPin,
} from '#hub/people/person-draft';
import {
  BEYOND_REACH,
  EMPLOYEE_NO_TAKEN,
  ENDS_BEFORE_IT_BEGINS,
  ERASED,
  HAS_HISTORY,
  NO_DEPARTMENT,
  NOT_LEFT,
  OVERLAPS_EARLIER,
  type PersonFailure,
  refused,
  STILL_EMPLOYED,
} from '#hub/people/person-failure';
import type { PersonWriter } from '#hub/people/person-writer';
import type { SiteDates } from '#hub/people/site-dates';
import type { AccountRepository } from '#hub/storage/account-repository';
import type { DepartmentRepository } from '#hub/storage/department-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { PeopleViewRepository } from '#hub/storage/people-view-repository';
import type { PersonRecord } from '#hub/storage/person-record';
import type { PersonRepository } from '#hub/storage/person-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { Clock } from '#platform/clock/clock';
import { isConstraintFailure } from '#platform/sql/sql-failure';

export interface PeopleDeskDeps {
  readonly db: HubDatabase;
  readonly people: PersonRepository;
  readonly views: PeopleViewRepository;
  readonly departments: DepartmentRepository;
  readonly accounts: AccountRepository;
  readonly templates: TemplateRepository;
  readonly check: PersonCheck;
  readonly writer: PersonWriter;
  readonly dates: SiteDates;
  readonly clock: Clock;
}

export type PersonResult = Result<Person, PersonFailure>;
type Draft = Result<PersonRecord, PersonFailure>;

const EVERYBODY: Reach = { kind: 'everybody', except: new Set() };

/** Where people are taken on, changed and let go; each act is one unit of work. */
export class PeopleDesk {
  readonly #deps: PeopleDeskDeps;

  constructor(deps: PeopleDeskDeps) {
    this.#deps = deps;
  }

  async add(given: Omit<NewPerson, 'pin'> & Verifier, asker: Asker): Promise<PersonResult> {
    const personId = randomUUID();
    return await this.#unit(async (atMs) => {
      const first = await this.#deps.dates.firstSite();
      const draft = recordOfNew(personId, given, first === undefined ? [] : [first]);
      return await this.#written(undefined, draft, { asker, atMs });
    });
  }

  /** @param isSeen whether the change was meant for the person as they are now */
  async change(
    personId: string,
    {
      change,
      isSeen,
    }: {
      readonly change: Omit<PersonChange, 'pin'> & Verifier;
      readonly isSeen: (version: string) => boolean;
    },
    asker: Asker,
  ): Promise<PersonResult> {
    return await this.#changed(personId, asker, (before) =>
      isSeen(String(before.version))
        ? ok(changedRecord(before, change))
        : failed({ kind: 'stale' }),
    );
  }

  async rehire(personId: string, next: Employment, asker: Asker): Promise<PersonResult> {
    return await this.#changed(personId, asker, (before) => {
      const career = rehired(before.career, next);
      if (career.ok) return ok({ ...before, career: career.value });
      if (career.failure === 'still-employed') return refused('conflict', STILL_EMPLOYED);
      const [fault, path] =
        career.failure === 'overlaps-earlier'
          ? [OVERLAPS_EARLIER, 'from']
          : [ENDS_BEFORE_IT_BEGINS, 'to'];
      return refused('invalid', { ...fault, path });
    });
  }

  /** @param pinVerifier undefined takes the PIN away */
  async setPin(
    personId: string,
    pinVerifier: string | undefined,
    asker: Asker,
  ): Promise<PersonResult> {
    return await this.#changed(personId, asker, (before) => ok(withPin(before, pinVerifier)));
  }

  /** All of them, or none. @returns how many were not there before */
  async move(
    personIds: readonly string[],
    departmentId: string | null,
    asker: Asker,
  ): Promise<Result<number, PersonFailure>> {
    const { db, people, departments, writer, clock } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    return await db.transaction(async () => {
      const within = await people.within(personIds, asker.people);
      const all = await people.records([...within]);
      if (all.length < new Set(personIds).size) return failed({ kind: 'absent' });
      if (all.some(({ erasedAtMs }) => erasedAtMs !== null)) return refused('conflict', ERASED);
      const known = await departments.all();
      if (departmentId !== null && !known.some(({ id }) => id === departmentId)) {
        return refused('invalid', NO_DEPARTMENT);
      }
      const moved = all.filter((each) => each.departmentId !== departmentId);
      const after = moved.map((each) => ({ before: each, after: { ...each, departmentId } }));
      if (after.some((each) => !isWithin(asker.people, each.after))) {
        return refused('not-allowed', BEYOND_REACH);
      }
      for (const each of after) await writer.write(each.before, each.after, atMs);
      return ok(after.length);
    });
  }

  /** Takes the face away everywhere; PIN and card go on working. */
  async eraseTemplates(personId: string, reach: Reach): Promise<PersonResult> {
    const { db, people, templates, writer, clock } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    return await db.transaction(async () => {
      const person = await people.recordWithin(personId, reach);
      if (person === undefined) return failed({ kind: 'absent' });
      // Told even when none are held here: a terminal may hold one whose enrolment is still under way.
      await templates.erase(personId);
      const note = { kind: 'erasure', personId, scope: 'templates' } as const;
      await writer.tell(
        person.siteIds.map((siteId) => ({ siteId, notes: [note] })),
        atMs,
      );
      return ok(await this.#shown(personId));
    });
  }

  /** Takes back that somebody was added by mistake. */
  async remove(personId: string, reach: Reach): Promise<Result<undefined, PersonFailure>> {
    const { db, people, accounts, templates, writer, clock } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    return await db.transaction(async () => {
      const person = await people.recordWithin(personId, reach);
      if (person === undefined) return failed({ kind: 'absent' });
      if (await people.hasHistory(personId)) return refused('conflict', HAS_HISTORY);
      try {
        await db.part(async () => {
          await templates.erase(personId);
          await accounts.removeStaff(personId);
          await people.remove(personId);
        });
      } catch (error) {
        // Some other table speaks of them, which is a history too.
        if (isConstraintFailure(error)) return refused('conflict', HAS_HISTORY);
        throw error;
      }
      const note = { kind: 'erasure', personId, scope: 'person' } as const;
      await writer.tell(
        person.siteIds.map((siteId) => ({ siteId, notes: [note] })),
        atMs,
      );
      return ok(undefined);
    });
  }

  /** Name, contacts, PIN and face go for good. What was punched and computed stays, and its chain. */
  async erase(personId: string, reach: Reach): Promise<PersonResult> {
    const { db, people, accounts, departments, templates, writer, clock } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    return await db.transaction(async () => {
      const before = await people.recordWithin(personId, reach);
      if (before === undefined) return failed({ kind: 'absent' });
      if (before.erasedAtMs !== null) return ok(await this.#shown(personId));
      if (before.leftAtMs === null) return refused('conflict', NOT_LEFT);
      await templates.erase(personId);
      await accounts.removeStaff(personId);
      await departments.removeHead(personId);
      await people.change(before, erasedRecord(before, atMs));
      // They were told when the last day was over; a terminal that was restored since may know again.
      const note = { kind: 'erasure', personId, scope: 'person' } as const;
      await writer.tell(
        before.siteIds.map((siteId) => ({ siteId, notes: [note] })),
        atMs,
      );
      return ok(await this.#shown(personId));
    });
  }

  async #changed(
    personId: string,
    asker: Asker,
    draftOf: (before: PersonRecord) => Draft,
  ): Promise<PersonResult> {
    return await this.#unit(async (atMs) => {
      const before = await this.#deps.people.recordWithin(personId, asker.people);
      if (before === undefined) return failed({ kind: 'absent' });
      const draft = draftOf(before);
      if (!draft.ok) return draft;
      return await this.#written(before, draft.value, { asker, atMs });
    });
  }

  async #written(
    before: PersonRecord | undefined,
    draft: PersonRecord,
    { asker, atMs }: { readonly asker: Asker; readonly atMs: number },
  ): Promise<PersonResult> {
    const { check, writer, dates } = this.#deps;
    const checked = await check.check(before, draft, asker);
    if (!checked.ok) return checked;
    const today = await dates.todayAt(draft.siteIds[0]);
    const after = settledRecord(draft, { today, atMs });
    await writer.write(before, after, atMs);
    return ok(await this.#shown(after.personId));
  }

  /** Two units that both found a number free: the index lets one of them have it. */
  async #unit(work: (atMs: number) => Promise<PersonResult>): Promise<PersonResult> {
    const { db, clock } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    return await db.transaction(async () => {
      try {
        return await db.part(async () => await work(atMs));
      } catch (error) {
        if (isConstraintFailure(error)) return refused('conflict', EMPLOYEE_NO_TAKEN);
        throw error;
      }
    });
  }

  async #shown(personId: string): Promise<Person> {
    const person = await this.#deps.views.view(personId, EVERYBODY);
    assert(person !== undefined, 'a person just written is there');
    return person;
  }
}

function erasedRecord(before: PersonRecord, atMs: number): PersonRecord {
  const name = pseudonymOf(before.personId)[before.locale];
  return {
    ...withPin(before, undefined),
    name,
    greetingName: name,
    manager: false,
    managerId: null,
    email: null,
    phone: null,
    erasedAtMs: atMs,
  };
}
