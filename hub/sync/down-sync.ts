import type { CursorBody } from '#contracts/wire/v1/messages';
import type { HubPost } from '#hub/broker/hub-post';
import type { JoinedTerminal, TerminalRepository } from '#hub/storage/terminal-repository';
import { composeBatch, type DownSources } from '#hub/sync/compose-batch';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import type { SqliteDatabase } from '#platform/sqlite/database';

const SKIP_MAX = 10_000_000; // further ahead than any real restore: such a cursor is a lie

interface SyncDeps extends DownSources {
  readonly db: SqliteDatabase;
  readonly terminals: TerminalRepository;
  readonly post: HubPost;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How far a terminal has been told, and how much more it will take. */
interface Window {
  from: number;
  credit: number;
  /** A batch is under way whose cursor has not come back. */
  busy: boolean;
}

/** Brings the down-log to terminals: a batch per cursor, and one unasked when something new comes. */
export class DownSync {
  readonly #deps: SyncDeps;
  readonly #windows = new Map<string, Window>();

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  /** @returns false for a cursor no terminal of ours can have */
  async onCursor(terminal: JoinedTerminal, cursor: CursorBody): Promise<boolean> {
    const { downLog, terminals, clock } = this.#deps;
    const head = downLog.head(terminal);
    if (cursor.rev > head + SKIP_MAX) return false;
    if (cursor.rev > head) this.#restate(terminal, cursor.rev);
    terminals.saveCursor(terminal.terminalId, cursor.rev, clock.now().epochMilliseconds);
    const window = { from: cursor.rev, credit: cursor.credit, busy: false };
    this.#windows.set(terminal.terminalId, window);
    await this.#sendNext(terminal, window);
    return true;
  }

  /** Something new was written: whoever waits for it gets it, everybody learns the new head. */
  async announce(): Promise<void> {
    for (const terminal of this.#deps.terminals.allJoined()) {
      const window = this.#windows.get(terminal.terminalId);
      if (window !== undefined && !window.busy) await this.#sendNext(terminal, window);
      await this.sendHead(terminal);
    }
  }

  async sendHead(terminal: JoinedTerminal): Promise<void> {
    const { terminalId } = terminal;
    const rev = this.#deps.downLog.head(terminal);
    await this.#deps.post.send(terminalId, 'head', { kind: 'head', terminalId, rev });
  }

  /** The line is gone: every terminal will say anew where it stands. */
  forgetWindows(): void {
    this.#windows.clear();
  }

  async #sendNext(terminal: JoinedTerminal, window: Window): Promise<void> {
    try {
      const batch = composeBatch(this.#deps, terminal, window);
      if (batch === undefined) return;
      window.from = batch.upto;
      window.credit -= batch.entries.length;
      window.busy = true;
      const isSent = await this.#deps.post.send(terminal.terminalId, 'log', batch);
      if (!isSent) this.#windows.delete(terminal.terminalId);
    } catch (error) {
      // A key that is no point of the curve cannot be sealed to: that terminal's matter alone.
      const { terminalId } = terminal;
      this.#deps.logger.error({ err: error, terminalId }, 'a down-log batch could not be made');
    }
  }

  /**
   * The terminal knows more than this hub: the hub was restored from an older copy. Everything it
   * still knows is told again, under numbers the terminal has not seen.
   */
  #restate(terminal: JoinedTerminal, rev: number): void {
    const { db, downLog, people, templates, clock, logger } = this.#deps;
    const { terminalId, siteId } = terminal;
    logger.warn({ terminalId, rev }, 'a terminal is ahead of this hub: everything is told again');
    const atMs = clock.now().epochMilliseconds;
    db.transaction(() => {
      downLog.skipTo(rev);
      downLog.append(siteId, { kind: 'site' }, atMs);
      for (const personId of people.ids()) {
        downLog.append(siteId, { kind: 'person', personId }, atMs);
        for (const templateId of templates.idsOf(personId)) {
          downLog.append(siteId, { kind: 'template', personId, templateId }, atMs);
        }
      }
    })();
  }
}
