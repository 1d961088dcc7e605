import type { KeyObject } from 'node:crypto';
import type { z } from 'zod';
import type {
  AckBody,
  DownBatchBody,
  headBody,
  timeAnswerBody,
  WelcomeBody,
} from '#contracts/wire/v1/messages';
import { type DownClass, downTopic } from '#contracts/wire/v1/topics';
import { signBody } from '#platform/crypto/signed';
import type { Logger } from '#platform/log/logger';
import type { MqttLink } from '#platform/mqtt/mqtt-link';

interface DownBody {
  readonly welcome: WelcomeBody;
  readonly ack: AckBody;
  readonly log: DownBatchBody;
  readonly head: z.output<typeof headBody>;
  readonly time: z.output<typeof timeAnswerBody>;
}

/** Signs what the hub says to a terminal, and sends it. */
export class HubPost {
  readonly #link: MqttLink;
  readonly #signKey: KeyObject;
  readonly #logger: Logger;

  constructor(link: MqttLink, signKey: KeyObject, logger: Logger) {
    this.#link = link;
    this.#signKey = signKey;
    this.#logger = logger;
  }

  /**
   * @returns false when the line was down. Nothing is kept for later: a terminal that reconnects says
   * where it stands, and is answered anew.
   */
  async send<C extends DownClass>(terminalId: string, of: C, body: DownBody[C]): Promise<boolean> {
    const retain = of === 'welcome' || of === 'head';
    const payload = JSON.stringify(signBody(body, this.#signKey));
    try {
      await this.#link.publish(downTopic(terminalId, of), payload, { retain });
      return true;
    } catch (error) {
      this.#logger.debug({ err: error, terminalId, of }, 'not sent, the broker is away');
      return false;
    }
  }
}
