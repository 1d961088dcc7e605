import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 200;
const PATIENCE_MS = 5 * 60_000; // a cold build on a small box

/** One build at a time: two would empty each other's folders. Waits for the other one to finish. */
export async function withBuildLock<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const lock = join(folder, 'lock');
  for (let waited = 0; !take(lock); waited += POLL_MS) {
    if (waited > PATIENCE_MS)
      throw new Error(`another build holds ${lock}; remove it if none runs`);
    if (isLeftover(lock)) rmSync(lock, { recursive: true, force: true });
    else await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

/** Making a folder is the one step that two processes cannot both succeed at. */
function take(lock: string): boolean {
  try {
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), String(process.pid));
    return true;
  } catch {
    return false;
  }
}

/** Whoever took it was killed. A lock without a number yet is being taken this very moment. */
function isLeftover(lock: string): boolean {
  try {
    process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}
