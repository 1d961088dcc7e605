import { z } from 'zod';
import { answerDay } from '#contracts/attendance/answer-contract';
import { formKind } from '#contracts/rest/v1/approval-template';
import { formStatus } from '#contracts/rest/v1/approvals';
import { exceptionCase } from '#contracts/rest/v1/exceptions';
import { pageOf } from '#contracts/rest/v1/page';
import { punch } from '#contracts/rest/v1/punches';
import { personId, siteId, terminalId } from '#contracts/wire/v1/ids';
import { TERMINAL_TROUBLES } from '#domain/notice/notice-content';

const instant = z.iso.datetime({ offset: true });
const date = z.iso.date();

const exceptionRef = exceptionCase.pick({
  key: true,
  kind: true,
  severity: true,
  personId: true,
  date: true,
});

/**
 * What an event is about, as ids and figures. There is no name, template or place in it: whoever may
 * know more asks the API, which asks for authority.
 */
export const webhookBodies = {
  'punch.created': punch
    .pick({
      personId: true,
      method: true,
      direction: true,
      punchedAt: true,
      receivedAt: true,
      terminalId: true,
      clock: true,
    })
    .extend({ punchId: punch.shape.id }),
  'punch.voided': z.strictObject({ punchId: punch.shape.id, personId }),
  /** A day was computed anew and came to something else. */
  'day.changed': z.strictObject({
    personId,
    date,
    state: answerDay.shape.state,
    outcome: answerDay.shape.outcome.shape.code,
    /** Of everything the day was computed from: the same hash is the same result. */
    inputsHash: z.string(),
  }),
  /** Everything up to and including this date is frozen; later changes are adjustments. */
  'day.locked': z.strictObject({ through: date }),
  'approval.changed': z.strictObject({
    approvalId: z.string(),
    personId,
    kind: formKind,
    /** A draft is nobody's business yet. */
    status: formStatus.exclude(['draft']),
  }),
  'exception.opened': exceptionRef,
  'exception.resolved': exceptionRef.extend({
    /** null: it went by itself, since the day changed. */
    resolution: exceptionCase.shape.resolution,
  }),
  'person.changed': z.strictObject({
    personId,
    change: z.enum(['created', 'changed', 'left', 'erased']),
  }),
  'export.done': z.strictObject({
    exportId: z.uuid(),
    state: z.enum(['done', 'failed']),
    /** Of the finished file. */
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
  'terminal.health': z.strictObject({
    terminalId,
    siteId,
    state: z.enum(['healthy', ...TERMINAL_TROUBLES]),
    since: instant,
  }),
  /** Sent on request, to see that events arrive. */
  'webhook.test': z.strictObject({ webhookId: z.uuid() }),
} as const;

export const WEBHOOK_EVENTS = [
  'punch.created',
  'punch.voided',
  'day.changed',
  'day.locked',
  'approval.changed',
  'exception.opened',
  'exception.resolved',
  'person.changed',
  'export.done',
  'terminal.health',
  'webhook.test',
] as const satisfies readonly (keyof typeof webhookBodies)[];
export type WebhookEventName = (typeof WEBHOOK_EVENTS)[number];

/**
 * What is posted, one event a request, and signed as a whole.
 *
 * `id` grows and is the same for every attempt: a receiver that has seen it answers 200 and forgets
 * it. Fields are only ever added, and a change that would break a reader is another `version`.
 */
function envelope<E extends WebhookEventName>(event: E) {
  return z.strictObject({
    id: z.int().min(1),
    version: z.literal(1),
    event: z.literal(event),
    hubId: z.uuid(),
    occurredAt: instant,
    body: webhookBodies[event],
  });
}

export const webhookEvent = z.discriminatedUnion('event', [
  envelope('punch.created'),
  envelope('punch.voided'),
  envelope('day.changed'),
  envelope('day.locked'),
  envelope('approval.changed'),
  envelope('exception.opened'),
  envelope('exception.resolved'),
  envelope('person.changed'),
  envelope('export.done'),
  envelope('terminal.health'),
  envelope('webhook.test'),
]);

/** `webhook.test` comes when asked for, and cannot be subscribed to. */
const subscribed = z
  .array(z.enum(WEBHOOK_EVENTS).exclude(['webhook.test']))
  .min(1)
  .refine((events) => new Set(events).size === events.length, 'each event once');

/** Where events go. Which networks it may name is the configuration's to say. */
export const newWebhook = z.strictObject({
  label: z.string().trim().min(1).max(60),
  url: z.url({ protocol: /^https?$/ }).max(2000),
  events: subscribed,
});

export const webhookChange = newWebhook.partial().extend({
  /** `active` again after it was switched off; what it missed can be replayed. */
  state: z.enum(['active', 'disabled']).optional(),
});

export const webhook = newWebhook.extend({
  webhookId: z.uuid(),
  state: z.enum(['active', 'disabled']),
  createdAt: instant,
  failingSince: instant.nullable(),
  nextAttemptAt: instant.nullable(),
  /** A code such as `status-500` or `forbidden-address`. */
  lastFailure: z.string().nullable(),
  waiting: z.int().min(0),
  /** While a secret is being replaced, until when events carry both signatures. */
  previousSecretUntil: instant.nullable(),
});

export const webhooks = z.strictObject({ webhooks: z.array(webhook) });

/** Answer to making one, and to `POST …/secret`: the only time the secret is shown. */
export const webhookSecret = z.strictObject({
  webhook,
  secret: z.string().regex(/^whsec_[\w-]{43}$/),
});

/** How long the secret before goes on signing; 0 when it was stolen. */
export const secretRotation = z.strictObject({
  keepPreviousHours: z.int().min(0).max(168).default(24),
});

/** Puts stored events back into the queue of one address, by id, both ends included. */
export const webhookReplay = z
  .strictObject({ fromId: z.int().min(1), toId: z.int().min(1) })
  .refine(({ fromId, toId }) => fromId <= toId, 'from the lower id to the higher');

/** At most as many at once as an address can work off in an evening. */
export const webhookReplayed = z.strictObject({ events: z.int().min(1).max(10_000) });

/** Of one address, newest first. */
export const webhookDeliveries = pageOf({
  deliveries: z.array(
    z.strictObject({
      id: z.int().min(1),
      event: z.enum(WEBHOOK_EVENTS),
      occurredAt: instant,
      state: z.enum(['waiting', 'delivered', 'given-up']),
      attempts: z.int().min(0),
      lastAttemptAt: instant.nullable(),
      lastFailure: z.string().nullable(),
    }),
  ),
  /** The range of ids that can still be replayed; null when nothing is stored. */
  kept: z.strictObject({ fromId: z.int(), toId: z.int() }).nullable(),
});
