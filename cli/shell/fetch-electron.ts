import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Console } from '#cli/console';
import { electronPackage, findElectron } from '#cli/shell/find-electron';

/** A hundred megabytes over an office line; longer than that, a browser does as well. */
const FETCH_TIMEOUT_MS = 5 * 60_000;

/**
 * Lets Electron's own installer fetch its binary, once.
 *
 * @returns the binary, or nothing where it cannot be had; a browser takes its place then
 */
export async function fetchElectron(console: Console): Promise<string | undefined> {
  const folder = electronPackage();
  if (folder === undefined) return undefined;
  console.say({
    'zh-CN': '正在获取 Electron（只在第一次需要）……',
    en: 'Fetching Electron (needed once) …',
  });
  const installer = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: FETCH_TIMEOUT_MS,
  });
  await once(installer, 'exit');
  return findElectron();
}
