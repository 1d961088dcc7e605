import type { SqliteDatabase } from '#platform/sqlite/database';

export interface Administrator {
  readonly name: string;
  readonly verifier: string;
  readonly mustChange: boolean;
  readonly failures: number;
  readonly lockedUntilMs: number;
}

interface AdministratorRow {
  readonly name: string;
  readonly verifier: string;
  readonly must_change: number;
  readonly failures: number;
  readonly locked_until_ms: number;
}

export class AdministratorRepository {
  readonly #db: SqliteDatabase;

  constructor(db: SqliteDatabase) {
    this.#db = db;
  }

  count(): number {
    return (
      this.#db.prepare<[], { n: number }>('SELECT count(*) AS n FROM administrators').get()?.n ?? 0
    );
  }

  get(name: string): Administrator | undefined {
    const row = this.#db
      .prepare<[string], AdministratorRow>('SELECT * FROM administrators WHERE name = ?')
      .get(name);
    if (row === undefined) return undefined;
    return {
      name: row.name,
      verifier: row.verifier,
      mustChange: row.must_change === 1,
      failures: row.failures,
      lockedUntilMs: row.locked_until_ms,
    };
  }

  add(name: string, verifier: string): void {
    this.#db
      .prepare('INSERT INTO administrators (name, verifier, must_change) VALUES (?, ?, 1)')
      .run(name, verifier);
  }

  setPassword(name: string, verifier: string): void {
    this.#db
      .prepare('UPDATE administrators SET verifier = ?, must_change = 0 WHERE name = ?')
      .run(verifier, name);
  }

  saveFailures(name: string, failures: number, lockedUntilMs: number): void {
    this.#db
      .prepare('UPDATE administrators SET failures = ?, locked_until_ms = ? WHERE name = ?')
      .run(failures, lockedUntilMs, name);
  }
}
