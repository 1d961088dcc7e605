import { randomUUID } from 'node:crypto';
import type { ApprovalText } from '#contracts/attendance/person-contract';
import type { RuleText } from '#contracts/attendance/rule-contract';
import { ruleDraft } from '#contracts/rest/v1/attendance';
import type { StateBody } from '#contracts/wire/v1/messages';
import { GENESIS_PREV, type UpEntry } from '#contracts/wire/v1/up-log';
import { openAttendance } from '#hub/attendance/open-attendance';
import { mintIdentity } from '#hub/identity/hub-identity';
import { EntryActions } from '#hub/ingest/entry-actions';
import { Ingest } from '#hub/ingest/ingest';
import {
  type HubDatabase,
  type HubDatabasePlace,
  openHubDatabase,
} from '#hub/storage/hub-database';
import { openStore } from '#hub/storage/open-store';
import { EVERYBODY } from '#hub/storage/within-reach';
import { signEntry } from '#platform/crypto/entry-chain';
import { mintTerminalId } from '#platform/crypto/join-code';
import { generateRawKeyPair, privateKeyOf } from '#platform/crypto/keys';
import { createLogger } from '#platform/log/logger';
import { testDatabaseUrl } from '#tests/hub/test-database';
import { ManualClock } from '#tests/terminal/manual-clock';

const ZONE = 'Asia/Shanghai';
const SITE_ID = '6f9f1f6c-3f0e-4f57-9d2b-6a0d3e6d0001'; // two benches are one site, and may be compared

/** A wall clock time of the site as milliseconds since 1970. */
export function wallMs(text: string): number {
  return Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE).epochMilliseconds;
}

/** A door: what it signs, entry by entry. */
export class BenchDoor {
  readonly terminalId = mintTerminalId();
  readonly logId = randomUUID();
  readonly #keys = { sign: generateRawKeyPair('ed25519'), seal: generateRawKeyPair('x25519') };
  #seq = 0;
  #prev = GENESIS_PREV;

  entry(
    kind: string,
    body: UpEntry['body'],
    atMs: number,
    change: Partial<UpEntry['at']> = {},
  ): UpEntry {
    this.#seq += 1;
    const at = { wallMs: atMs, monoMs: 1, bootId: randomUUID(), offsetMs: 0, errorMs: 5 };
    const made = signEntry(
      {
        logId: this.logId,
        seq: this.#seq,
        kind,
        at: { ...at, trust: 'synced' as const, ...change },
        body,
        prev: this.#prev,
      },
      privateKeyOf('ed25519', this.#keys.sign.privateKey),
    );
    this.#prev = made.hash;
    return made;
  }

  genesis(): UpEntry {
    const { terminalId } = this;
    const signKey = this.#keys.sign.publicKey;
    return this.entry('genesis', { terminalId, signKey, reason: 'created' }, 0);
  }

  state(atMs: number): StateBody {
    return {
      kind: 'state',
      terminalId: this.terminalId,
      state: 'ready',
      atMs,
      bootId: randomUUID(),
      app: '0.1.0',
      name: 'Door',
      signKey: this.#keys.sign.publicKey,
      sealKey: this.#keys.seal.publicKey,
      proof: 'A'.repeat(43),
      logId: this.logId,
      headSeq: this.#seq,
      queueDepth: 0,
      galleryRev: 0,
      people: 0,
      camera: 'live',
      disk: 'ok',
      clock: { trust: 'synced', offsetMs: 0, errorMs: 5 },
    };
  }
}

/** The hub's attendance over a real database, wired as the hub wires it, at a time the test sets. */
export class AttendanceBench {
  readonly clock: ManualClock;
  readonly db: HubDatabase;
  readonly store;
  readonly attendance;
  readonly #ingest: Ingest;

  /** On the engine that the tests run on. */
  static async open(folder: string, now: string): Promise<AttendanceBench> {
    return await AttendanceBench.at(
      { dataDir: folder, databaseUrl: await testDatabaseUrl(folder) },
      now,
    );
  }

  static async at(place: HubDatabasePlace, now: string): Promise<AttendanceBench> {
    const opened = await openHubDatabase(place);
    if (!opened.ok) throw new Error(opened.failure.reason);
    const bench = new AttendanceBench(opened.value, now);
    await opened.value.now
      .insertInto('sites')
      .values({ site_id: SITE_ID, name_zh: '总部', name_en: 'Head office', zone: ZONE })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    return bench;
  }

  private constructor(db: HubDatabase, now: string) {
    this.clock = new ManualClock(Temporal.Instant.fromEpochMilliseconds(wallMs(now)).toString());
    this.db = db;
    const identity = mintIdentity();
    const { clock } = this;
    this.store = openStore(db, identity);
    this.attendance = openAttendance(db, this.store, {
      clock,
      logger: createLogger('hub', 'silent'),
    });
    const sealKey = {
      privateKey: privateKeyOf('x25519', identity.seal.privateKey),
      publicKey: identity.seal.publicKey,
    };
    const { marks, doors, times } = this.attendance;
    const actions = new EntryActions({ ...this.store, marks, doors, sealKey });
    this.#ingest = new Ingest({ db, log: this.store.log, actions, times, clock });
  }

  async close(): Promise<void> {
    await this.db.close();
  }

  setTime(now: string): void {
    this.clock.setWall(Temporal.Instant.fromEpochMilliseconds(wallMs(now)).toString());
  }

  async person(name = 'Ann', personId: string = randomUUID()): Promise<string> {
    const employeeNo = personId.slice(0, 8);
    const person = { personId, employeeNo, name, greetingName: name, locale: 'en' as const };
    await this.store.people.add({ ...person, manager: false }, 0);
    return personId;
  }

  /** Puts somebody into a department; one that is new lies at the top. */
  async belongs(personId: string, departmentId: string): Promise<void> {
    await this.db.now
      .insertInto('departments')
      .values({ department_id: departmentId, name: departmentId, parent_id: null, name_en: null })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await this.db.now
      .updateTable('people')
      .set({ department_id: departmentId })
      .where('person_id', '=', personId)
      .execute();
    await this.attendance.work.markExisting({ from: '0001-01-01', to: '9999-12-31', personId });
  }

  async door(door = new BenchDoor()): Promise<BenchDoor> {
    const { siteId } = await this.store.site.get();
    await this.store.terminals.join(door.state(0), siteId, 0);
    await this.upload(door, [door.genesis()]);
    return door;
  }

  async punch(door: BenchDoor, personId: string, wall: string): Promise<UpEntry> {
    const { siteId } = await this.store.site.get();
    return door.entry('punch', { personId, method: 'face', siteId, galleryRev: 0 }, wallMs(wall));
  }

  async upload(door: BenchDoor, entries: readonly UpEntry[]): Promise<void> {
    const terminal = await this.store.terminals.joined(door.terminalId);
    const payload = Buffer.from(JSON.stringify({ v: 1, entries }));
    const { fault } = await this.#ingest.receive(door.terminalId, terminal, payload);
    if (fault !== undefined) throw new Error(fault.reason);
  }

  /** The door says that its log ends where it ends. */
  async report(door: BenchDoor, wall: string): Promise<void> {
    await this.store.terminals.noteComplete(door.state(wallMs(wall)), wallMs(wall));
  }

  async rule(change: object, effectiveFrom: string, id = 'office'): Promise<RuleText> {
    const rule = { ...ruleDraft.parse({ ...OFFICE, ...change }), id };
    const drafted = await this.attendance.ruleDesk.draft(rule);
    if (!drafted.ok) throw new Error(JSON.stringify(drafted.failure));
    const published = await this.attendance.ruleDesk.publish(id, effectiveFrom);
    if (!published.ok) throw new Error(JSON.stringify(published.failure));
    return rule;
  }

  /** A form as whoever decided about it leaves it. @returns its id */
  async form(personId: string, form: ApprovalText, state = form.state): Promise<string> {
    const id = form.id ?? randomUUID();
    const { recordDesk } = this.attendance;
    await this.db.transaction(
      async () => await recordDesk.keepForm(personId, { ...form, id, state }),
    );
    return id;
  }

  /** Everything that is marked, and what time has settled. */
  async settle(): Promise<void> {
    await this.attendance.recompute.look();
    await this.compute();
  }

  async compute(): Promise<void> {
    while (await this.attendance.recompute.slice());
  }

  /** Marked days as `person date`, in order. */
  async marked(): Promise<string[]> {
    const rows = await this.db.now
      .selectFrom('attendance_dirty')
      .select(['person_id', 'date'])
      .execute();
    return rows.map((row) => `${row.person_id} ${row.date}`).toSorted();
  }

  /** Every byte of the results, row by row, whatever the engine calls its columns' types. */
  async rows(): Promise<string[]> {
    const { now } = this.db;
    const days = await now.selectFrom('attendance_days').selectAll().execute();
    const booked = await now
      .selectFrom('attendance_adjustments')
      .selectAll()
      .orderBy('id')
      .execute();
    return [
      ...days.map((row) => JSON.stringify(row)).toSorted(),
      ...booked.map((row) => JSON.stringify(row)),
    ];
  }

  async day(personId: string, date: string) {
    const { days } = await this.attendance.days.between({
      from: date,
      to: date,
      personId,
      reach: EVERYBODY,
      limit: 1,
      offset: 0,
    });
    const found = days.at(0);
    if (found === undefined) throw new Error(`no day ${date}`);
    return found;
  }

  async adjustments(personId: string, date: string): Promise<Record<string, number>> {
    const booked = await this.attendance.days.adjustments({
      from: date,
      to: date,
      personId,
      reach: EVERYBODY,
    });
    return Object.fromEntries(booked.map((row) => [row.figure, row.difference]));
  }
}

const OFFICE = {
  sections: [{ on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] }],
};
