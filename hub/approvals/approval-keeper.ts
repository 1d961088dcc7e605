import type { AttachmentDesk } from '#hub/approvals/attachment-desk';
import type { VoteRelief } from '#hub/approvals/vote-relief';
import { Errands } from '#hub/errands';
import type { Logger } from '#platform/log/logger';

const EVERY_MS = 3_600_000; // whoever has left is not waited for longer than an hour

interface KeeperDeps {
  readonly relief: VoteRelief;
  readonly attachmentDesk: AttachmentDesk;
  readonly logger: Logger;
}

/** Now and then: votes of those who have left are handed on, and files that nobody needs go. */
export class ApprovalKeeper {
  readonly #deps: KeeperDeps;
  readonly #errands: Errands;
  #timer: NodeJS.Timeout | undefined;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
    this.#errands = new Errands(deps.logger);
  }

  start(): void {
    this.#timer = setInterval(() => this.#look(), EVERY_MS);
    this.#timer.unref();
    this.#look();
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#errands.settled();
  }

  #look(): void {
    const { relief, attachmentDesk, logger } = this.#deps;
    this.#errands.run('handing votes on', async () => {
      const stuck = await relief.handOn();
      if (stuck > 0)
        logger.warn({ stuck }, 'forms wait for people who have left, with nobody to ask');
    });
    this.#errands.run('sweeping attachments', async () => await attachmentDesk.sweep());
  }
}
