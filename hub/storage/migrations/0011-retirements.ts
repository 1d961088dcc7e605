import type { SqlMigration } from '#platform/sql/sql-migration';

/** Terminals that are gone for good. Their rows stay, without keys; the keys are kept here, to be refused. */
export const retirementTables: SqlMigration = {
  version: 11,
  name: '0011-retirements',
  statements: ({ integer, counted, strict }) => [
    `ALTER TABLE terminals ADD COLUMN retired_at_ms ${integer}`,
    // readmitted_at_ms NULL: these keys are refused.
    `CREATE TABLE retirements (
        id               ${counted},
        terminal_id      TEXT NOT NULL REFERENCES terminals,
        sign_key         TEXT NOT NULL,
        joined_at_ms     ${integer} NOT NULL,
        retired_at_ms    ${integer} NOT NULL,
        retired_by       TEXT NOT NULL,
        readmitted_at_ms ${integer},
        readmitted_by    TEXT,
        CHECK ((readmitted_at_ms IS NULL) = (readmitted_by IS NULL))
      ) ${strict}`,
    `CREATE INDEX retirements_by_terminal ON retirements (terminal_id, sign_key)`,
  ],
};
