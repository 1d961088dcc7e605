import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { RuleText } from '#contracts/attendance/rule-contract';
import { ruleDraft } from '#contracts/rest/v1/attendance';
import type { StateBody } from '#contracts/wire/v1/messages';
import { GENESIS_PREV, type UpEntry } from '#contracts/wire/v1/up-log';
import { mintIdentity } from '#hub/identity/hub-identity';
import { EntryActions } from '#hub/ingest/entry-actions';
import { Ingest } from '#hub/ingest/ingest';
import { openAttendance, openStore } from '#hub/main';
import { openHubDatabase } from '#hub/storage/hub-database';
import { sha256Hex } from '#platform/crypto/canonical';
import { signEntry } from '#platform/crypto/entry-chain';
import { mintTerminalId } from '#platform/crypto/join-code';
import { generateRawKeyPair, privateKeyOf } from '#platform/crypto/keys';
import { createLogger } from '#platform/log/logger';
import type { SqliteDatabase } from '#platform/sqlite/database';
import { ManualClock } from '#tests/terminal/manual-clock';

const ZONE = 'Asia/Shanghai';

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

  entry(kind: string, body: UpEntry['body'], atMs: number): UpEntry {
    this.#seq += 1;
    const at = { wallMs: atMs, monoMs: 1, bootId: randomUUID(), offsetMs: 0, errorMs: 5 };
    const made = signEntry(
      {
        logId: this.logId,
        seq: this.#seq,
        kind,
        at: { ...at, trust: 'synced' as const },
        body,
        prev: this.#prev,
      },
      privateKeyOf('ed25519', this.#keys.sign.privateKey),
    );
    this.#prev = made.hash;
    return made;
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
  readonly db: SqliteDatabase;
  readonly store;
  readonly attendance;
  readonly #ingest: Ingest;

  constructor(folder: string, now: string) {
    this.clock = new ManualClock(Temporal.Instant.fromEpochMilliseconds(wallMs(now)).toString());
    const opened = openHubDatabase(join(folder));
    if (!opened.ok) throw new Error(opened.failure.reason);
    this.db = opened.value;
    const identity = mintIdentity();
    const { db, clock } = this;
    this.store = openStore(db, identity);
    this.store.site.found({ name: { 'zh-CN': '总部', en: 'Head office' }, zone: ZONE });
    this.attendance = openAttendance(db, this.store, {
      clock,
      logger: createLogger('hub', 'silent'),
    });
    const sealKey = {
      privateKey: privateKeyOf('x25519', identity.seal.privateKey),
      publicKey: identity.seal.publicKey,
    };
    const { marks } = this.attendance;
    const actions = new EntryActions({ ...this.store, marks, sealKey });
    this.#ingest = new Ingest({ db, log: this.store.log, actions, clock });
  }

  close(): void {
    this.db.close();
  }

  at(now: string): void {
    this.clock.setWall(Temporal.Instant.fromEpochMilliseconds(wallMs(now)).toString());
  }

  person(name = 'Ann'): string {
    const personId = randomUUID();
    const employeeNo = personId.slice(0, 8);
    const person = { personId, employeeNo, name, greetingName: name, locale: 'en' as const };
    this.store.people.add({ ...person, manager: false }, 0);
    return personId;
  }

  async door(): Promise<BenchDoor> {
    const door = new BenchDoor();
    this.store.terminals.join(door.state(0), this.store.site.get().siteId, 0);
    const genesis = {
      terminalId: door.terminalId,
      signKey: door.state(0).signKey,
      reason: 'created',
    };
    await this.upload(door, [door.entry('genesis', genesis, 0)]);
    return door;
  }

  punch(door: BenchDoor, personId: string, wall: string): UpEntry {
    const { siteId } = this.store.site.get();
    return door.entry('punch', { personId, method: 'face', siteId, galleryRev: 0 }, wallMs(wall));
  }

  async upload(door: BenchDoor, entries: readonly UpEntry[]): Promise<void> {
    const terminal = this.store.terminals.joined(door.terminalId);
    const payload = Buffer.from(JSON.stringify({ v: 1, entries }));
    const { fault } = await this.#ingest.receive(door.terminalId, terminal, payload);
    if (fault !== undefined) throw new Error(fault.reason);
  }

  /** The door says that its log ends where it ends. */
  report(door: BenchDoor, wall: string): void {
    this.store.terminals.noteComplete(door.state(wallMs(wall)), wallMs(wall));
  }

  rule(change: object, effectiveFrom: string, id = 'office'): RuleText {
    const rule = { ...ruleDraft.parse({ ...OFFICE, ...change }), id };
    const drafted = this.attendance.ruleDesk.draft(rule);
    if (!drafted.ok) throw new Error(JSON.stringify(drafted.failure));
    const published = this.attendance.ruleDesk.publish(id, effectiveFrom);
    if (!published.ok) throw new Error(JSON.stringify(published.failure));
    return rule;
  }

  /** Everything that is marked, and what time has settled. */
  settle(): void {
    this.attendance.recompute.look();
    this.compute();
  }

  compute(): void {
    while (this.attendance.recompute.slice());
  }

  /** Marked days as `person date`, in order. */
  marked(): string[] {
    return this.db
      .prepare<[], { mark: string }>(
        "SELECT person_id || ' ' || date AS mark FROM attendance_dirty ORDER BY 1",
      )
      .all()
      .map((row) => row.mark);
  }

  /** Every byte of the results, a digest for each row. */
  bytes(): string[] {
    const days = this.db.prepare('SELECT * FROM attendance_days ORDER BY person_id, date').all();
    const booked = this.db.prepare('SELECT * FROM attendance_adjustments ORDER BY id').all();
    return [...days, ...booked].map((row) => sha256Hex(JSON.stringify(row)));
  }

  day(personId: string, date: string) {
    const { days } = this.attendance.days.between({
      from: date,
      to: date,
      personId,
      limit: 1,
      offset: 0,
    });
    const found = days.at(0);
    if (found === undefined) throw new Error(`no day ${date}`);
    return found;
  }

  adjustments(personId: string, date: string): Record<string, number> {
    const booked = this.attendance.days.adjustments({ from: date, to: date, personId });
    return Object.fromEntries(booked.map((row) => [row.figure, row.difference]));
  }
}

const OFFICE = {
  sections: [{ on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] }],
};
