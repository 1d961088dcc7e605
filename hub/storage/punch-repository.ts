import { z } from 'zod';
import { type Punch, punch } from '#contracts/rest/v1/punches';
import type { PunchBody, UpEntry } from '#contracts/wire/v1/up-log';
import type { Reach } from '#domain/authority/reach';
import type { HubDatabase } from '#hub/storage/hub-database';
import { peopleWithin } from '#hub/storage/within-reach';

export interface NewPunch {
  readonly entry: UpEntry;
  readonly body: PunchBody;
  /** The terminal's claim in the hub's time; the entry keeps both parts. */
  readonly punchedAtMs: number;
}

interface PunchSource {
  readonly terminalId: string;
  readonly receivedAtMs: number;
}

const ROWS_AT_ONCE = 500; // of fifteen values each

interface PunchRow {
  readonly log_id: string;
  readonly seq: number;
  readonly terminal_id: string;
  readonly terminal_name: string;
  readonly person_id: string;
  readonly employee_no: string | null;
  readonly name: string | null;
  readonly method: string;
  readonly direction: string | null;
  readonly punched_at_ms: number;
  readonly received_at_ms: number;
  readonly clock_trust: string;
  readonly confidence: number | null;
  readonly liveness: number | null;
  readonly wifi: string | null;
  readonly hash: string;
  /** Of the entry that withdrew it. */
  readonly void_seq: number | null;
  readonly event_id: string | null;
  /** As it counts; `punched_at_ms` is what was claimed. */
  readonly at_ms: number;
  readonly retimed_by: string | null;
}

/** Whose punches, and when. */
export interface PunchesWanted {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly limit: number;
  readonly reach: Reach;
}

/** A punch as the day calculation wants it. */
export interface PersonPunch {
  /** `logId:seq`. */
  readonly id: string;
  readonly punchedAtMs: number;
  readonly method: Punch['method'];
  readonly direction: 'in' | 'out' | null;
  readonly terminalId: string;
  readonly siteId: string;
  readonly bssid: string | null;
  readonly liveness: number | null;
  readonly clock: Punch['clock'];
  readonly errorMs: number;
  readonly voided: boolean;
  /** The group event that the terminal was running. */
  readonly eventId: string | null;
}

interface PersonPunchRow
  extends Pick<
    PunchRow,
    | 'log_id'
    | 'seq'
    | 'terminal_id'
    | 'method'
    | 'direction'
    | 'at_ms'
    | 'retimed_by'
    | 'clock_trust'
    | 'liveness'
    | 'wifi'
    | 'void_seq'
    | 'event_id'
  > {
  readonly site_id: string;
  readonly error_ms: number;
}

/** What the up-log says about punches, read out for questions. Can be rebuilt from it at any time. */
export class PunchRepository {
  readonly #db: HubDatabase;

  constructor(db: HubDatabase) {
    this.#db = db;
  }

  /** @returns false when it is there already, having arrived before its predecessors */
  async save(
    entry: UpEntry,
    body: PunchBody,
    source: PunchSource & Pick<NewPunch, 'punchedAtMs'>,
  ): Promise<boolean> {
    const { punchedAtMs } = source;
    return (await this.saveAll([{ entry, body, punchedAtMs }], source)).length === 1;
  }

  /** @returns those that were not there already */
  async saveAll(punches: readonly NewPunch[], source: PunchSource): Promise<NewPunch[]> {
    const saved = new Set<string>();
    for (let first = 0; first < punches.length; first += ROWS_AT_ONCE) {
      const rows = punches.slice(first, first + ROWS_AT_ONCE).map((each) => rowOf(each, source));
      const fresh = await this.#db.now
        .insertInto('punches')
        .values(rows)
        .onConflict((conflict) => conflict.columns(['log_id', 'seq']).doNothing())
        .returning(['log_id', 'seq'])
        .execute();
      for (const { log_id: logId, seq } of fresh) saved.add(`${logId}:${seq}`);
    }
    return punches.filter(({ entry }) => saved.has(`${entry.logId}:${entry.seq}`));
  }

  /** @returns false when there is no such punch in this log */
  async void(entry: UpEntry, punchSeq: number): Promise<boolean> {
    const saved = await this.#db.now
      .insertInto('voids')
      .columns(['log_id', 'punch_seq', 'seq'])
      .expression((of) =>
        of
          .selectFrom('punches')
          .select([
            'log_id',
            'seq as punch_seq',
            of.cast<number>(of.val(entry.seq), 'bigint').as('seq'),
          ])
          .where('log_id', '=', entry.logId)
          .where('seq', '=', punchSeq),
      )
      .onConflict((conflict) => conflict.columns(['log_id', 'punch_seq']).doNothing())
      .executeTakeFirst();
    return saved.numInsertedOrUpdatedRows === 1n;
  }

  async isWithin(
    { logId, seq }: { readonly logId: string; readonly seq: number },
    reach: Reach,
  ): Promise<boolean> {
    const row = await this.#db.now
      .selectFrom('punches as p')
      .select('p.seq')
      .where('p.log_id', '=', logId)
      .where('p.seq', '=', seq)
      .where(peopleWithin('p.person_id', reach))
      .executeTakeFirst();
    return row !== undefined;
  }

  async get(logId: string, seq: number): Promise<Punch | undefined> {
    const row = await this.#view()
      .where('p.log_id', '=', logId)
      .where('p.seq', '=', seq)
      .executeTakeFirst();
    return row === undefined ? undefined : punchFrom(row);
  }

  /** What the day calculation reads of one person's punches, in order of time. */
  async ofPerson(personId: string, fromMs: number, untilMs: number): Promise<PersonPunch[]> {
    const rows = await this.#db.now
      .selectFrom('punches as p')
      .leftJoin('voids as v', (on) =>
        on.onRef('v.log_id', '=', 'p.log_id').onRef('v.punch_seq', '=', 'p.seq'),
      )
      .select(['p.log_id', 'p.seq', 'p.terminal_id', 'p.site_id', 'p.method', 'p.direction'])
      .select(['p.at_ms', 'p.clock_trust', 'p.error_ms', 'p.liveness', 'p.wifi'])
      .select(['v.seq as void_seq', 'p.event_id', 'p.retimed_by'])
      .where('p.person_id', '=', personId)
      .where('p.at_ms', '>=', fromMs)
      .where('p.at_ms', '<', untilMs)
      .orderBy('p.at_ms')
      .orderBy('p.log_id')
      .orderBy('p.seq')
      .execute();
    return rows.map(personPunchFrom);
  }

  /** Newest first. */
  async between({
    fromMs,
    untilMs,
    limit,
    reach,
  }: PunchesWanted): Promise<{ punches: Punch[]; total: number }> {
    const rows = await this.#view()
      .where('p.at_ms', '>=', fromMs)
      .where('p.at_ms', '<', untilMs)
      .where(peopleWithin('p.person_id', reach))
      .orderBy('p.at_ms', 'desc')
      .orderBy('p.log_id')
      .orderBy('p.seq', 'desc')
      .limit(limit)
      .execute();
    const { total } = await this.#db.now
      .selectFrom('punches')
      .select((of) => of.fn.countAll<number>().as('total'))
      .where('at_ms', '>=', fromMs)
      .where('at_ms', '<', untilMs)
      .where(peopleWithin('person_id', reach))
      .executeTakeFirstOrThrow();
    return { punches: rows.map(punchFrom), total };
  }

  #view() {
    return this.#db.now
      .selectFrom('punches as p')
      .innerJoin('terminals as t', 't.terminal_id', 'p.terminal_id')
      .leftJoin('people as e', 'e.person_id', 'p.person_id')
      .leftJoin('voids as v', (on) =>
        on.onRef('v.log_id', '=', 'p.log_id').onRef('v.punch_seq', '=', 'p.seq'),
      )
      .select(['p.log_id', 'p.seq', 'p.terminal_id', 'p.person_id', 'p.method', 'p.direction'])
      .select(['p.punched_at_ms', 'p.received_at_ms', 'p.clock_trust', 'p.confidence'])
      .select(['p.liveness', 'p.wifi', 'p.hash', 'p.event_id', 'p.at_ms', 'p.retimed_by'])
      .select(['t.name as terminal_name', 'e.employee_no', 'e.name', 'v.seq as void_seq']);
  }
}

/** Never compared with ours since its boot: neither an offset nor an error was known. */
function isDoubtful({ trust, errorMs }: UpEntry['at']): boolean {
  return trust === 'lost' || (trust === 'estimated' && errorMs === 0);
}

/** What a later contact of the same boot needs to tell when the punch was. */
function bootOf({ at }: UpEntry) {
  if (!isDoubtful(at)) return { boot_id: null, mono_ms: null, wall_ms: null };
  return { boot_id: at.bootId, mono_ms: at.monoMs, wall_ms: at.wallMs };
}

function rowOf({ entry, body, punchedAtMs }: NewPunch, source: PunchSource) {
  return {
    log_id: entry.logId,
    seq: entry.seq,
    terminal_id: source.terminalId,
    site_id: body.siteId,
    person_id: body.personId,
    method: body.method,
    direction: body.direction ?? null,
    punched_at_ms: punchedAtMs,
    at_ms: punchedAtMs,
    ...bootOf(entry),
    received_at_ms: source.receivedAtMs,
    clock_trust: entry.at.trust,
    error_ms: entry.at.errorMs,
    confidence: body.confidence ?? null,
    liveness: body.liveness ?? null,
    wifi: body.wifi === undefined ? null : JSON.stringify(body.wifi),
    hash: entry.hash,
    event_id: body.groupEventId ?? null,
  };
}

const savedWifi = z.string().transform((text) => punch.shape.wifi.parse(JSON.parse(text)));

function punchFrom(row: PunchRow): Punch {
  const { shape } = punch;
  return {
    id: `${row.log_id}:${row.seq}`,
    personId: row.person_id,
    ...(row.employee_no === null ? {} : { employeeNo: row.employee_no }),
    ...(row.name === null ? {} : { name: row.name }),
    method: shape.method.parse(row.method),
    ...(row.direction === null ? {} : { direction: shape.direction.parse(row.direction) }),
    punchedAt: instantOf(row.at_ms),
    ...(row.retimed_by === null
      ? {}
      : {
          claimedAt: instantOf(row.punched_at_ms),
          retimedBy: shape.retimedBy.parse(row.retimed_by),
        }),
    receivedAt: instantOf(row.received_at_ms),
    terminalId: row.terminal_id,
    terminalName: row.terminal_name,
    clock: shape.clock.parse(row.clock_trust),
    ...(row.confidence === null ? {} : { confidence: row.confidence }),
    ...(row.liveness === null ? {} : { liveness: row.liveness }),
    ...(row.wifi === null ? {} : { wifi: savedWifi.parse(row.wifi) }),
    hash: row.hash,
    ...(row.event_id === null ? {} : { groupEventId: row.event_id }),
    voided: row.void_seq !== null,
  };
}

function personPunchFrom(row: PersonPunchRow): PersonPunch {
  const { shape } = punch;
  const wifi = row.wifi === null ? undefined : savedWifi.parse(row.wifi);
  return {
    id: `${row.log_id}:${row.seq}`,
    punchedAtMs: row.at_ms,
    method: shape.method.parse(row.method),
    direction: row.direction === null ? null : (shape.direction.parse(row.direction) ?? null),
    terminalId: row.terminal_id,
    siteId: row.site_id,
    bssid: wifi !== undefined && 'bssid' in wifi ? wifi.bssid : null,
    liveness: row.liveness,
    clock: row.retimed_by === null ? shape.clock.parse(row.clock_trust) : 'estimated',
    errorMs: row.error_ms,
    voided: row.void_seq !== null,
    eventId: row.event_id,
  };
}

function instantOf(epochMs: number): string {
  return Temporal.Instant.fromEpochMilliseconds(epochMs).toString();
}
