import { z } from 'zod';
import { type Punch, punch } from '#contracts/rest/v1/punches';
import type { PunchBody, UpEntry } from '#contracts/wire/v1/up-log';
import type { SqliteDatabase } from '#platform/sqlite/database';

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
  readonly voided: number;
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
}

interface PersonPunchRow
  extends Pick<
    PunchRow,
    | 'log_id'
    | 'seq'
    | 'terminal_id'
    | 'method'
    | 'direction'
    | 'punched_at_ms'
    | 'clock_trust'
    | 'liveness'
    | 'wifi'
    | 'voided'
  > {
  readonly site_id: string;
  readonly error_ms: number;
}

const VIEW = `
  SELECT p.*, t.name AS terminal_name, e.employee_no, e.name,
    EXISTS (SELECT 1 FROM voids v WHERE v.log_id = p.log_id AND v.punch_seq = p.seq) AS voided
  FROM punches p
  JOIN terminals t USING (terminal_id)
  LEFT JOIN people e USING (person_id)`;

/** What the up-log says about punches, read out for questions. Can be rebuilt from it at any time. */
export class PunchRepository {
  readonly #db: SqliteDatabase;
  readonly #ofPerson;

  constructor(db: SqliteDatabase) {
    this.#db = db;
    this.#ofPerson = db.prepare<[string, number, number], PersonPunchRow>(
      `SELECT p.log_id, p.seq, p.terminal_id, p.site_id, p.method, p.direction, p.punched_at_ms,
         p.clock_trust, p.error_ms, p.liveness, p.wifi, v.seq IS NOT NULL AS voided
       FROM punches p LEFT JOIN voids v ON v.log_id = p.log_id AND v.punch_seq = p.seq
       WHERE p.person_id = ? AND p.punched_at_ms >= ? AND p.punched_at_ms < ?
       ORDER BY p.punched_at_ms, p.log_id, p.seq`,
    );
  }

  /** @returns false when it is there already, having arrived before its predecessors */
  save(
    entry: UpEntry,
    body: PunchBody,
    source: {
      readonly terminalId: string;
      readonly receivedAtMs: number;
      /** The terminal's claim in the hub's time; the entry keeps both parts. */
      readonly punchedAtMs: number;
    },
  ): boolean {
    const { changes } = this.#db
      .prepare(
        `INSERT INTO punches (log_id, seq, terminal_id, site_id, person_id, method, direction,
           punched_at_ms, received_at_ms, clock_trust, error_ms, confidence, liveness, wifi, hash)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (log_id, seq) DO NOTHING`,
      )
      .run(
        entry.logId,
        entry.seq,
        source.terminalId,
        body.siteId,
        body.personId,
        body.method,
        body.direction ?? null,
        source.punchedAtMs,
        source.receivedAtMs,
        entry.at.trust,
        entry.at.errorMs,
        body.confidence ?? null,
        body.liveness ?? null,
        body.wifi === undefined ? null : JSON.stringify(body.wifi),
        entry.hash,
      );
    return changes === 1;
  }

  /** @returns false when there is no such punch in this log */
  void(entry: UpEntry, punchSeq: number): boolean {
    const { changes } = this.#db
      .prepare(
        `INSERT INTO voids (log_id, punch_seq, seq)
         SELECT log_id, seq, @seq FROM punches WHERE log_id = @logId AND seq = @punchSeq
         ON CONFLICT DO NOTHING`,
      )
      .run({ logId: entry.logId, punchSeq, seq: entry.seq });
    return changes === 1;
  }

  get(logId: string, seq: number): Punch | undefined {
    const row = this.#db
      .prepare<[string, number], PunchRow>(`${VIEW} WHERE p.log_id = ? AND p.seq = ?`)
      .get(logId, seq);
    return row === undefined ? undefined : punchFrom(row);
  }

  /** What the day calculation reads of one person's punches, in order of time. */
  ofPerson(personId: string, fromMs: number, untilMs: number): PersonPunch[] {
    return this.#ofPerson.all(personId, fromMs, untilMs).map(personPunchFrom);
  }

  /** Newest first. */
  between(fromMs: number, untilMs: number, limit: number): { punches: Punch[]; total: number } {
    const punches = this.#db
      .prepare<[number, number, number], PunchRow>(
        `${VIEW} WHERE p.punched_at_ms >= ? AND p.punched_at_ms < ?
         ORDER BY p.punched_at_ms DESC, p.log_id, p.seq DESC LIMIT ?`,
      )
      .all(fromMs, untilMs, limit)
      .map(punchFrom);
    const counted = this.#db
      .prepare<[number, number], { n: number }>(
        'SELECT count(*) AS n FROM punches WHERE punched_at_ms >= ? AND punched_at_ms < ?',
      )
      .get(fromMs, untilMs);
    return { punches, total: counted?.n ?? 0 };
  }
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
    punchedAt: Temporal.Instant.fromEpochMilliseconds(row.punched_at_ms).toString(),
    receivedAt: Temporal.Instant.fromEpochMilliseconds(row.received_at_ms).toString(),
    terminalId: row.terminal_id,
    terminalName: row.terminal_name,
    clock: shape.clock.parse(row.clock_trust),
    ...(row.confidence === null ? {} : { confidence: row.confidence }),
    ...(row.liveness === null ? {} : { liveness: row.liveness }),
    ...(row.wifi === null ? {} : { wifi: savedWifi.parse(row.wifi) }),
    hash: row.hash,
    voided: row.voided === 1,
  };
}

function personPunchFrom(row: PersonPunchRow): PersonPunch {
  const { shape } = punch;
  const wifi = row.wifi === null ? undefined : savedWifi.parse(row.wifi);
  return {
    id: `${row.log_id}:${row.seq}`,
    punchedAtMs: row.punched_at_ms,
    method: shape.method.parse(row.method),
    direction: row.direction === null ? null : (shape.direction.parse(row.direction) ?? null),
    terminalId: row.terminal_id,
    siteId: row.site_id,
    bssid: wifi !== undefined && 'bssid' in wifi ? wifi.bssid : null,
    liveness: row.liveness,
    clock: shape.clock.parse(row.clock_trust),
    errorMs: row.error_ms,
    voided: row.voided === 1,
  };
}
