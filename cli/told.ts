import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { defaultCacheFolder, defaultDataFolder } from '#platform/config/data-folder';
import type { Told } from '#terminal/config/terminal-settings';

/** What this invocation was told: its flags, the environment, and the folders that follow from them. */
export function toldBy(flags: Readonly<Record<string, unknown>>): Told {
  const here = { platform: process.platform, env: process.env, home: homedir() };
  const named = flags['dataDir'] ?? (process.env['LINTEL_DATA_DIR'] || undefined);
  return {
    flags,
    environment: process.env,
    dataFolder: typeof named === 'string' ? resolve(named) : defaultDataFolder(here),
    dataFolderFrom: named === undefined ? 'default' : 'person',
    cacheFolder: defaultCacheFolder(here),
  };
}
