import { z } from 'zod';
import { nothing } from '#contracts/rest/v1/content';
import { defineRoute } from '#contracts/rest/v1/route';
import {
  newWebhook,
  secretRotation,
  webhook,
  webhookChange,
  webhookDeliveries,
  webhookReplay,
  webhookReplayed,
  webhookSecret,
  webhooks,
} from '#contracts/rest/v1/webhooks';

const ofWebhook = z.strictObject({ webhookId: z.uuid() });
const look = { capability: 'administrators', access: 'view' } as const;
const change = { capability: 'administrators', access: 'change' } as const;

/** Events tell of everybody: whoever is limited to a part of the company sets none of this. */
export const webhookRoutes = {
  listWebhooks: defineRoute({
    method: 'GET',
    path: '/webhooks',
    authority: look,
    summary: 'Addresses that events are sent to, and how deliveries to them stand.',
    answers: { 200: webhooks },
    errors: ['not-allowed'],
  }),
  addWebhook: defineRoute({
    method: 'POST',
    path: '/webhooks',
    authority: change,
    summary: 'Sends events to one more address from now on; the secret is shown once.',
    audit: { action: 'webhook.added' },
    body: newWebhook,
    answers: { 201: webhookSecret },
    errors: ['not-allowed', 'conflict'],
  }),
  changeWebhook: defineRoute({
    method: 'PATCH',
    path: '/webhooks/:webhookId',
    authority: change,
    summary: 'Changes what is named; `active` switches one on again after it was switched off.',
    audit: { action: 'webhook.changed', subject: 'webhookId' },
    params: ofWebhook,
    body: webhookChange,
    answers: { 200: webhook },
    errors: ['not-allowed', 'conflict'],
  }),
  removeWebhook: defineRoute({
    method: 'DELETE',
    path: '/webhooks/:webhookId',
    authority: change,
    summary: 'Sends nothing there any more and forgets its secret.',
    audit: { action: 'webhook.removed', subject: 'webhookId' },
    params: ofWebhook,
    answers: { 204: nothing },
    errors: ['not-allowed'],
  }),
  rotateWebhookSecret: defineRoute({
    method: 'POST',
    path: '/webhooks/:webhookId/secret',
    authority: change,
    summary: 'Makes a new secret, shown once; the one before goes on signing as long as asked.',
    audit: { action: 'webhook.secret-renewed', subject: 'webhookId' },
    params: ofWebhook,
    body: secretRotation,
    answers: { 200: webhookSecret },
    errors: ['not-allowed'],
  }),
  testWebhook: defineRoute({
    method: 'POST',
    path: '/webhooks/:webhookId/test',
    authority: change,
    summary: 'Sends `webhook.test`, in its turn.',
    audit: { action: 'webhook.tested', subject: 'webhookId' },
    params: ofWebhook,
    answers: { 202: nothing },
    errors: ['not-allowed'],
  }),
  listWebhookDeliveries: defineRoute({
    method: 'GET',
    path: '/webhooks/:webhookId/deliveries',
    authority: look,
    summary: 'Events of one address and what came of them, newest first.',
    params: ofWebhook,
    paged: { key: z.tuple([z.int().min(1)]), limitMax: 500, limitDefault: 100 },
    answers: { 200: webhookDeliveries },
    errors: ['not-allowed'],
  }),
  replayWebhook: defineRoute({
    method: 'POST',
    path: '/webhooks/:webhookId/replay',
    authority: change,
    summary: 'Puts stored events back into the queue of one address, those it missed too.',
    audit: { action: 'webhook.replayed', subject: 'webhookId' },
    params: ofWebhook,
    body: webhookReplay,
    answers: { 202: webhookReplayed },
    errors: ['not-allowed', 'conflict'],
  }),
} as const;
