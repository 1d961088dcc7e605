import { readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Ends the browser that a killed Lintel left behind in this profile: a new one would only hand its
 * page over to the old one and leave. Chromium notes itself as `<host>-<pid>` in a link of the profile.
 */
export function endLeftover(profileDir: string): void {
  const pid = ownerOf(profileDir);
  if (pid === undefined || !isBrowserOf(pid, profileDir)) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // it ended by itself
  }
}

function ownerOf(profileDir: string): number | undefined {
  try {
    const pid = Number(/-(\d+)$/.exec(readlinkSync(join(profileDir, 'SingletonLock')))?.[1]);
    return Number.isInteger(pid) ? pid : undefined;
  } catch {
    return undefined; // nobody, or not Linux: Windows ends it with its window
  }
}

/** Numbers are given out again: only a process that was started with this very profile is ours. */
function isBrowserOf(pid: number, profileDir: string): boolean {
  try {
    const args = readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0');
    return args.includes(`--user-data-dir=${profileDir}`);
  } catch {
    return false;
  }
}
