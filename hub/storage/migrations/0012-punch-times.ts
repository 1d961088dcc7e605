import type { SqlEngine } from '#platform/sql/sql-engine';
import type { SqlMigration } from '#platform/sql/sql-migration';

/** A part of an entry's `at`, as text or number by the column it goes into. */
function at(engine: SqlEngine, name: string, type: string): string {
  return engine === 'sqlite'
    ? `json_extract(u.entry, '$.at.${name}')`
    : `(u.entry::jsonb #>> '{at,${name}}')::${type}`;
}

/** As `isDoubtful` of the punch repository says it. */
const DOUBTFUL = "(clock_trust = 'lost' OR (clock_trust = 'estimated' AND error_ms = 0))";

/**
 * When a punch was given as far as anybody knows, beside what its terminal claimed; what is known of the
 * clocks of each boot; and who placed what could not be known.
 */
export const punchTimeTables: SqlMigration = {
  version: 12,
  name: '0012-punch-times',
  statements: ({ engine, integer, counted, strict, keyed, refuse }) => {
    const ofEntry = (name: string, type: string) =>
      `(SELECT ${at(engine, name, type)} FROM up_entries u
        WHERE u.log_id = punches.log_id AND u.seq = punches.seq)`;
    return [
      // at_ms: as it counts. punched_at_ms: as it was claimed, for good.
      `ALTER TABLE punches ADD COLUMN at_ms ${integer} NOT NULL DEFAULT 0`,
      `ALTER TABLE punches ADD COLUMN retimed_by TEXT CHECK (retimed_by IN ('contact', 'person'))`,
      // Of punches whose clock was never compared with ours in its boot: that boot, and both of its clocks.
      `ALTER TABLE punches ADD COLUMN boot_id TEXT`,
      `ALTER TABLE punches ADD COLUMN mono_ms ${integer}`,
      `ALTER TABLE punches ADD COLUMN wall_ms ${integer}`,
      `UPDATE punches SET at_ms = punched_at_ms`,
      `UPDATE punches SET boot_id = ${ofEntry('bootId', 'text')},
         mono_ms = ${ofEntry('monoMs', 'bigint')}, wall_ms = ${ofEntry('wallMs', 'bigint')}
       WHERE ${DOUBTFUL}`,
      `DROP INDEX punches_by_time`,
      `DROP INDEX punches_by_person`,
      `CREATE INDEX punches_by_time ON punches (at_ms)`,
      `CREATE INDEX punches_by_person ON punches (person_id, at_ms)`,
      `CREATE INDEX punches_to_retime ON punches (terminal_id, retimed_by, boot_id)
         WHERE boot_id IS NOT NULL`,
      `CREATE INDEX punches_to_place ON punches (received_at_ms)
         WHERE clock_trust = 'lost' AND retimed_by IS NULL`,
      `CREATE TABLE boot_anchors (
          terminal_id TEXT NOT NULL REFERENCES terminals,
          boot_id     TEXT NOT NULL,
          mono_ms     ${integer} NOT NULL,
          wall_ms     ${integer} NOT NULL,
          at_ms       ${integer} NOT NULL,
          error_ms    ${integer} NOT NULL,
          PRIMARY KEY (terminal_id, boot_id, mono_ms)
        ) ${keyed}`,
      `CREATE TABLE punch_placements (
          id           ${counted},
          log_id       TEXT NOT NULL,
          seq          ${integer} NOT NULL,
          at_ms        ${integer} NOT NULL,
          note         TEXT NOT NULL,
          placed_by    TEXT NOT NULL,
          placed_at_ms ${integer} NOT NULL,
          FOREIGN KEY (log_id, seq) REFERENCES punches
        ) ${strict}`,
      ...refuse({ table: 'punch_placements', on: 'update', because: 'what was placed is kept' }),
      ...refuse({ table: 'punch_placements', on: 'delete', because: 'what was placed is kept' }),
    ];
  },
};
