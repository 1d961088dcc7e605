import { randomUUID } from 'node:crypto';
import { isIP } from 'node:net';
import type { z } from 'zod';
import type {
  newWebhook,
  secretRotation,
  webhook,
  webhookChange,
} from '#contracts/rest/v1/webhooks';
import { failed, ok, type Result } from '#domain/result';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { WebhookEventRepository } from '#hub/storage/webhook-event-repository';
import type { StoredWebhook, WebhookRepository } from '#hub/storage/webhook-repository';
import type { Clock } from '#platform/clock/clock';
import { type EventRange, FRESH_ENDPOINT, replayRange } from '#platform/delivery/endpoint-queue';
import { reachOf } from '#platform/http/address-guard';
import type { OutgoingPolicy } from '#platform/http/outgoing-request';
import { newWebhookSecret } from '#platform/http/webhook-signature';

const WEBHOOKS_MAX = 50; // each costs a request for every event

export type WebhookView = z.input<typeof webhook>;
export type AddressFault = 'too-many' | 'forbidden-address';

export interface WebhookDeskDeps {
  readonly db: HubDatabase;
  readonly webhooks: WebhookRepository;
  readonly events: WebhookEventRepository;
  readonly policy: OutgoingPolicy;
  readonly clock: Clock;
  /** Something may be ready to go out. */
  readonly onQueued: () => void;
}

/** Who is told of events, and with which secret. */
export class WebhookDesk {
  readonly #deps: WebhookDeskDeps;

  constructor(deps: WebhookDeskDeps) {
    this.#deps = deps;
  }

  async list(): Promise<WebhookView[]> {
    const hooks = await this.#deps.webhooks.all();
    return await Promise.all(hooks.map((hook) => this.#view(hook)));
  }

  async add(
    asked: z.output<typeof newWebhook>,
  ): Promise<Result<{ webhook: WebhookView; secret: string }, AddressFault>> {
    const { webhooks, clock } = this.#deps;
    if (!this.#mayGoTo(asked.url)) return failed('forbidden-address');
    if ((await webhooks.all()).length >= WEBHOOKS_MAX) return failed('too-many');
    const secret = newWebhookSecret();
    const hook: StoredWebhook = {
      ...asked,
      webhookId: randomUUID(),
      secret,
      previous: undefined,
      createdAtMs: clock.now().epochMilliseconds,
      endpoint: FRESH_ENDPOINT,
      lastFailure: null,
    };
    await this.#save(hook);
    return ok({ webhook: await this.#view(hook), secret });
  }

  async change(
    webhookId: string,
    { state, ...asked }: z.output<typeof webhookChange>,
  ): Promise<Result<WebhookView, 'absent' | AddressFault>> {
    if (asked.url !== undefined && !this.#mayGoTo(asked.url)) return failed('forbidden-address');
    const hook = await this.#deps.webhooks.get(webhookId);
    if (hook === undefined) return failed('absent');
    const isBack = state === 'active' && hook.endpoint.state === 'disabled';
    const endpoint = isBack
      ? FRESH_ENDPOINT
      : { ...hook.endpoint, state: state ?? hook.endpoint.state };
    const { label = hook.label, url = hook.url, events = hook.events } = asked;
    const changed = { ...hook, label, url, events, endpoint };
    await this.#save(changed);
    this.#deps.onQueued();
    return ok(await this.#view(changed));
  }

  async remove(webhookId: string): Promise<Result<void, 'absent'>> {
    const { webhooks } = this.#deps;
    if ((await webhooks.get(webhookId)) === undefined) return failed('absent');
    await webhooks.remove(webhookId);
    return ok(undefined);
  }

  async rotate(
    webhookId: string,
    { keepPreviousHours }: z.output<typeof secretRotation>,
  ): Promise<Result<{ webhook: WebhookView; secret: string }, 'absent'>> {
    const { webhooks, clock } = this.#deps;
    const hook = await webhooks.get(webhookId);
    if (hook === undefined) return failed('absent');
    const secret = newWebhookSecret();
    const untilMs = clock.now().add({ hours: keepPreviousHours }).epochMilliseconds;
    const previous = keepPreviousHours === 0 ? undefined : { secret: hook.secret, untilMs };
    const changed = { ...hook, secret, previous };
    await this.#save(changed);
    return ok({ webhook: await this.#view(changed), secret });
  }

  async test(webhookId: string): Promise<Result<void, 'absent'>> {
    const { webhooks, events, clock, onQueued } = this.#deps;
    if ((await webhooks.get(webhookId)) === undefined) return failed('absent');
    const body = JSON.stringify({ webhookId });
    const atMs = clock.now().epochMilliseconds;
    await events.tellOne(webhookId, { event: 'webhook.test', body, atMs });
    onQueued();
    return ok(undefined);
  }

  async replay(
    webhookId: string,
    asked: EventRange,
  ): Promise<Result<number, 'absent' | 'nothing-there' | 'too-many'>> {
    const { db, webhooks, events, onQueued } = this.#deps;
    if ((await webhooks.get(webhookId)) === undefined) return failed('absent');
    const kept = await events.kept();
    const range = kept === undefined ? failed('nothing-there' as const) : replayRange(asked, kept);
    if (!range.ok) return range;
    const count = await db.transaction(() => events.replay(webhookId, range.value));
    onQueued();
    return count === 0 ? failed('nothing-there') : ok(count);
  }

  async #save(hook: StoredWebhook): Promise<void> {
    await this.#deps.db.transaction(() => this.#deps.webhooks.save(hook));
  }

  /** What can be told from the address alone; a name is judged each time it is resolved. */
  #mayGoTo(text: string): boolean {
    const { protocol, hostname, username, password } = new URL(text);
    if (username !== '' || password !== '') return false; // they would end up in logs
    const host = hostname.replace(/^\[|\]$/g, '');
    if (isIP(host) === 0) return host !== 'localhost';
    const reach = reachOf(host, this.#deps.policy.opened);
    return reach === 'opened' || (reach === 'public' && protocol === 'https:');
  }

  async #view(hook: StoredWebhook): Promise<WebhookView> {
    const { webhookId, label, url, endpoint, previous, lastFailure } = hook;
    const isKept = (previous?.untilMs ?? 0) > this.#deps.clock.now().epochMilliseconds;
    return {
      webhookId,
      label,
      url,
      events: hook.events.filter((event) => event !== 'webhook.test'),
      state: endpoint.state,
      createdAt: textOf(hook.createdAtMs),
      failingSince: endpoint.failingSince?.toString() ?? null,
      nextAttemptAt: endpoint.nextAttemptAt?.toString() ?? null,
      lastFailure,
      waiting: await this.#deps.events.waiting(webhookId),
      previousSecretUntil: isKept ? textOf(previous?.untilMs ?? 0) : null,
    };
  }
}

function textOf(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString();
}
