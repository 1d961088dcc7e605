import type { Refusal, StateBody } from '#contracts/wire/v1/messages';
import { assert } from '#domain/assert';
import { failed, ok, type Result } from '#domain/result';
import type { HubPost } from '#hub/broker/hub-post';
import type { HubIdentity } from '#hub/identity/hub-identity';
import { judgeState } from '#hub/ingest/judge-state';
import type { ReadMessage } from '#hub/ingest/signed-message';
import type { DownLogRepository } from '#hub/storage/down-log-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { RetirementRepository } from '#hub/storage/retirement-repository';
import type { SiteRepository } from '#hub/storage/site-repository';
import type { JoinedTerminal, TerminalRepository } from '#hub/storage/terminal-repository';
import type { DownSync } from '#hub/sync/down-sync';
import type { Clock } from '#platform/clock/clock';
import { joinProof, proofClaim } from '#platform/crypto/join-code';
import type { Logger } from '#platform/log/logger';

interface JoiningDeps {
  readonly db: HubDatabase;
  readonly identity: HubIdentity;
  readonly terminals: TerminalRepository;
  readonly retirements: RetirementRepository;
  readonly site: SiteRepository;
  readonly downLog: DownLogRepository;
  readonly sync: DownSync;
  readonly post: HubPost;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A terminal that may speak, and whether it may from this message on. */
interface Known {
  readonly terminal: JoinedTerminal;
  readonly isNew: boolean;
}

/** How a terminal becomes one of ours, and what is remembered of it afterwards. */
export class Joining {
  readonly #deps: JoiningDeps;
  /** Retained messages are published once per line: an embedded broker forgets them with it. */
  readonly #greeted = new Set<string>();

  constructor(deps: JoiningDeps) {
    this.#deps = deps;
  }

  /** Judged and saved in one: of two that claim one new id, the second is held against the first. */
  async onState(
    terminalId: string,
    read: ReadMessage<StateBody>,
  ): Promise<Result<JoinedTerminal, Refusal>> {
    const { db, identity, terminals, retirements, clock, logger } = this.#deps;
    const { joinCode } = identity;
    const atMs = clock.now().epochMilliseconds;
    const saved = await db.transaction(async (): Promise<Result<Known, Refusal>> => {
      const known = await terminals.joined(terminalId);
      const judged = judgeState(read, known, { terminalId, joinCode });
      if (!judged.ok) return judged;
      // Struck off: it still knows the join code, and is not let in by that.
      const isRetired = await retirements.isRefused(terminalId, read.body.signKey);
      if (isRetired) return failed('not-joined');
      await this.#save(read.body, known, atMs);
      const terminal = await terminals.joined(terminalId);
      assert(terminal !== undefined, 'a judged terminal is joined');
      return ok({ terminal, isNew: known === undefined });
    });
    if (!saved.ok) return saved;
    const { terminal, isNew } = saved.value;
    if (isNew) logger.info({ terminalId }, 'a terminal has joined');
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
  async #save(body: StateBody, known: JoinedTerminal | undefined, atMs: number): Promise<void> {
    const { terminals, site, downLog } = this.#deps;
    const { siteId } = await site.get();
    if (known === undefined) await terminals.join(body, siteId, atMs);
    if (body.state === 'lost') {
      await terminals.markOffline(body.terminalId);
      return;
    }
    await terminals.saveState(body, atMs);
    await terminals.noteComplete(body, atMs);
    if (known?.name === body.name) return;
    await downLog.append(siteId, { kind: 'site', terminalId: body.terminalId }, atMs);
  }
}
