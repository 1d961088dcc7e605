// Written by tools/generate-client.ts from the contracts; a change made here is lost.
import type { Call } from '#contracts/rest/v1/client/call';
import { webhookRoutes } from '#contracts/rest/v1/webhook-routes';

export function webhooksClient(call: Call) {
  return {
    /** Addresses that events are sent to, and how deliveries to them stand. */
    listWebhooks: call(webhookRoutes.listWebhooks),
    /** Sends events to one more address from now on; the secret is shown once. */
    addWebhook: call(webhookRoutes.addWebhook),
    /** Changes what is named; `active` switches one on again after it was switched off. */
    changeWebhook: call(webhookRoutes.changeWebhook),
    /** Sends nothing there any more and forgets its secret. */
    removeWebhook: call(webhookRoutes.removeWebhook),
    /** Makes a new secret, shown once; the one before goes on signing as long as asked. */
    rotateWebhookSecret: call(webhookRoutes.rotateWebhookSecret),
    /** Sends `webhook.test`, in its turn. */
    testWebhook: call(webhookRoutes.testWebhook),
    /** Events of one address and what came of them, newest first. */
    listWebhookDeliveries: call(webhookRoutes.listWebhookDeliveries),
    /** Puts stored events back into the queue of one address, those it missed too. */
    replayWebhook: call(webhookRoutes.replayWebhook),
  };
}
