import { join } from 'node:path';

export interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
}

/** Where this user's programs keep what must survive: XDG on Linux, the local profile on Windows. */
export function defaultDataFolder({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Lintel');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Lintel');
  return join(env['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'lintel');
}

/** Where what can be fetched again is kept: model weights, never a punch. */
export function defaultCacheFolder({ platform, env, home }: Surroundings): string {
  if (platform === 'win32') {
    return join(env['LOCALAPPDATA'] || join(home, 'AppData', 'Local'), 'Lintel', 'Cache');
  }
  if (platform === 'darwin') return join(home, 'Library', 'Caches', 'Lintel');
  return join(env['XDG_CACHE_HOME'] || join(home, '.cache'), 'lintel');
}
