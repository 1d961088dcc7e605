import { randomBytes } from 'node:crypto';
import { statfsSync } from 'node:fs';
import { isDiskFull } from '#platform/sqlite/database';
import type { TerminalDatabase } from '#terminal/storage/terminal-database';

const LOW_BYTES = 200 * 1024 * 1024; // weeks of punches, but not of whatever else is filling the disk
const LOOK_EVERY_MS = 60_000;
const PROBE_EVERY_MS = 5000; // staff stand in front of a terminal that refuses them
const PROBE_BYTES = 64 * 1024; // several punches: room for one must not clear the alarm

export type DiskState = 'ok' | 'low' | 'full';

/** Whether there is room for the next punch; `full` stays until a real write has gone through. */
export class DiskWatch {
  readonly #db: TerminalDatabase;
  readonly #root: string;
  readonly #onChange: () => void;
  readonly #monotonicMs: () => number;
  #state: DiskState = 'ok';
  #dueMs = 0;

  constructor(parts: {
    readonly db: TerminalDatabase;
    readonly root: string;
    readonly monotonicMs: () => number;
    readonly onChange: () => void;
  }) {
    this.#db = parts.db;
    this.#root = parts.root;
    this.#monotonicMs = parts.monotonicMs;
    this.#onChange = parts.onChange;
  }

  get state(): DiskState {
    return this.#state;
  }

  /** What became of the latest write. */
  note(disk: 'written' | 'full'): void {
    if (disk === 'full') {
      this.#dueMs = this.#monotonicMs() + PROBE_EVERY_MS;
      this.#become('full');
    } else if (this.#state === 'full') this.#become(this.#measure());
  }

  /** Called about once a second. */
  tick(): void {
    const nowMs = this.#monotonicMs();
    if (nowMs < this.#dueMs) return;
    this.#dueMs = nowMs + (this.#state === 'full' ? PROBE_EVERY_MS : LOOK_EVERY_MS);
    if (this.#state !== 'full') this.#become(this.#measure());
    else if (this.#canWrite()) this.#become(this.#measure());
  }

  #become(state: DiskState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#onChange();
  }

  #measure(): DiskState {
    try {
      const { bavail, bsize } = statfsSync(this.#root);
      return bavail * bsize < LOW_BYTES ? 'low' : 'ok';
    } catch {
      return 'ok'; // not every file system tells; a failing write is not overlooked
    }
  }

  #canWrite(): boolean {
    try {
      this.#db.transaction(() => {
        this.#db
          .prepare('INSERT OR REPLACE INTO disk_probe (only_row, filler) VALUES (1, ?)')
          .run(randomBytes(PROBE_BYTES));
        this.#db.exec('DELETE FROM disk_probe');
      })();
      return true;
    } catch (error) {
      if (isDiskFull(error)) return false;
      throw error;
    }
  }
}
