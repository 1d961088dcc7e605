import type { SqlEngine } from '#platform/sql/sql-engine';
import type { SqlMigration } from '#platform/sql/sql-migration';

function eventId(engine: SqlEngine): string {
  return engine === 'sqlite'
    ? "json_extract(u.entry, '$.body.groupEventId')"
    : "u.entry::jsonb #>> '{body,groupEventId}'";
}

/** Group-punch events, every version of each, and which punch was given at which. */
export const groupEventTables: SqlMigration = {
  version: 5,
  name: '0005-group-events',
  statements: ({ engine, integer, keyed, refuse }) => [
    `CREATE TABLE group_events (
        event_id      TEXT NOT NULL,
        version       ${integer} NOT NULL CHECK (version >= 1),
        state         TEXT NOT NULL CHECK (state IN ('open', 'closed')),
        from_s        ${integer} NOT NULL,
        to_s          ${integer} NOT NULL,
        body          TEXT NOT NULL,
        written_at_ms ${integer} NOT NULL,
        written_by    TEXT NOT NULL,
        PRIMARY KEY (event_id, version),
        CHECK (from_s <= to_s)
      ) ${keyed}`,
    ...refuse({ table: 'group_events', on: 'update', because: 'a version is not changed' }),
    ...refuse({ table: 'group_events', on: 'delete', because: 'a version is not removed' }),
    `CREATE INDEX group_events_by_time ON group_events (from_s, event_id)`,
    `ALTER TABLE punches ADD COLUMN event_id TEXT`,
    `UPDATE punches SET event_id = (
        SELECT ${eventId(engine)} FROM up_entries u
        WHERE u.log_id = punches.log_id AND u.seq = punches.seq)`,
    `CREATE INDEX punches_by_event ON punches (event_id) WHERE event_id IS NOT NULL`,
  ],
};
