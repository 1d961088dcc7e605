import { sql } from 'kysely';
import { CAPABILITIES } from '#domain/authority/capability';
import type { HubDatabase } from '#hub/storage/hub-database';
import { buildTestServer } from '#tests/hub/built-server';
import { Builder, grantOf } from '#tests/scope/scope-builder';
import { NOW, type ScopeWorld } from '#tests/scope/scope-shapes';
import { ManualClock } from '#tests/terminal/manual-clock';

/** A company of two halves that have nothing to do with one another, as its hub has it. */
export async function openScopeWorld(): Promise<ScopeWorld> {
  const clock = new ManualClock(NOW);
  const hub = await buildTestServer(clock);
  const builder = new Builder(hub);
  const near = await builder.side('harbour');
  const far = await builder.side('hill');
  const everything = CAPABILITIES.map((capability) => grantOf({ capability }));
  const viewing = everything.map((each) => ({ ...each, access: 'view' as const }));
  const expiring = clock.now().add({ hours: 1 }).toString();
  const expired = await builder.program('Expired', everything, expiring);
  const revoked = await builder.program('Revoked', everything);
  await builder.must({ method: 'DELETE', path: `/api-clients/${revoked.clientId}` });
  await builder.drafts();
  clock.pass(2 * 3600);
  return {
    hub,
    ask: (asked, headers) => builder.ask(asked, headers),
    near: near.side,
    far: far.side,
    callers: near.callers,
    farCallers: far.callers,
    superAdministrator: hub.session,
    viewer: (await builder.administrator('Viewer', viewing)).headers,
    bare: (await builder.administrator('Bare', [])).headers,
    expiredProgram: expired.headers,
    revokedProgram: revoked.headers,
    viewingProgram: (await builder.program('Viewing', viewing)).headers,
    stored: () => everyRow(hub.db),
    close: () => hub.stop(),
  };
}

/** Left behind by any knock: who is signed in, what was counted, when a program was last seen. */
const VOLATILE = new Set([
  'sessions',
  'sign_in_locks',
  'api_answers',
  'api_clients',
  'schema_version',
  'sqlite_sequence',
]);

async function everyRow(db: HubDatabase): Promise<string> {
  const names =
    db.engine === 'sqlite'
      ? sql<{ name: string }>`SELECT name FROM sqlite_master WHERE type = 'table'`
      : sql<{ name: string }>`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'`;
  const { rows: tables } = await names.execute(db.now);
  const kept: Record<string, readonly string[]> = {};
  for (const { name } of tables.filter((table) => !VOLATILE.has(table.name))) {
    const { rows } = await sql`SELECT * FROM ${sql.table(name)}`.execute(db.now);
    kept[name] = rows.map((row) => JSON.stringify(row)).toSorted();
  }
  return JSON.stringify(kept);
}
