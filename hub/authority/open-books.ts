import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { HubConfig } from '#contracts/config/hub-config';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import { failed, ok, type Result } from '#domain/result';
import { type OpenAuthority, openAuthority } from '#hub/authority/open-authority';
import { identityPath, loadIdentity } from '#hub/identity/hub-identity';
import { databaseFailure, identityFailure } from '#hub/start-failure';
import { openHubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';

export interface Books {
  readonly authority: OpenAuthority;
  readonly close: () => Promise<void>;
}

/**
 * Who may do what at a hub, opened beside it from the machine's own command line, whether it is
 * running or not. There has to be a hub already: a slip in the folder's name must not found one.
 */
export async function openBooks(
  config: HubConfig,
  { clock, logger }: { readonly clock: Clock; readonly logger: Logger },
): Promise<Result<Books, Bilingual>> {
  const { dataDir, databaseUrl } = config;
  const hasDatabase = databaseUrl !== undefined || existsSync(join(dataDir, 'hub.db'));
  if (!hasDatabase || !existsSync(identityPath(dataDir))) return failed(noHub(dataDir));
  const identity = loadIdentity(dataDir);
  if (!identity.ok) {
    return failed(identityFailure(identity.failure, identityPath(dataDir)).message);
  }
  const opened = await openHubDatabase(config);
  if (!opened.ok) return failed(databaseFailure(opened.failure, config).message);
  const db = opened.value;
  const authority = await openAuthority({ db, identity: identity.value, dataDir, clock, logger });
  if (!authority.ok) {
    await db.close();
    return failed(authority.failure.message);
  }
  return ok({ authority: authority.value, close: () => db.close() });
}

function noHub(dataDir: string): Bilingual {
  return {
    en: `There is no hub at ${dataDir}. Name its data folder with --data-dir.`,
    'zh-CN': `${dataDir} 下没有考勤中心的数据。请用 --data-dir 指定数据目录。`,
  };
}
