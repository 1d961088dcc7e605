import type { NoticeCandidate } from '#domain/notice/notice';
import type { TerminalTroubleFact, WebhookDisabledFact } from '#domain/notice/notice-facts';
import type { NoticeTiming } from '#domain/notice/notice-timing';
import type { Receiver } from '#domain/notice/receiver';

/** Whoever has been away for a week reads the console, not a week of notices. */
const NEWS_HOURS = 7 * 24;

/** One notice per trouble of a terminal, once it has lasted; a new trouble is a new occasion. */
export function terminalNotices(
  troubles: readonly TerminalTroubleFact[],
  { receiverId, quiet }: Receiver,
  timing: NoticeTiming,
): NoticeCandidate[] {
  return troubles.map(({ terminalId, name, trouble, since }) => ({
    receiverId,
    subject: `${terminalId}.${trouble}`,
    occasion: since.toString(),
    from: since.add({ minutes: timing.terminalPatienceMinutes }),
    until: since.add({ hours: NEWS_HOURS }),
    content: {
      kind: 'terminal-unhealthy',
      terminal: name,
      trouble,
      since: since.toZonedDateTimeISO(quiet.zone).toPlainDateTime(),
    },
  }));
}

export function webhookNotices(
  webhooks: readonly WebhookDisabledFact[],
  { receiverId }: Receiver,
): NoticeCandidate[] {
  return webhooks.map(({ endpointId, host, disabledAt }) => ({
    receiverId,
    subject: endpointId,
    occasion: disabledAt.toString(),
    from: disabledAt,
    until: disabledAt.add({ hours: NEWS_HOURS }),
    content: { kind: 'webhook-disabled', host },
  }));
}
