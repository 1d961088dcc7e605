import type { CursorBody } from '#contracts/wire/v1/messages';
import type { HubPost } from '#hub/broker/hub-post';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { JoinedTerminal, TerminalRepository } from '#hub/storage/terminal-repository';
import { composeBatch, type DownSources } from '#hub/sync/compose-batch';
import { TerminalTurns } from '#hub/sync/terminal-turns';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import { isStorageFailure } from '#platform/sql/sql-failure';

const SKIP_MAX = 10_000_000; // further ahead than any real restore: such a cursor is a lie

interface SyncDeps extends DownSources {
  readonly db: HubDatabase;
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

/**
 * Brings the down-log to terminals: a batch per cursor, and one unasked when something new comes. What
 * is said to one terminal is read and sent in turns, or an older head could be sent after a newer one.
 */
export class DownSync {
  readonly #deps: SyncDeps;
  readonly #windows = new Map<string, Window>();
  readonly #turns = new TerminalTurns();

  constructor(deps: SyncDeps) {
    this.#deps = deps;
  }

  /** @returns false for a cursor no terminal of ours can have */
  async onCursor(terminal: JoinedTerminal, cursor: CursorBody): Promise<boolean> {
    const { db, downLog, terminals, clock, logger } = this.#deps;
    const { terminalId } = terminal;
    const atMs = clock.now().epochMilliseconds;
    const head = await db.transaction(async () => {
      const newest = await downLog.head(terminal);
      if (cursor.rev > newest + SKIP_MAX) return undefined;
      if (cursor.rev > newest) await this.#restate(terminal, cursor.rev, atMs);
      await terminals.saveCursor(terminalId, cursor.rev, atMs);
      return newest;
    });
    if (head === undefined) return false;
    if (cursor.rev > head) {
      const ahead = { terminalId, rev: cursor.rev, head };
      logger.warn(ahead, 'a terminal was ahead of this hub: everything is told again');
    }
    const window = { from: cursor.rev, credit: cursor.credit, busy: false };
    this.#windows.set(terminalId, window);
    await this.#turns.take(terminalId, () => this.#sendNext(terminal, window));
    return true;
  }

  /** Something new was written: whoever waits for it gets it, everybody learns the new head. */
  async announce(): Promise<void> {
    for (const terminal of await this.#deps.terminals.allJoined()) {
      const { terminalId } = terminal;
      await this.#turns.take(terminalId, async () => {
        const window = this.#windows.get(terminalId);
        if (window !== undefined && !window.busy) await this.#sendNext(terminal, window);
        await this.#sendHead(terminal);
      });
    }
  }

  async sendHead(terminal: JoinedTerminal): Promise<void> {
    await this.#turns.take(terminal.terminalId, () => this.#sendHead(terminal));
  }

  /** The line is gone: every terminal will say anew where it stands. */
  forgetWindows(): void {
    this.#windows.clear();
  }

  async #sendHead(terminal: JoinedTerminal): Promise<void> {
    const { terminalId } = terminal;
    const rev = await this.#deps.downLog.head(terminal);
    await this.#deps.post.send(terminalId, 'head', { kind: 'head', terminalId, rev });
  }

  async #sendNext(terminal: JoinedTerminal, window: Window): Promise<void> {
    const { terminalId } = terminal;
    try {
      const batch = await composeBatch(this.#deps, terminal, window);
      // A newer cursor, or a line that broke meanwhile, has made this answer pointless.
      if (batch === undefined || this.#windows.get(terminalId) !== window) return;
      window.from = batch.upto;
      window.credit -= batch.entries.length;
      window.busy = true;
      const isSent = await this.#deps.post.send(terminalId, 'log', batch);
      if (!isSent) this.#windows.delete(terminalId);
    } catch (error) {
      if (isStorageFailure(error)) throw error;
      // A key that is no point of the curve cannot be sealed to: that terminal's matter alone.
      this.#deps.logger.error({ err: error, terminalId }, 'a down-log batch could not be made');
    }
  }

  /**
   * The terminal knows more than this hub: the hub was restored from an older copy. Everything it
   * still knows is told again, under numbers the terminal has not seen.
   */
  async #restate({ siteId }: JoinedTerminal, rev: number, atMs: number): Promise<void> {
    const { downLog, people, templates } = this.#deps;
    const known = await people.idsToldAt(siteId);
    const own = new Set(known);
    const persons = known.map((personId) => ({ kind: 'person', personId }) as const);
    const faces = (await templates.owned())
      .filter(({ personId }) => own.has(personId))
      .map((face) => ({ kind: 'template', ...face }) as const);
    await downLog.skipTo(rev);
    await downLog.appendAll(siteId, [{ kind: 'site' }, ...persons, ...faces], atMs);
  }
}
