import { randomUUID } from 'node:crypto';
import type { HubMetrics } from '#hub/operations/hub-figures';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { WaitingEvent, WebhookEventRepository } from '#hub/storage/webhook-event-repository';
import type { StoredWebhook, WebhookRepository } from '#hub/storage/webhook-repository';
import type { Clock } from '#platform/clock/clock';
import type { DeliveryOutcome } from '#platform/delivery/delivery-outcome';
import { afterAttempt, nextEvent } from '#platform/delivery/endpoint-queue';
import type { OutgoingPolicy } from '#platform/http/outgoing-request';
import { postWebhook } from '#platform/http/post-webhook';
import type { Logger } from '#platform/log/logger';

const LOOK_EVERY_MS = 1000; // another hub may have written something
const CLAIM_MS = 60_000; // six times as long as one request may take
const EVENTS_PER_TURN = 100; // then others have theirs
const ADDRESSES_AT_ONCE = 8;
const FORGET_EVERY_MS = 3_600_000;

interface CourierDeps {
  readonly db: HubDatabase;
  readonly webhooks: WebhookRepository;
  readonly events: WebhookEventRepository;
  readonly hubId: string;
  readonly policy: OutgoingPolicy;
  readonly metrics: HubMetrics;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Carries events out: one after the other for each address, several addresses at a time, one hub for
 * one address. An event counts as delivered once that is written down; a hub that dies in between
 * leaves its claim to lapse, and the event goes out again with the same number.
 */
export class WebhookCourier {
  readonly #deps: CourierDeps;
  readonly #me = randomUUID();
  #timer: NodeJS.Timeout | undefined;
  #round: Promise<void> | undefined;
  #isStopping = false;
  #forgottenAtMs = -FORGET_EVERY_MS;

  constructor(deps: CourierDeps) {
    this.#deps = deps;
  }

  async start(): Promise<void> {
    await this.#deps.webhooks.releaseAll();
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.#timer.unref();
  }

  /** Looks now, unless it is looking already: then the next look is soon enough. */
  wake(): void {
    if (this.#isStopping) return;
    this.#round ??= this.#look().finally(() => {
      this.#round = undefined;
    });
  }

  /** What is on its way arrives; nothing more is begun. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#timer);
    await this.#round;
  }

  async #look(): Promise<void> {
    const { events, clock, logger } = this.#deps;
    try {
      while ((await events.sortOutbox()) > 0);
      const waiting = [...(await events.waitingFor())];
      while (waiting.length > 0 && !this.#isStopping) {
        const some = waiting.splice(0, ADDRESSES_AT_ONCE);
        await Promise.all(some.map((webhookId) => this.#serve(webhookId)));
      }
      const nowMs = clock.monotonicMs();
      if (nowMs - this.#forgottenAtMs < FORGET_EVERY_MS) return;
      this.#forgottenAtMs = nowMs;
      await events.forgetOld(clock.now().epochMilliseconds);
    } catch (error) {
      // The database is away or full: nothing was lost, and the next look tries again.
      logger.error({ err: error }, 'events could not be carried out');
    }
  }

  async #serve(webhookId: string): Promise<void> {
    try {
      for (let count = 0; count < EVENTS_PER_TURN && !this.#isStopping; count += 1) {
        if (!(await this.#serveOne(webhookId))) break;
      }
    } finally {
      await this.#deps.webhooks.release(webhookId, this.#me); // another hub need not wait for its end
    }
  }

  /** @returns whether there may be more */
  async #serveOne(webhookId: string): Promise<boolean> {
    const { webhooks, events, clock } = this.#deps;
    const now = clock.now();
    const nowMs = now.epochMilliseconds;
    const claim = { by: this.#me, nowMs, untilMs: nowMs + CLAIM_MS };
    if (!(await webhooks.claim(webhookId, claim))) return false;
    const hook = await webhooks.get(webhookId);
    const oldest = await events.next(webhookId);
    if (hook === undefined || oldest === undefined) return false;
    const event = nextEvent(hook.endpoint, [oldest], now);
    if (event === undefined) return false;
    await this.#attempt(hook, event, now);
    return true;
  }

  async #attempt(hook: StoredWebhook, event: WaitingEvent, now: Temporal.Instant): Promise<void> {
    const { hubId, policy, metrics, logger } = this.#deps;
    const { previous, webhookId, url } = hook;
    const isBoth = previous !== undefined && previous.untilMs > now.epochMilliseconds;
    const delivery = {
      url,
      eventId: String(event.id),
      event: event.event,
      body: envelopeOf(event, hubId),
      secrets: isBoth ? [hook.secret, previous.secret] : [hook.secret],
    };
    const outcome = await postWebhook(delivery, policy, now);
    metrics.count('deliveries', { channel: 'webhook', outcome: outcome.kind });
    if (outcome.kind !== 'delivered') {
      const { kind, reason } = outcome;
      logger.warn({ webhookId, eventId: event.id, kind, reason }, 'an event was not taken');
    }
    await this.#writeDown(hook, event, outcome);
  }

  async #writeDown(
    hook: StoredWebhook,
    event: WaitingEvent,
    outcome: DeliveryOutcome,
  ): Promise<void> {
    const { db, webhooks, events, clock, logger } = this.#deps;
    const now = clock.now();
    const after = afterAttempt(hook.endpoint, event, outcome, { now, chance: Math.random() });
    const failure = outcome.kind === 'delivered' ? null : outcome.reason;
    const atMs = now.epochMilliseconds;
    const next = { ...hook, endpoint: after.endpoint, lastFailure: failure };
    await db.transaction(async () => {
      if (!(await webhooks.saveState(next, this.#me, atMs))) return;
      const { webhookId } = hook;
      await events.record({ webhookId, id: event.id, state: after.event, atMs, failure });
    });
    if (after.isNewlyDisabled) {
      logger.error({ webhookId: hook.webhookId, reason: failure }, 'a webhook was switched off');
    }
  }
}

function envelopeOf({ id, event, occurredAtMs, body }: WaitingEvent, hubId: string): string {
  const occurredAt = Temporal.Instant.fromEpochMilliseconds(occurredAtMs).toString();
  const content: unknown = JSON.parse(body);
  return JSON.stringify({ id, version: 1, event, hubId, occurredAt, body: content });
}
