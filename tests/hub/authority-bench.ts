import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type OpenAuthority, openAuthority } from '#hub/authority/open-authority';
import { mintIdentity } from '#hub/identity/hub-identity';
import type { OpenSession } from '#hub/sign-in/session-keeper';
import type { HubDatabase } from '#hub/storage/hub-database';
import { createLogger } from '#platform/log/logger';
import { openBooksOf, openTestDatabase } from '#tests/hub/test-database';
import { ManualClock } from '#tests/terminal/manual-clock';

export const DEVICE = { address: '192.0.2.7', browser: 'a browser' } as const;

export interface AuthorityBench extends OpenAuthority {
  readonly db: HubDatabase;
  readonly clock: ManualClock;
  readonly dataDir: string;
  /** The same area as another hub on the same books has it. */
  readonly another: () => Promise<OpenAuthority>;
  /** Signs in with a password alone. */
  readonly enter: (name: string, password: string) => Promise<OpenSession>;
  readonly close: () => Promise<void>;
}

function opened(result: Awaited<ReturnType<typeof openAuthority>>): OpenAuthority {
  if (!result.ok) throw new Error(result.failure.message.en);
  return result.value;
}

/** Accounts, ways in and the audit log over a real database, with a clock that a test moves. */
export async function openAuthorityBench(): Promise<AuthorityBench> {
  const db = await openTestDatabase();
  const clock = new ManualClock('2026-03-02T08:00:00Z');
  const dataDir = mkdtempSync(join(tmpdir(), 'lintel-authority-'));
  const identity = mintIdentity();
  const logger = createLogger('hub', 'silent');
  const place = { identity, dataDir, clock, logger };
  const open = opened(await openAuthority({ ...place, db }));
  const others: (() => Promise<void>)[] = [];
  const enter = async (name: string, password: string) => {
    const signedIn = await open.served.signIn.open(name, password, DEVICE);
    if (!signedIn.ok || signedIn.value.kind === 'code') throw new Error('a password suffices');
    return signedIn.value.opened;
  };
  const another = async () => {
    const books = await openBooksOf(db);
    const other = opened(await openAuthority({ ...place, db: books }));
    others.push(async () => {
      await other.stop();
      if (books !== db) await books.close();
    });
    return other;
  };
  const close = async () => {
    for (const step of others) await step();
    await open.stop();
    await db.close();
    rmSync(dataDir, { recursive: true });
  };
  return { ...open, db, clock, dataDir, enter, another, close };
}
