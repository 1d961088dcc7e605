import type { SqlEngine } from '#platform/sql/sql-engine';
import type { SqlMigration, SqlWords } from '#platform/sql/sql-migration';

/** Accounts, what was granted to them, ways to sign in, programs, and the audit log. */
export const authorityTables: SqlMigration = {
  version: 6,
  name: '0006-authority',
  statements: (words) => [
    ...accountTables(words),
    ...signInTables(words),
    ...proofTables(words),
    ...clientTables(words),
    ...auditTables(words),
  ],
};

function accountTables({ engine, integer, strict }: SqlWords): readonly string[] {
  return [
    // name: what is typed at sign-in; NULL for staff, who type their employee number.
    // grants: JSON, see contracts/rest/v1/authority.ts. verifier NULL: invited, no password yet.
    `CREATE TABLE accounts (
        account_id        TEXT PRIMARY KEY,
        name              TEXT,
        person_id         TEXT UNIQUE REFERENCES people,
        locale            TEXT NOT NULL,
        rank              TEXT NOT NULL
                          CHECK (rank IN ('superAdministrator', 'administrator', 'none')),
        grants            TEXT NOT NULL DEFAULT '[]',
        state             TEXT NOT NULL CHECK (state IN ('active', 'disabled')),
        verifier          TEXT,
        must_change       ${integer} NOT NULL DEFAULT 0 CHECK (must_change IN (0, 1)),
        created_at_ms     ${integer} NOT NULL,
        last_signed_in_ms ${integer},
        version           ${integer} NOT NULL DEFAULT 1,
        CHECK (name IS NOT NULL OR (person_id IS NOT NULL AND rank = 'none'))
      ) ${strict}`,
    `CREATE UNIQUE INDEX accounts_by_name ON accounts (lower(name))`,
    `INSERT INTO accounts
       (account_id, name, locale, rank, state, verifier, must_change, created_at_ms)
     SELECT ${uuid(engine)}, name, 'zh-CN', 'superAdministrator', 'active', verifier, must_change, 0
       FROM administrators`,
    // Nobody stays signed in over this step, and no verifier stays where nobody would look for it.
    `DROP TABLE sessions`,
    `DROP TABLE administrators`,
  ];
}

function signInTables({ integer, strict }: SqlWords): readonly string[] {
  return [
    `CREATE TABLE sessions (
        session_id    TEXT PRIMARY KEY,
        token_digest  TEXT NOT NULL UNIQUE,
        account_id    TEXT NOT NULL REFERENCES accounts,
        csrf_token    TEXT NOT NULL,
        way           TEXT NOT NULL CHECK (way IN ('password', 'password-and-code', 'provider')),
        started_at_ms ${integer} NOT NULL,
        last_seen_ms  ${integer} NOT NULL,
        expires_at_ms ${integer} NOT NULL,
        address       TEXT NOT NULL,
        browser       TEXT NOT NULL
      ) ${strict}`,
    `CREATE INDEX sessions_by_account ON sessions (account_id)`,
    `CREATE INDEX sessions_by_end ON sessions (expires_at_ms)`,
    // Wrong guesses in a row, by name (there or not) and by address; digests, as names are private.
    `CREATE TABLE sign_in_locks (
        key             TEXT PRIMARY KEY,
        failures        ${integer} NOT NULL,
        failed_at_ms    ${integer} NOT NULL,
        locked_until_ms ${integer} NOT NULL DEFAULT 0
      ) ${strict}`,
    `CREATE INDEX sign_in_locks_by_age ON sign_in_locks (failed_at_ms)`,
    // A right password that still wants its code.
    `CREATE TABLE sign_in_challenges (
        token_digest  TEXT PRIMARY KEY,
        account_id    TEXT NOT NULL REFERENCES accounts,
        expires_at_ms ${integer} NOT NULL,
        attempts      ${integer} NOT NULL DEFAULT 0
      ) ${strict}`,
  ];
}

function proofTables({ integer, blob, strict, keyed }: SqlWords): readonly string[] {
  return [
    // sealed: the secret, under the hub's storage key. last_step: of the last code that was accepted.
    `CREATE TABLE second_factors (
        account_id TEXT PRIMARY KEY REFERENCES accounts,
        state      TEXT NOT NULL CHECK (state IN ('wanted', 'on')),
        sealed     ${blob} NOT NULL,
        last_step  ${integer},
        recovery   TEXT NOT NULL DEFAULT '[]'
      ) ${strict}`,
    `CREATE TABLE one_time_links (
        digest        TEXT PRIMARY KEY,
        account_id    TEXT NOT NULL REFERENCES accounts,
        expires_at_ms ${integer} NOT NULL,
        used_at_ms    ${integer}
      ) ${strict}`,
    `CREATE INDEX one_time_links_by_account ON one_time_links (account_id)`,
    `CREATE TABLE identity_links (
        issuer       TEXT NOT NULL,
        subject      TEXT NOT NULL,
        account_id   TEXT NOT NULL REFERENCES accounts,
        linked_at_ms ${integer} NOT NULL,
        PRIMARY KEY (issuer, subject)
      ) ${keyed}`,
    `CREATE INDEX identity_links_by_account ON identity_links (account_id)`,
    // Between leaving for the provider and coming back; sealed like secrets, taken out by whoever returns.
    `CREATE TABLE provider_departures (
        digest        TEXT PRIMARY KEY,
        sealed        ${blob} NOT NULL,
        expires_at_ms ${integer} NOT NULL
      ) ${strict}`,
  ];
}

function clientTables({ integer, strict }: SqlWords): readonly string[] {
  return [
    `CREATE TABLE api_clients (
        client_id     TEXT PRIMARY KEY,
        name          TEXT NOT NULL,
        token_id      TEXT NOT NULL UNIQUE,
        token_digest  TEXT NOT NULL,
        grants        TEXT NOT NULL,
        on_behalf     TEXT NOT NULL CHECK (on_behalf IN ('never', 'named-people')),
        created_by    TEXT,
        created_at_ms ${integer} NOT NULL,
        expires_at_ms ${integer} NOT NULL,
        revoked_at_ms ${integer},
        last_used_ms  ${integer},
        version       ${integer} NOT NULL DEFAULT 1
      ) ${strict}`,
    `CREATE UNIQUE INDEX api_clients_by_name ON api_clients (lower(name), client_id)`,
    // One row: from whom a second factor is wanted.
    `CREATE TABLE sign_in_policy (
        id            ${integer} PRIMARY KEY CHECK (id = 1),
        second_factor TEXT NOT NULL
                      CHECK (second_factor IN ('nobody', 'superAdministrators', 'administrators')),
        version       ${integer} NOT NULL DEFAULT 1
      ) ${strict}`,
    `INSERT INTO sign_in_policy (id, second_factor) VALUES (1, 'nobody')`,
  ];
}

function auditTables({ integer, strict, keyed, refuse }: SqlWords): readonly string[] {
  return [
    // The end of the chain: whoever appends takes hold of this row first. One row, one log.
    `CREATE TABLE audit_heads (
        id     ${integer} PRIMARY KEY CHECK (id = 1),
        log_id TEXT NOT NULL,
        seq    ${integer} NOT NULL,
        hash   TEXT NOT NULL
      ) ${strict}`,
    // entry: the whole of it as JSON; the other columns are read out of it, to look for.
    `CREATE TABLE audit_entries (
        seq          ${integer} PRIMARY KEY,
        at_ms        ${integer} NOT NULL,
        actor_id     TEXT NOT NULL,
        action       TEXT NOT NULL,
        subject_kind TEXT NOT NULL,
        subject_id   TEXT NOT NULL,
        entry        TEXT NOT NULL
      ) ${strict}`,
    `CREATE INDEX audit_entries_by_time ON audit_entries (at_ms)`,
    `CREATE INDEX audit_entries_by_actor ON audit_entries (actor_id, seq)`,
    `CREATE INDEX audit_entries_by_subject ON audit_entries (subject_kind, subject_id, seq)`,
    ...refuse({ table: 'audit_entries', on: 'update', because: 'the audit log is append-only' }),
    ...refuse({ table: 'audit_entries', on: 'delete', because: 'the audit log is append-only' }),
    `CREATE TABLE audit_checkpoints (
        seq        ${integer} NOT NULL,
        checkpoint TEXT NOT NULL,
        PRIMARY KEY (seq, checkpoint)
      ) ${keyed}`,
    ...refuse({
      table: 'audit_checkpoints',
      on: 'update',
      because: 'a checkpoint stays as signed',
    }),
    ...refuse({ table: 'audit_checkpoints', on: 'delete', because: 'a checkpoint is not removed' }),
  ];
}

/** A UUID of version 4, made by the engine itself. */
function uuid(engine: SqlEngine): string {
  if (engine === 'postgres') return 'gen_random_uuid()::text';
  return `${hex(4)} || '-' || ${hex(2)} || '-4' || substr(${hex(2)}, 2) || '-a' ||
    substr(${hex(2)}, 2) || '-' || ${hex(6)}`;
}

function hex(bytes: number): string {
  return `lower(hex(randomblob(${bytes})))`;
}
