import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const BINARY: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  darwin: join('Electron.app', 'Contents', 'MacOS', 'Electron'),
  win32: 'electron.exe',
};

/** The Electron binary, if one is here. Its package is never loaded: in plain Node it would download. */
export function findElectron(env: NodeJS.ProcessEnv = process.env): string | undefined {
  const name = BINARY[process.platform] ?? 'electron';
  const named = env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (named) return existing(join(named, name));
  const folder = electronPackage();
  return folder === undefined ? undefined : existing(join(folder, 'dist', name));
}

/** A development dependency: absent where only the command line is installed. */
export function electronPackage(): string | undefined {
  try {
    return dirname(createRequire(import.meta.url).resolve('electron/package.json'));
  } catch {
    return undefined; // MODULE_NOT_FOUND
  }
}

function existing(path: string): string | undefined {
  return existsSync(path) ? path : undefined;
}
