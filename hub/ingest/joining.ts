import type { Refusal, StateBody } from '#contracts/wire/v1/messages';
import { assert } from '#domain/assert';
import { ok, type Result } from '#domain/result';
import type { HubPost } from '#hub/broker/hub-post';
import type { HubIdentity } from '#hub/identity/hub-identity';
import { judgeState } from '#hub/ingest/judge-state';
import type { ReadMessage } from '#hub/ingest/signed-message';
import type { DownLogRepository } from '#hub/storage/down-log-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { JoinedTerminal, TerminalRepository } from '#hub/storage/terminal-repository';
import type { DownSync } from '#hub/sync/down-sync';
import type { Clock } from '#platform/clock/clock';
import { joinProof, proofClaim } from '#platform/crypto/join-code';
import type { Logger } from '#platform/log/logger';
import type { SqliteDatabase } from '#platform/sqlite/database';

interface JoiningDeps {
  readonly db: SqliteDatabase;
  readonly identity: HubIdentity;
  readonly terminals: TerminalRepository;
  readonly site: SiteRepository;
  readonly downLog: DownLogRepository;
  readonly sync: DownSync;
  readonly post: HubPost;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How a terminal becomes one of ours, and what is remembered of it afterwards. */
export class Joining {
  readonly #deps: JoiningDeps;
  /** Retained messages are published once per line: an embedded broker forgets them with it. */
  readonly #greeted = new Set<string>();

  constructor(deps: JoiningDeps) {
    this.#deps = deps;
  }

  onState(
    terminalId: string,
    known: JoinedTerminal | undefined,
    read: ReadMessage<StateBody>,
  ): Result<JoinedTerminal, Refusal> {
    const { joinCode } = this.#deps.identity;
    const judged = judgeState(read, known, { terminalId, joinCode });
    if (!judged.ok) return judged;
    this.#save(read.body, known);
    const terminal = this.#deps.terminals.joined(terminalId);
    assert(terminal !== undefined, 'a judged terminal is joined');
    return ok(terminal);
  }

  /** Lets the terminal pin this hub's keys, and tells it how far the down-log goes. */
  async greet(terminal: JoinedTerminal): Promise<void> {
    const { terminalId } = terminal;
    if (this.#greeted.has(terminalId)) return;
    const { hubId, sign, seal, joinCode } = this.#deps.identity;
    const claim = proofClaim.hub(terminalId, hubId, sign.publicKey, seal.publicKey);
    const isSent = await this.#deps.post.send(terminalId, 'welcome', {
      kind: 'welcome',
      terminalId,
      hubId,
      signKey: sign.publicKey,
      sealKey: seal.publicKey,
      proof: joinProof(joinCode, claim),
    });
    if (!isSent) return;
    this.#greeted.add(terminalId);
    await this.#deps.sync.sendHead(terminal);
  }

  forgetGreetings(): void {
    this.#greeted.clear();
  }

  /**
   * In the order of arrival: the terminal's clock may jump, the order of one connection does not. A
   * last will was signed when the connection began, so nothing but "lost" is taken from it.
   */
  #save(body: StateBody, known: JoinedTerminal | undefined): void {
    const { db, terminals, site, downLog, clock, logger } = this.#deps;
    const atMs = clock.now().epochMilliseconds;
    db.transaction(() => {
      const { siteId } = site.get();
      if (known === undefined) terminals.join(body, siteId, atMs);
      if (body.state === 'lost') terminals.markOffline(body.terminalId);
      else {
        terminals.saveState(body, atMs);
        terminals.noteComplete(body, atMs);
      }
      if (body.state !== 'lost' && known?.name !== body.name) {
        downLog.append(siteId, { kind: 'site', terminalId: body.terminalId }, atMs);
      }
    })();
    if (known === undefined) logger.info({ terminalId: body.terminalId }, 'a terminal has joined');
  }
}
