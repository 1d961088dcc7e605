import type {
  BotMessage,
  BotOutcome,
  BotProtocol,
  BotSettings,
  BotVendor,
} from '#platform/bots/bot';
import { dingtalkBot } from '#platform/bots/dingtalk-bot';
import { feishuBot } from '#platform/bots/feishu-bot';
import { RateBudget } from '#platform/bots/rate-budget';
import { wecomBot } from '#platform/bots/wecom-bot';
import {
  DELIVERED,
  type DeliveryOutcome,
  gone,
  later,
  never,
} from '#platform/delivery/delivery-outcome';
import {
  type OutgoingAnswer,
  type OutgoingPolicy,
  postOutgoing,
} from '#platform/http/outgoing-request';

const PROTOCOLS: Readonly<Record<BotVendor, BotProtocol>> = {
  wecom: wecomBot,
  dingtalk: dingtalkBot,
  feishu: feishuBot,
};

export interface GroupBotsOptions {
  readonly policy: OutgoingPolicy;
  /** Where a vendor is to be found instead of at its own address: a private edition, or a test. */
  readonly origins?: Readonly<Partial<Record<BotVendor, string>>>;
}

/** Speaks in group chats, never faster than their vendors listen. Holds the pace of each bot. */
export class GroupBots {
  readonly #policy;
  readonly #origins;
  readonly #budget = new RateBudget();

  constructor({ policy, origins = {} }: GroupBotsOptions) {
    this.#policy = policy;
    this.#origins = origins;
  }

  async send(
    bot: BotSettings,
    message: BotMessage,
    now: Temporal.Instant,
  ): Promise<DeliveryOutcome> {
    const protocol = PROTOCOLS[bot.vendor];
    const wait = this.#budget.take(`${bot.vendor}:${bot.token}`, protocol.paces, now);
    if (wait > 0) return later('own-pace', wait);
    const origin = this.#origins[bot.vendor] ?? protocol.origin;
    const { url, body } = protocol.requestOf(bot, message, { origin, now });
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const answer = await postOutgoing({ url, headers, body }, this.#policy);
    return answer.ok ? outcomeOf(answer.value, protocol) : later(answer.failure);
  }
}

function outcomeOf(answer: OutgoingAnswer, protocol: BotProtocol): DeliveryOutcome {
  const { status, body, retryAfterSeconds } = answer;
  const said = protocol.outcomeOf(jsonOf(body));
  if (said.kind !== 'failed') return deliveryOf(said, retryAfterSeconds ?? protocol.busySeconds);
  return later(status === 200 ? 'unreadable-answer' : `status-${status}`, retryAfterSeconds);
}

/**
 * A refusal is for good as far as this message goes: a wrong secret or a missing keyword is the
 * administrator's to mend, and the next notice will show whether it is.
 */
function deliveryOf(
  said: Exclude<BotOutcome, { readonly kind: 'failed' }>,
  busySeconds: number,
): DeliveryOutcome {
  if (said.kind === 'delivered') return DELIVERED;
  const reason = `code-${said.code}`;
  if (said.kind === 'busy') return later(reason, busySeconds);
  return said.kind === 'gone' ? gone(reason) : never(reason);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // a proxy's error page, not the vendor
  }
}
