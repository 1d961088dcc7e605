import type { SqlMigration } from '#platform/sql/sql-migration';

/** What somebody has to look at. */
export const exceptionTables: SqlMigration = {
  version: 8,
  name: '0008-exceptions',
  statements: ({ integer, strict, keyed, refuse }) => [
    // state: JSON, what the events of the case add up to; the other columns are read out of it for questions.
    // pressing: 0 the most, mildness: 0 the worst kind, so that an inbox is in ascending order.
    `CREATE TABLE exception_cases (
        case_key      TEXT PRIMARY KEY,
        kind          TEXT NOT NULL,
        pressing      ${integer} NOT NULL,
        mildness      ${integer} NOT NULL,
        status        TEXT NOT NULL,
        person_id     TEXT,
        date          TEXT NOT NULL,
        terminal_id   TEXT,
        site_id       TEXT,
        assignee_id   TEXT,
        resolution    TEXT,
        origin        TEXT NOT NULL CHECK (origin IN ('day', 'door')),
        state         TEXT NOT NULL,
        found_at_s    ${integer} NOT NULL,
        changed_at_s  ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX exception_cases_by_day ON exception_cases (person_id, date)`,
    `CREATE INDEX exception_cases_pending ON exception_cases (pressing, date, mildness, case_key)
       WHERE status IN ('open', 'assigned')`,
    `CREATE INDEX exception_cases_by_date ON exception_cases (date, status)`,
    `CREATE TABLE exception_events (
        case_key TEXT NOT NULL REFERENCES exception_cases,
        seq      ${integer} NOT NULL,
        kind     TEXT NOT NULL,
        at_s     ${integer} NOT NULL,
        body     TEXT NOT NULL,
        PRIMARY KEY (case_key, seq)
      ) ${keyed}`,
    ...refuse({ table: 'exception_events', on: 'update', because: 'what happened is not changed' }),
    ...refuse({ table: 'exception_events', on: 'delete', because: 'what happened is not removed' }),
  ],
};
