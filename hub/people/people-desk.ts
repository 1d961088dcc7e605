import { randomUUID } from 'node:crypto';
import type { NewPerson, Person, PersonChange } from '#contracts/rest/v1/people';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import type { DownLogRepository, DownNote } from '#hub/storage/down-log-repository';
import { changedPerson, type PersonRepository } from '#hub/storage/person-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { TemplateRepository } from '#hub/storage/template-repository';
import type { Clock } from '#platform/clock/clock';
import { hashSecret } from '#platform/crypto/secret-hash';
import type { SqliteDatabase } from '#platform/sqlite/database';

interface DeskDeps {
  readonly db: SqliteDatabase;
  readonly people: PersonRepository;
  readonly templates: TemplateRepository;
  readonly downLog: DownLogRepository;
  readonly site: SiteRepository;
  readonly clock: Clock;
  /** Called after each commit that terminals have to hear of. */
  readonly onChange: () => void;
}

export type PersonFailure = 'employee-no-taken' | 'absent';

/** Where people are taken on and changed; the terminals learn of it from the same transaction. */
export class PeopleDesk {
  readonly #deps: DeskDeps;

  constructor(deps: DeskDeps) {
    this.#deps = deps;
  }

  async add({ pin, ...rest }: NewPerson): Promise<Result<Person, PersonFailure>> {
    const verifier = pin === undefined ? {} : { pinVerifier: await hashSecret(pin) };
    const { people } = this.#deps;
    if (people.holderOf(rest.employeeNo) !== undefined) return failed('employee-no-taken');
    const person = { personId: randomUUID(), ...rest, ...verifier };
    this.#commit((atMs) => {
      people.add(person, atMs);
      return { kind: 'person', personId: person.personId };
    });
    return this.#view(person.personId);
  }

  async change(
    personId: string,
    { pin, ...change }: PersonChange,
  ): Promise<Result<Person, PersonFailure>> {
    const verifier = pin === undefined ? {} : { pinVerifier: await hashSecret(pin) };
    const { people } = this.#deps;
    const before = people.get(personId);
    if (before === undefined) return failed('absent');
    const after = { ...changedPerson(before, change), ...verifier };
    const holder = people.holderOf(after.employeeNo);
    if (holder !== undefined && holder !== personId) return failed('employee-no-taken');
    this.#commit(() => {
      people.change(after);
      return { kind: 'person', personId };
    });
    return this.#view(personId);
  }

  /** Takes the face away everywhere; PIN and card go on working. */
  eraseTemplates(personId: string): Result<Person, PersonFailure> {
    const { people, templates } = this.#deps;
    if (people.get(personId) === undefined) return failed('absent');
    // Told even when none are held here: a terminal may hold one whose enrolment is still under way.
    this.#commit(() => {
      templates.erase(personId);
      return { kind: 'erasure', personId, scope: 'templates' };
    });
    return this.#view(personId);
  }

  #commit(change: (atMs: number) => DownNote): void {
    const { db, downLog, site, clock, onChange } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    db.transaction(() => downLog.append(site.get().siteId, change(atMs), atMs))();
    onChange();
  }

  #view(personId: string): Result<Person, never> {
    const person = this.#deps.people.view(personId);
    assert(person !== undefined, 'a person just written is there');
    return ok(person);
  }
}
