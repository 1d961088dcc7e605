import type { z } from 'zod';
import { type WebhookEventName, webhookBodies } from '#contracts/rest/v1/webhooks';
import type { WebhookEventRepository } from '#hub/storage/webhook-event-repository';

/**
 * Where an event is written down in the unit of work of what it tells: both or neither. What carries
 * it out looks by itself, whichever hub wrote it.
 */
export class EventBook {
  readonly #events: WebhookEventRepository;

  constructor(events: WebhookEventRepository) {
    this.#events = events;
  }

  async tell<E extends WebhookEventName>(
    event: E,
    bodies: readonly z.input<(typeof webhookBodies)[E]>[],
    occurredAt: Temporal.Instant,
  ): Promise<void> {
    const atMs = occurredAt.epochMilliseconds;
    // What is sent is what is published: a body that is neither ends the unit of work.
    const told = bodies.map((body) => ({
      body: JSON.stringify(webhookBodies[event].parse(body)),
      atMs,
    }));
    await this.#events.tell(event, told);
  }
}
