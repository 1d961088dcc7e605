import type { Migration } from '#platform/sqlite/database';

/** The hub's first shape: both logs, what is read out of them, people, terminals and sign-in. */
export const hubTables: Migration = {
  version: 1,
  name: '0001-hub',
  sql: `
CREATE TABLE site (
  site_id TEXT PRIMARY KEY,
  name_zh TEXT NOT NULL,
  name_en TEXT NOT NULL,
  zone    TEXT NOT NULL
) STRICT;

-- A row without keys is a stranger who was refused: seen, never joined.
CREATE TABLE terminals (
  terminal_id     TEXT PRIMARY KEY,
  site_id         TEXT REFERENCES site,
  sign_key        TEXT,
  seal_key        TEXT,
  joined_at_ms    INTEGER,
  name            TEXT NOT NULL DEFAULT '',
  online          INTEGER NOT NULL DEFAULT 0 CHECK (online IN (0, 1)),
  last_contact_ms INTEGER,
  log_id          TEXT,
  app             TEXT,
  queue_depth     INTEGER NOT NULL DEFAULT 0,
  gallery_rev     INTEGER NOT NULL DEFAULT 0,
  camera          TEXT NOT NULL DEFAULT 'unknown',
  disk            TEXT NOT NULL DEFAULT 'ok',
  clock           TEXT,
  refusal_count   INTEGER NOT NULL DEFAULT 0,
  refusal_reason  TEXT,
  refused_at_ms   INTEGER,
  CHECK ((sign_key IS NULL) = (seal_key IS NULL)),
  CHECK ((sign_key IS NULL) = (joined_at_ms IS NULL))
) STRICT;

-- upto: everything up to here is stored without a gap, and acted on in order.
CREATE TABLE up_logs (
  log_id      TEXT PRIMARY KEY,
  terminal_id TEXT NOT NULL REFERENCES terminals,
  upto        INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE up_entries (
  log_id         TEXT NOT NULL REFERENCES up_logs,
  seq            INTEGER NOT NULL CHECK (seq >= 1),
  kind           TEXT NOT NULL,
  prev           TEXT NOT NULL,
  hash           TEXT NOT NULL,
  entry          TEXT NOT NULL,
  received_at_ms INTEGER NOT NULL,
  PRIMARY KEY (log_id, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER up_entries_keep BEFORE UPDATE ON up_entries
  BEGIN SELECT RAISE(ABORT, 'the up-log is append-only'); END;
CREATE TRIGGER up_entries_stay BEFORE DELETE ON up_entries
  BEGIN SELECT RAISE(ABORT, 'the up-log is append-only'); END;

-- Kept and chained, but not acted on, and why.
CREATE TABLE entry_remarks (
  log_id TEXT NOT NULL,
  seq    INTEGER NOT NULL,
  remark TEXT NOT NULL,
  PRIMARY KEY (log_id, seq),
  FOREIGN KEY (log_id, seq) REFERENCES up_entries
) STRICT, WITHOUT ROWID;

CREATE TABLE punches (
  log_id         TEXT NOT NULL,
  seq            INTEGER NOT NULL,
  terminal_id    TEXT NOT NULL,
  site_id        TEXT NOT NULL,
  person_id      TEXT NOT NULL,
  method         TEXT NOT NULL,
  direction      TEXT,
  punched_at_ms  INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL,
  clock_trust    TEXT NOT NULL,
  confidence     REAL,
  liveness       REAL,
  wifi           TEXT,
  hash           TEXT NOT NULL,
  PRIMARY KEY (log_id, seq),
  FOREIGN KEY (log_id, seq) REFERENCES up_entries
) STRICT, WITHOUT ROWID;
CREATE INDEX punches_by_time ON punches (punched_at_ms);

CREATE TABLE voids (
  log_id    TEXT NOT NULL,
  punch_seq INTEGER NOT NULL,
  seq       INTEGER NOT NULL,
  PRIMARY KEY (log_id, punch_seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE consents (
  log_id     TEXT NOT NULL,
  seq        INTEGER NOT NULL,
  consent_id TEXT NOT NULL,
  person_id  TEXT NOT NULL,
  given      INTEGER NOT NULL CHECK (given IN (0, 1)),
  PRIMARY KEY (log_id, seq)
) STRICT, WITHOUT ROWID;
CREATE INDEX consents_by_person ON consents (person_id, consent_id);

CREATE TABLE people (
  person_id     TEXT PRIMARY KEY,
  employee_no   TEXT NOT NULL COLLATE NOCASE UNIQUE,
  name          TEXT NOT NULL,
  greeting_name TEXT NOT NULL,
  locale        TEXT NOT NULL,
  manager       INTEGER NOT NULL CHECK (manager IN (0, 1)),
  pin_verifier  TEXT,
  created_at_ms INTEGER NOT NULL
) STRICT;

-- One data key per person, wrapped by the hub's key file: without its row no copy can be read.
CREATE TABLE template_keys (
  person_id TEXT PRIMARY KEY REFERENCES people,
  wrapped   BLOB NOT NULL
) STRICT;
CREATE TABLE templates (
  template_id    TEXT PRIMARY KEY,
  person_id      TEXT NOT NULL REFERENCES people,
  model_id       TEXT NOT NULL,
  enrolment_id   TEXT NOT NULL,
  sealed         BLOB NOT NULL,
  enrolled_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX templates_by_person ON templates (person_id);

-- What a terminal is told says only of whom; the content is sealed for each terminal when it is sent.
CREATE TABLE down_log (
  rev           INTEGER PRIMARY KEY AUTOINCREMENT,
  site_id       TEXT NOT NULL REFERENCES site,
  terminal_id   TEXT,
  kind          TEXT NOT NULL CHECK (kind IN ('site', 'person', 'template', 'erasure')),
  person_id     TEXT,
  template_id   TEXT,
  scope         TEXT CHECK (scope IN ('templates', 'person')),
  written_at_ms INTEGER NOT NULL
) STRICT;
CREATE INDEX down_log_by_person ON down_log (person_id, rev);
CREATE TRIGGER down_log_keep BEFORE UPDATE ON down_log
  BEGIN SELECT RAISE(ABORT, 'the down-log is append-only'); END;
CREATE TRIGGER down_log_stay BEFORE DELETE ON down_log
  BEGIN SELECT RAISE(ABORT, 'the down-log is append-only'); END;

CREATE TABLE cursors (
  terminal_id TEXT PRIMARY KEY REFERENCES terminals,
  rev         INTEGER NOT NULL,
  at_ms       INTEGER NOT NULL
) STRICT;

CREATE TABLE administrators (
  name            TEXT PRIMARY KEY COLLATE NOCASE,
  verifier        TEXT NOT NULL,
  must_change     INTEGER NOT NULL CHECK (must_change IN (0, 1)),
  failures        INTEGER NOT NULL DEFAULT 0,
  locked_until_ms INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE sessions (
  token_digest  TEXT PRIMARY KEY,
  name          TEXT NOT NULL REFERENCES administrators,
  csrf_token    TEXT NOT NULL,
  expires_at_ms INTEGER NOT NULL
) STRICT;

CREATE TABLE quarantine (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  terminal_id    TEXT NOT NULL,
  reason         TEXT NOT NULL,
  digest         TEXT NOT NULL,
  bytes          INTEGER NOT NULL,
  received_at_ms INTEGER NOT NULL
) STRICT;
`,
};
