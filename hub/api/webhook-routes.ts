import { webhookRoutes } from '#contracts/rest/v1/webhook-routes';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { Reach } from '#domain/authority/reach';
import type { Page } from '#hub/api/handler';
import type { FieldFault, ProblemMore } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import type { WebhookEventRepository } from '#hub/storage/webhook-event-repository';
import type { AddressFault, WebhookDesk } from '#hub/webhooks/webhook-desk';

export interface WebhookRoutesDeps {
  readonly webhookDesk: WebhookDesk;
  readonly events: WebhookEventRepository;
}

const ADDRESS_TEXTS: Readonly<Record<AddressFault, Bilingual>> = {
  'too-many': {
    en: 'there are as many webhooks as this hub serves; remove one first',
    'zh-CN': '推送地址数量已达上限，请先删除一个',
  },
  'forbidden-address': {
    en: 'this address is in a network that webhooks may not reach, or not encrypted; use https, or open the network in the setting outgoingNetworks',
    'zh-CN':
      '该地址位于不允许推送的网段，或未加密。请使用 https，或在 outgoingNetworks 设置中放行该网段',
  },
};

const REPLAY_TEXTS: Readonly<Record<'nothing-there' | 'too-many', Bilingual>> = {
  'nothing-there': {
    en: 'no event of this range is stored any more',
    'zh-CN': '该范围内没有仍保存的事件',
  },
  'too-many': { en: 'at most 10 000 events at once', 'zh-CN': '每次最多 10000 个事件' },
};

export function serveWebhooks(book: RouteBook, { webhookDesk, events }: WebhookRoutesDeps): void {
  book.serve(webhookRoutes, {
    listWebhooks: async ({ reach, refuse }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      return { body: { webhooks: await webhookDesk.list() } };
    },
    addWebhook: async ({ body, reach, refuse, note }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      const added = await webhookDesk.add(body);
      if (!added.ok) throw refuse('conflict', fault('url', ADDRESS_TEXTS[added.failure]));
      note({ subjectId: added.value.webhook.webhookId });
      return { body: added.value };
    },
    changeWebhook: async ({ params, body, reach, refuse }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      const changed = await webhookDesk.change(params.webhookId, body);
      if (changed.ok) return { body: changed.value };
      if (changed.failure === 'absent') throw refuse('absent');
      throw refuse('conflict', fault('url', ADDRESS_TEXTS[changed.failure]));
    },
    removeWebhook: async ({ params, reach, refuse }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      const removed = await webhookDesk.remove(params.webhookId);
      if (!removed.ok) throw refuse('absent');
      return {};
    },
    rotateWebhookSecret: async ({ params, body, reach, refuse }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      const rotated = await webhookDesk.rotate(params.webhookId, body);
      if (!rotated.ok) throw refuse('absent');
      return { body: rotated.value };
    },
    testWebhook: async ({ params, reach, refuse }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      const tested = await webhookDesk.test(params.webhookId);
      if (!tested.ok) throw refuse('absent');
      return {};
    },
    listWebhookDeliveries: async ({ params, page, reach, refuse }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      return await deliveriesOf(events, params.webhookId, page);
    },
    replayWebhook: async ({ params, body, reach, refuse }) => {
      if (!isWhole(reach)) throw refuse('not-allowed');
      const replayed = await webhookDesk.replay(params.webhookId, body);
      if (replayed.ok) return { body: { events: replayed.value } };
      if (replayed.failure === 'absent') throw refuse('absent');
      throw refuse('conflict', fault('fromId', REPLAY_TEXTS[replayed.failure]));
    },
  });
}

async function deliveriesOf(
  events: WebhookEventRepository,
  webhookId: string,
  { limit, after }: Page<[number]>,
) {
  const rows = await events.deliveries(webhookId, { limit: limit + 1, after: after?.[0] });
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const next: [number] | undefined =
    rows.length > limit && last !== undefined ? [last.id] : undefined;
  const kept = (await events.kept()) ?? null;
  const deliveries = shown.map(({ occurredAtMs, lastAttemptMs, ...row }) => ({
    ...row,
    occurredAt: textOf(occurredAtMs),
    lastAttemptAt: lastAttemptMs === null ? null : textOf(lastAttemptMs),
  }));
  return { body: { deliveries, kept }, next };
}

/** Events tell of everybody. */
function isWhole(reach: Reach): boolean {
  return reach.kind === 'everybody';
}

function fault(path: string, reason: Bilingual): ProblemMore {
  const errors: readonly FieldFault[] = [{ path, reason }];
  return { errors };
}

function textOf(ms: number): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toString();
}
