import { Kysely, PostgresDialect, sql } from 'kysely';
import { Pool, types } from 'pg';
import { failed, ok, type Result } from '#domain/result';
import { SqlDatabase } from '#platform/sql/sql-database';

const CONNECTIONS_MAX = 10; // of one hub; PostgreSQL allows a hundred by default
const CONNECT_TIMEOUT_MS = 10_000;
const FROZEN_UNIT_MS = 60_000; // what a hub that froze had locked is free again for the others
const KEEP_ALIVE_AFTER_MS = 10_000; // a line that died in silence is noticed by the system
const OLDEST_VERSION = 130_000; // the oldest the PostgreSQL project still mended when this was written

export interface PostgresFailure {
  readonly reason: 'database-away' | 'database-refused' | 'database-too-old';
  readonly detail: string;
}

/** @param url `postgres://user:password@host:port/database`; TLS by `?sslmode=verify-full` */
export async function openPostgres<Tables>(
  url: string,
): Promise<Result<SqlDatabase<Tables>, PostgresFailure>> {
  const pool = new Pool({
    connectionString: url,
    max: CONNECTIONS_MAX,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: FROZEN_UNIT_MS,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MS,
    application_name: 'lintel-hub',
    types: { getTypeParser },
  });
  // A connection that breaks is replaced when one is needed, and whoever was using it hears of it from
  // the query. Unheard, the event would end the process: idle ones speak through the pool, others not.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  try {
    const { rows } = await sql<{ version: number }>`
      SELECT current_setting('server_version_num')::int AS version`.execute(db);
    const version = rows[0]?.version ?? 0;
    if (version >= OLDEST_VERSION) return ok(new SqlDatabase('postgres', db));
    await db.destroy();
    return failed({ reason: 'database-too-old', detail: String(version) });
  } catch (error) {
    await db.destroy();
    return failed(failureOf(error));
  }
}

/** Our integers are minutes, milliseconds and counts: all of them fit into a double. */
function getTypeParser(...[oid, format]: Parameters<typeof types.getTypeParser>) {
  const { INT8, NUMERIC } = types.builtins;
  return oid === INT8 || oid === NUMERIC ? Number : types.getTypeParser(oid, format);
}

function failureOf(error: unknown): PostgresFailure {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  // Of several addresses tried in vain there is a code and no message.
  const detail = error instanceof Error ? error.message || code : String(error);
  // 28: wrong name or password; 3D: no such database
  const isRefused = code.startsWith('28') || code.startsWith('3D');
  return { reason: isRefused ? 'database-refused' : 'database-away', detail };
}
