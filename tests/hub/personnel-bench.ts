import { randomUUID } from 'node:crypto';
import type { NewPerson, Person } from '#contracts/rest/v1/people';
import type { Reach } from '#domain/authority/reach';
import type { Result } from '#domain/result';
import { openAttendance } from '#hub/attendance/open-attendance';
import { mintIdentity } from '#hub/identity/hub-identity';
import { type OpenedPeople, openPeople } from '#hub/people/open-people';
import type { Asker } from '#hub/people/person-check';
import type { PersonFailure } from '#hub/people/person-failure';
import { AttendanceRecordRepository } from '#hub/storage/attendance-record-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { openStore } from '#hub/storage/open-store';
import { createLogger } from '#platform/log/logger';
import { openTestDatabase } from '#tests/hub/test-database';
import { ManualClock } from '#tests/terminal/manual-clock';

export const EVERYBODY: Reach = { kind: 'everybody', except: new Set() };
export const ADMINISTRATOR: Asker = { people: EVERYBODY, rules: EVERYBODY };
const TERMINAL = 't-aaaaaaaaaaaaaaaa';

/** Somebody who may change whoever is in these departments, and no rules. */
export function askerOver(departments: readonly string[], more: Partial<Asker> = {}): Asker {
  const none: Reach = { kind: 'nobody' };
  const people: Reach = {
    kind: 'some',
    departments: new Set(departments),
    sites: new Set(),
    crossings: [],
    people: new Set(),
    except: new Set(),
  };
  return { people, rules: none, ...more };
}

export function valueOf<T>(result: Result<T, PersonFailure>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

/** What was refused: its kind, and where the first fault lies. */
export function refusalOf(result: Result<unknown, PersonFailure>): string {
  if (result.ok) return 'accepted';
  const { kind, refusals = [] } = result.failure;
  return [kind, ...refusals.map(({ path }) => path)].join(' ').trim();
}

/** Everything about people, on either engine, without a network. Two sites, far apart. */
export class PersonnelBench {
  readonly clock: ManualClock;
  readonly db: HubDatabase;
  readonly store: ReturnType<typeof openStore>;
  readonly attendance: ReturnType<typeof openAttendance>;
  readonly people: OpenedPeople;
  readonly records: AttendanceRecordRepository;
  readonly shanghai = randomUUID();
  readonly vancouver = randomUUID();
  #tellings = 0;

  static async open(now = '2026-03-02T01:00:00Z'): Promise<PersonnelBench> {
    const bench = new PersonnelBench(await openTestDatabase(), now);
    await bench.db.now
      .insertInto('sites')
      .values([
        {
          site_id: bench.shanghai,
          name_zh: '上海',
          name_en: 'Shanghai',
          zone: 'Asia/Shanghai',
          created_at_ms: 0,
        },
        {
          site_id: bench.vancouver,
          name_zh: '温哥华',
          name_en: 'Vancouver',
          zone: 'America/Vancouver',
          created_at_ms: 1,
        },
      ])
      .execute();
    return bench;
  }

  private constructor(db: HubDatabase, now: string) {
    this.clock = new ManualClock(now);
    this.db = db;
    this.store = openStore(db, mintIdentity());
    const logger = createLogger('hub', 'silent');
    const { clock } = this;
    this.attendance = openAttendance(db, this.store, { clock, logger });
    this.records = new AttendanceRecordRepository(db);
    this.people = openPeople({
      ...this.store,
      ...this.attendance,
      db,
      clock,
      logger,
      onChange: () => {
        this.#tellings += 1;
      },
    });
  }

  /** How often terminals were told that there is something new. */
  get tellings(): number {
    return this.#tellings;
  }

  async close(): Promise<void> {
    await this.db.close();
  }

  async add(more: Partial<Omit<NewPerson, 'pin'>> = {}, asker = ADMINISTRATOR): Promise<Person> {
    return valueOf(await this.tryToAdd(more, asker));
  }

  async tryToAdd(more: Partial<Omit<NewPerson, 'pin'>>, asker = ADMINISTRATOR) {
    const name = { name: 'Ann Lee', greetingName: 'Ann', locale: 'en', manager: false } as const;
    const employeeNo = more.employeeNo ?? randomUUID().slice(0, 8);
    return await this.people.desk.add({ ...name, ...more, employeeNo }, asker);
  }

  async change(
    personId: string,
    change: Partial<Omit<NewPerson, 'pin'>>,
    asker = ADMINISTRATOR,
  ): Promise<Result<Person, PersonFailure>> {
    return await this.people.desk.change(personId, { change, isSeen: () => true }, asker);
  }

  async view(personId: string): Promise<Person | undefined> {
    return await this.people.views.view(personId, EVERYBODY);
  }

  async department(name: string, parentId: string | null = null): Promise<string> {
    const added = await this.people.departmentDesk.add({ name, parentId }, EVERYBODY);
    return valueOf(added).departmentId;
  }

  /** What the terminals of a site were told, in its order. */
  async told(siteId: string): Promise<readonly string[]> {
    const notes = await this.store.downLog.after({ siteId, terminalId: TERMINAL }, 0, 1000);
    return notes.map((note) => (note.kind === 'erasure' ? `forget ${note.scope}` : note.kind));
  }

  async enrol(personId: string): Promise<string> {
    const templateId = randomUUID();
    const vector = Buffer.alloc(16).toString('base64url');
    const face = { templateId, personId, modelId: 'm', vector };
    await this.store.templates.add(face, { enrolmentId: randomUUID(), enrolledAtMs: 1 });
    return templateId;
  }

  /** A day that was computed, whatever came of it. */
  async day(personId: string, date: string, state = 'provisional'): Promise<void> {
    await this.db.now
      .insertInto('attendance_days')
      .values({
        person_id: personId,
        date,
        state,
        inputs_hash: '',
        figures: '{}',
        result: '{}',
        rule_version: null,
        settles_s: null,
        review_s: null,
      })
      .execute();
  }

  /** Dates that wait to be computed. */
  async marked(personId: string): Promise<readonly string[]> {
    return await this.attendance.work.datesOf(personId, 1000);
  }
}
