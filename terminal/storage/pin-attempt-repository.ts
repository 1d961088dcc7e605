import type { TerminalDatabase } from '#terminal/storage/terminal-database';

export interface PinAttempts {
  /** Keyed digest of what was typed as a staff number. */
  readonly subject: string;
  readonly failures: number;
  readonly lastFailedMs: number;
  readonly blockedUntilMs: number;
}

const SUBJECTS_MAX = 10_000; // invented numbers must not fill the disk

/** Wrong PINs in a row, kept through restarts. */
export class PinAttemptRepository {
  readonly #db: TerminalDatabase;

  constructor(db: TerminalDatabase) {
    this.#db = db;
  }

  find(subject: string): PinAttempts | undefined {
    return this.#db
      .prepare<[string], PinAttempts>(
        `SELECT subject, failures, last_failed_ms AS lastFailedMs,
                blocked_until_ms AS blockedUntilMs
           FROM pin_attempt WHERE subject = ?`,
      )
      .get(subject);
  }

  put({ subject, failures, lastFailedMs, blockedUntilMs }: PinAttempts): void {
    this.#db
      .prepare<[string, number, number, number]>(
        `INSERT INTO pin_attempt (subject, failures, last_failed_ms, blocked_until_ms)
         VALUES (?, ?, ?, ?)
         ON CONFLICT (subject) DO UPDATE
            SET failures = excluded.failures, last_failed_ms = excluded.last_failed_ms,
                blocked_until_ms = excluded.blocked_until_ms`,
      )
      .run(subject, failures, lastFailedMs, blockedUntilMs);
    this.#db
      .prepare<[number]>(
        `DELETE FROM pin_attempt WHERE subject IN
           (SELECT subject FROM pin_attempt ORDER BY last_failed_ms DESC LIMIT -1 OFFSET ?)`,
      )
      .run(SUBJECTS_MAX);
  }

  forget(subject: string): void {
    this.#db.prepare<[string]>('DELETE FROM pin_attempt WHERE subject = ?').run(subject);
  }
}
