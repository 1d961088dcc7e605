import { randomUUID } from 'node:crypto';
import type { NewPerson, Person, PersonChange } from '#contracts/rest/v1/people';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import type { DownLogRepository, DownNote } from '#hub/storage/down-log-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { changedPerson, type PersonRepository } from '#hub/storage/person-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { Clock } from '#platform/clock/clock';
import { hashSecret } from '#platform/crypto/secret-hash';
import { isConstraintFailure } from '#platform/sql/sql-failure';

interface DeskDeps {
  readonly db: HubDatabase;
  readonly people: PersonRepository;
  readonly templates: TemplateRepository;
  readonly downLog: DownLogRepository;
  readonly site: SiteRepository;
  readonly clock: Clock;
  /** Called after each commit that terminals have to hear of. */
  readonly onChange: () => void;
}

export type PersonFailure = 'employee-no-taken' | 'absent';

interface Whom {
  readonly personId: string;
  /** Where one was asked for. */
  readonly employeeNo?: string | undefined;
}

type Change = (atMs: number) => Promise<Result<DownNote, PersonFailure>>;

/** Where people are taken on and changed; the terminals learn of it from the same transaction. */
export class PeopleDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  async add({ pin, ...rest }: NewPerson): Promise<Result<Person, PersonFailure>> {
    const verifier = pin === undefined ? {} : { pinVerifier: await hashSecret(pin) };
    const person = { personId: randomUUID(), ...rest, ...verifier };
    const { personId, employeeNo } = person;
    return await this.#commit({ personId, employeeNo }, async (atMs) => {
      const { people } = this.#deps;
      if ((await people.holderOf(employeeNo)) !== undefined) return failed('employee-no-taken');
      await people.add(person, atMs);
      return ok({ kind: 'person', personId });
    });
  }

  async change(
    personId: string,
    { pin, ...change }: PersonChange,
  ): Promise<Result<Person, PersonFailure>> {
    const verifier = pin === undefined ? {} : { pinVerifier: await hashSecret(pin) };
    const { employeeNo } = change;
    return await this.#commit({ personId, employeeNo }, async () => {
      const { people } = this.#deps;
      const before = await people.get(personId);
      if (before === undefined) return failed('absent');
      const after = { ...changedPerson(before, change), ...verifier };
      const holder = await people.holderOf(after.employeeNo);
      if (holder !== undefined && holder !== personId) return failed('employee-no-taken');
      await people.change(after);
      return ok({ kind: 'person', personId });
    });
  }

  /** Takes the face away everywhere; PIN and card go on working. */
  async eraseTemplates(personId: string): Promise<Result<Person, PersonFailure>> {
    return await this.#commit({ personId }, async () => {
      const { people, templates } = this.#deps;
      if ((await people.get(personId)) === undefined) return failed('absent');
      // Told even when none are held here: a terminal may hold one whose enrolment is still under way.
      await templates.erase(personId);
      return ok({ kind: 'erasure', personId, scope: 'templates' });
    });
  }

  /** The change and what terminals are told of it, or neither. */
  async #commit(whom: Whom, change: Change): Promise<Result<Person, PersonFailure>> {
    const { db, downLog, site, people, clock, onChange } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    const unit = async (): Promise<Result<Person, PersonFailure>> => {
      const note = await change(atMs);
      if (!note.ok) return note;
      await downLog.append((await site.get()).siteId, note.value, atMs);
      const person = await people.view(whom.personId);
      assert(person !== undefined, 'a person just written is there');
      return ok(person);
    };
    try {
      const changed = await db.transaction(unit);
      if (changed.ok) onChange();
      return changed;
    } catch (error) {
      if (await this.#isTaken(error, whom)) return failed('employee-no-taken');
      throw error;
    }
  }

  /** Two units that both found a number free: the index lets one of them have it. */
  async #isTaken(error: unknown, { personId, employeeNo }: Whom): Promise<boolean> {
    if (!isConstraintFailure(error) || employeeNo === undefined) return false;
    const holder = await this.#deps.people.holderOf(employeeNo);
    return holder !== undefined && holder !== personId;
  }
}
