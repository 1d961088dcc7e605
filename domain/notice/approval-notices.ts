import type { NoticeCandidate } from '#domain/notice/notice';
import type { WaitingFormFact } from '#domain/notice/notice-facts';
import type { NoticeTiming } from '#domain/notice/notice-timing';
import type { Receiver } from '#domain/notice/receiver';

/**
 * At once, then again after every full wait, until somebody decides or the repeats are used up.
 *
 * Each wait is an occasion of its own and ends with it: after a long weekend one notice falls due
 * that says how long it has been, not one for every day missed.
 */
export function approvalNotices(
  forms: readonly WaitingFormFact[],
  { receiverId }: Receiver,
  now: Temporal.Instant,
  timing: NoticeTiming,
): NoticeCandidate[] {
  const hours = timing.approvalRepeatHours;
  return forms.flatMap(({ formId, step, form, requester, since }) => {
    const waits = Math.floor(since.until(now).total('hours') / hours);
    if (waits < 0 || waits > timing.approvalRepeatsMax) return [];
    const from = since.add({ hours: waits * hours });
    const said = { receiverId, subject: `${formId}.${step}`, occasion: String(waits) };
    const content = { form, requester, waitingHours: waits * hours };
    return [
      {
        ...said,
        from,
        until: from.add({ hours }),
        content: { kind: 'approval-waiting', ...content },
      },
    ];
  });
}
