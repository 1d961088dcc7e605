import type { Migration } from '#platform/sqlite/database';

/** Immutable once released: a change of shape is a new step. */
export const TERMINAL_MIGRATIONS: readonly Migration[] = [
  {
    version: 1,
    name: 'log',
    // One column holds the signed text; what is searched by is generated from it and cannot differ.
    sql: `
      CREATE TABLE up_log (
        position INTEGER PRIMARY KEY AUTOINCREMENT,
        entry TEXT NOT NULL,
        log_id TEXT NOT NULL GENERATED ALWAYS AS (entry ->> '$.logId') VIRTUAL,
        seq INTEGER NOT NULL GENERATED ALWAYS AS (entry ->> '$.seq') VIRTUAL,
        kind TEXT NOT NULL GENERATED ALWAYS AS (entry ->> '$.kind') VIRTUAL,
        person_id TEXT GENERATED ALWAYS AS (entry ->> '$.body.personId') VIRTUAL,
        voided_seq INTEGER GENERATED ALWAYS AS (entry ->> '$.body.punchSeq') VIRTUAL
      ) STRICT;
      CREATE UNIQUE INDEX up_log_by_seq ON up_log (log_id, seq);
      CREATE INDEX up_log_by_punch ON up_log (person_id, position) WHERE kind = 'punch';
      CREATE INDEX up_log_by_void ON up_log (log_id, voided_seq) WHERE kind = 'void';

      CREATE TRIGGER up_log_keeps_content BEFORE UPDATE ON up_log
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
      CREATE TRIGGER up_log_keeps_entries BEFORE DELETE ON up_log
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
      CREATE TRIGGER up_log_replaces_nothing BEFORE INSERT ON up_log
      WHEN EXISTS (SELECT 1 FROM up_log WHERE position = NEW.position)
        OR EXISTS (SELECT 1 FROM up_log
                    WHERE log_id = NEW.entry ->> '$.logId' AND seq = NEW.entry ->> '$.seq')
      BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

      CREATE TABLE log (
        ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
        log_id TEXT NOT NULL UNIQUE,
        acked_seq INTEGER NOT NULL DEFAULT 0 CHECK (acked_seq >= 0),
        disputed INTEGER NOT NULL DEFAULT 0 CHECK (disputed IN (0, 1))
      ) STRICT;
    `,
  },
  {
    version: 2,
    name: 'people',
    // Nothing of a person is readable here: records and templates are sealed under the person's key.
    sql: `
      CREATE TABLE person (
        person_id TEXT PRIMARY KEY,
        wrapped_key BLOB NOT NULL,
        sealed BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE template (
        template_id TEXT PRIMARY KEY,
        person_id TEXT NOT NULL REFERENCES person ON DELETE CASCADE,
        sealed BLOB NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX template_by_person ON template (person_id);
      CREATE TABLE down_log (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        rev INTEGER NOT NULL CHECK (rev >= 0),
        site TEXT
      ) STRICT;
      INSERT INTO down_log (only_row, rev) VALUES (1, 0);
      CREATE TABLE pin_attempt (
        subject TEXT PRIMARY KEY,
        failures INTEGER NOT NULL,
        last_failed_ms INTEGER NOT NULL,
        blocked_until_ms INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX pin_attempt_by_age ON pin_attempt (last_failed_ms);
      CREATE TABLE disk_probe (
        only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
        filler BLOB NOT NULL
      ) STRICT;
    `,
  },
];
