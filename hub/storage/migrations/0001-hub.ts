import type { SqlMigration } from '#platform/sql/sql-migration';

/** The hub's first shape: both logs, what is read out of them, people, terminals and sign-in. */
export const hubTables: SqlMigration = {
  version: 1,
  name: '0001-hub',
  // oxlint-disable-next-line max-lines-per-function -- a list of statements, with nothing to decide in it
  statements: ({ integer, real, blob, counted, strict, keyed, nocase, refuse }) => [
    `CREATE TABLE site (
        site_id TEXT PRIMARY KEY,
        name_zh TEXT NOT NULL,
        name_en TEXT NOT NULL,
        zone    TEXT NOT NULL
      ) ${strict}`,
    // A row without keys is a stranger who was refused: seen, never joined.
    `CREATE TABLE terminals (
        terminal_id     TEXT PRIMARY KEY,
        site_id         TEXT REFERENCES site,
        sign_key        TEXT,
        seal_key        TEXT,
        joined_at_ms    ${integer},
        name            TEXT NOT NULL DEFAULT '',
        online          ${integer} NOT NULL DEFAULT 0 CHECK (online IN (0, 1)),
        last_contact_ms ${integer},
        log_id          TEXT,
        app             TEXT,
        queue_depth     ${integer} NOT NULL DEFAULT 0,
        gallery_rev     ${integer} NOT NULL DEFAULT 0,
        camera          TEXT NOT NULL DEFAULT 'unknown',
        disk            TEXT NOT NULL DEFAULT 'ok',
        clock           TEXT,
        refusal_count   ${integer} NOT NULL DEFAULT 0,
        refusal_reason  TEXT,
        refused_at_ms   ${integer},
        CHECK ((sign_key IS NULL) = (seal_key IS NULL)),
        CHECK ((sign_key IS NULL) = (joined_at_ms IS NULL))
      ) ${strict}`,
    // upto: everything up to here is stored without a gap, and acted on in order.
    `CREATE TABLE up_logs (
        log_id      TEXT PRIMARY KEY,
        terminal_id TEXT NOT NULL REFERENCES terminals,
        upto        ${integer} NOT NULL DEFAULT 0
      ) ${strict}`,
    `CREATE TABLE up_entries (
        log_id         TEXT NOT NULL REFERENCES up_logs,
        seq            ${integer} NOT NULL CHECK (seq >= 1),
        kind           TEXT NOT NULL,
        prev           TEXT NOT NULL,
        hash           TEXT NOT NULL,
        entry          TEXT NOT NULL,
        received_at_ms ${integer} NOT NULL,
        PRIMARY KEY (log_id, seq)
      ) ${keyed}`,
    ...refuse({ table: 'up_entries', on: 'update', because: 'the up-log is append-only' }),
    ...refuse({ table: 'up_entries', on: 'delete', because: 'the up-log is append-only' }),
    // Kept and chained, but not acted on, and why.
    `CREATE TABLE entry_remarks (
        log_id TEXT NOT NULL,
        seq    ${integer} NOT NULL,
        remark TEXT NOT NULL,
        PRIMARY KEY (log_id, seq),
        FOREIGN KEY (log_id, seq) REFERENCES up_entries
      ) ${keyed}`,
    `CREATE TABLE punches (
        log_id         TEXT NOT NULL,
        seq            ${integer} NOT NULL,
        terminal_id    TEXT NOT NULL,
        site_id        TEXT NOT NULL,
        person_id      TEXT NOT NULL,
        method         TEXT NOT NULL,
        direction      TEXT,
        punched_at_ms  ${integer} NOT NULL,
        received_at_ms ${integer} NOT NULL,
        clock_trust    TEXT NOT NULL,
        confidence     ${real},
        liveness       ${real},
        wifi           TEXT,
        hash           TEXT NOT NULL,
        PRIMARY KEY (log_id, seq),
        FOREIGN KEY (log_id, seq) REFERENCES up_entries
      ) ${keyed}`,
    `CREATE INDEX punches_by_time ON punches (punched_at_ms)`,
    `CREATE TABLE voids (
        log_id    TEXT NOT NULL,
        punch_seq ${integer} NOT NULL,
        seq       ${integer} NOT NULL,
        PRIMARY KEY (log_id, punch_seq)
      ) ${keyed}`,
    `CREATE TABLE consents (
        log_id     TEXT NOT NULL,
        seq        ${integer} NOT NULL,
        consent_id TEXT NOT NULL,
        person_id  TEXT NOT NULL,
        given      ${integer} NOT NULL CHECK (given IN (0, 1)),
        PRIMARY KEY (log_id, seq)
      ) ${keyed}`,
    `CREATE INDEX consents_by_person ON consents (person_id, consent_id)`,
    `CREATE TABLE people (
        person_id     TEXT PRIMARY KEY,
        employee_no   TEXT NOT NULL ${nocase} UNIQUE,
        name          TEXT NOT NULL,
        greeting_name TEXT NOT NULL,
        locale        TEXT NOT NULL,
        manager       ${integer} NOT NULL CHECK (manager IN (0, 1)),
        pin_verifier  TEXT,
        created_at_ms ${integer} NOT NULL
      ) ${strict}`,
    `CREATE UNIQUE INDEX people_by_employee_no ON people (lower(employee_no))`,
    // One data key per person, wrapped by the hub's key file: without its row no copy can be read.
    `CREATE TABLE template_keys (
        person_id TEXT PRIMARY KEY REFERENCES people,
        wrapped   ${blob} NOT NULL
      ) ${strict}`,
    `CREATE TABLE templates (
        template_id    TEXT PRIMARY KEY,
        person_id      TEXT NOT NULL REFERENCES people,
        model_id       TEXT NOT NULL,
        enrolment_id   TEXT NOT NULL,
        sealed         ${blob} NOT NULL,
        enrolled_at_ms ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX templates_by_person ON templates (person_id)`,
    // What a terminal is told says only of whom; the content is sealed for each terminal when it is sent.
    `CREATE TABLE down_log (
        rev           ${counted},
        site_id       TEXT NOT NULL REFERENCES site,
        terminal_id   TEXT,
        kind          TEXT NOT NULL CHECK (kind IN ('site', 'person', 'template', 'erasure')),
        person_id     TEXT,
        template_id   TEXT,
        scope         TEXT CHECK (scope IN ('templates', 'person')),
        written_at_ms ${integer} NOT NULL
      ) ${strict}`,
    `CREATE INDEX down_log_by_person ON down_log (person_id, rev)`,
    ...refuse({ table: 'down_log', on: 'update', because: 'the down-log is append-only' }),
    ...refuse({ table: 'down_log', on: 'delete', because: 'the down-log is append-only' }),
    `CREATE TABLE cursors (
        terminal_id TEXT PRIMARY KEY REFERENCES terminals,
        rev         ${integer} NOT NULL,
        at_ms       ${integer} NOT NULL
      ) ${strict}`,
    `CREATE TABLE administrators (
        name            TEXT PRIMARY KEY ${nocase},
        verifier        TEXT NOT NULL,
        must_change     ${integer} NOT NULL CHECK (must_change IN (0, 1)),
        failures        ${integer} NOT NULL DEFAULT 0,
        locked_until_ms ${integer} NOT NULL DEFAULT 0
      ) ${strict}`,
    `CREATE UNIQUE INDEX administrators_by_name ON administrators (lower(name))`,
    `CREATE TABLE sessions (
        token_digest  TEXT PRIMARY KEY,
        name          TEXT NOT NULL REFERENCES administrators,
        csrf_token    TEXT NOT NULL,
        expires_at_ms ${integer} NOT NULL
      ) ${strict}`,
    `CREATE TABLE quarantine (
        id             ${counted},
        terminal_id    TEXT NOT NULL,
        reason         TEXT NOT NULL,
        digest         TEXT NOT NULL,
        bytes          ${integer} NOT NULL,
        received_at_ms ${integer} NOT NULL
      ) ${strict}`,
  ],
};
