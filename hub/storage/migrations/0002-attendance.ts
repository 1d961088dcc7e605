import type { SqlEngine } from '#platform/sql/sql-engine';
import type { SqlMigration } from '#platform/sql/sql-migration';

function errorMs(engine: SqlEngine): string {
  return engine === 'sqlite'
    ? "json_extract(u.entry, '$.at.errorMs')"
    : "(u.entry::jsonb #>> '{at,errorMs}')::bigint";
}

/** Rules, records and results of the day calculation, and what it has to know of punches and terminals. */
export const attendanceTables: SqlMigration = {
  version: 2,
  name: '0002-attendance',
  // oxlint-disable-next-line max-lines-per-function -- a list of statements, with nothing to decide in it
  statements: ({ engine, integer, real, counted, strict, keyed, refuse }) => [
    `ALTER TABLE punches ADD COLUMN error_ms ${integer} NOT NULL DEFAULT 0`,
    `UPDATE punches SET error_ms = coalesce((
        SELECT ${errorMs(engine)} FROM up_entries u
        WHERE u.log_id = punches.log_id AND u.seq = punches.seq), 0)`,
    `CREATE INDEX punches_by_person ON punches (person_id, punched_at_ms)`,
    // Everything this terminal wrote before then is stored here; NULL: it has not said so yet.
    `ALTER TABLE terminals ADD COLUMN complete_through_ms ${integer}`,
    `CREATE TABLE rule_drafts (
        rule_id     TEXT PRIMARY KEY,
        body        TEXT NOT NULL,
        saved_at_ms ${integer} NOT NULL
      ) ${strict}`,
    // Of two versions that take effect on one date the later one holds; neither is ever changed.
    `CREATE TABLE rule_versions (
        version         ${counted},
        rule_id         TEXT NOT NULL,
        effective_from  TEXT NOT NULL,
        zone            TEXT,
        body            TEXT NOT NULL,
        published_at_ms ${integer} NOT NULL
      ) ${strict}`,
    ...refuse({ table: 'rule_versions', on: 'update', because: 'a published rule is not changed' }),
    ...refuse({ table: 'rule_versions', on: 'delete', because: 'a published rule is not removed' }),
    `CREATE TABLE attendance_members (
        person_id TEXT PRIMARY KEY REFERENCES people,
        body      TEXT NOT NULL
      ) ${strict}`,
    // shift_id NULL: a day of rest.
    `CREATE TABLE roster (
        person_id TEXT NOT NULL REFERENCES people,
        date      TEXT NOT NULL,
        shift_id  TEXT,
        PRIMARY KEY (person_id, date)
      ) ${keyed}`,
    `CREATE TABLE approvals (
        approval_id   TEXT PRIMARY KEY,
        person_id     TEXT NOT NULL REFERENCES people,
        state         TEXT NOT NULL,
        from_date     TEXT NOT NULL,
        to_date       TEXT NOT NULL,
        body          TEXT NOT NULL,
        written_at_ms ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX approvals_by_person ON approvals (person_id, from_date)`,
    // One row. revision: moves with everything that people have in common.
    `CREATE TABLE attendance_state (
        id             ${integer} PRIMARY KEY CHECK (id = 1),
        revision       ${integer} NOT NULL,
        company_days   TEXT NOT NULL,
        national_days  TEXT NOT NULL,
        seeded_through TEXT,
        locked_through TEXT
      ) ${strict}`,
    `INSERT INTO attendance_state (id, revision, company_days, national_days) VALUES (1, 0, '[]', '[]')`,
    `CREATE TABLE attendance_dirty (
        person_id TEXT NOT NULL,
        date      TEXT NOT NULL,
        PRIMARY KEY (person_id, date)
      ) ${keyed}`,
    // settles_s, review_s: when looking again would tell more, in epoch seconds; NULL when nothing would.
    `CREATE TABLE attendance_days (
        person_id    TEXT NOT NULL,
        date         TEXT NOT NULL,
        state        TEXT NOT NULL CHECK (state IN ('open', 'pendingSync', 'provisional', 'final')),
        rule_version ${integer},
        inputs_hash  TEXT NOT NULL,
        figures      TEXT NOT NULL,
        result       TEXT NOT NULL,
        settles_s    ${integer},
        review_s     ${integer},
        PRIMARY KEY (person_id, date)
      ) ${strict}`,
    `CREATE INDEX attendance_days_by_date ON attendance_days (date)`,
    `CREATE INDEX attendance_days_to_settle ON attendance_days (settles_s) WHERE settles_s IS NOT NULL`,
    `CREATE INDEX attendance_days_to_review ON attendance_days (review_s) WHERE review_s IS NOT NULL`,
    ...refuse({
      table: 'attendance_days',
      on: 'update',
      because: 'a locked day is not changed',
      when: "OLD.state = 'final'",
    }),
    ...refuse({
      table: 'attendance_days',
      on: 'delete',
      because: 'a locked day is not removed',
      when: "OLD.state = 'final'",
    }),
    `CREATE TABLE attendance_adjustments (
        id           ${counted},
        person_id    TEXT NOT NULL,
        date         TEXT NOT NULL,
        figure       TEXT NOT NULL,
        locked       ${real} NOT NULL,
        now          ${real} NOT NULL,
        difference   ${real} NOT NULL,
        inputs_hash  TEXT NOT NULL,
        booked_at_ms ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX attendance_adjustments_by_day ON attendance_adjustments (person_id, date)`,
  ],
};
