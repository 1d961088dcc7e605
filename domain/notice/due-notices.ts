import { approvalNotices } from '#domain/notice/approval-notices';
import { dutyReminders } from '#domain/notice/duty-reminders';
import { exceptionDigest } from '#domain/notice/exception-digest';
import { missingPunchNotices } from '#domain/notice/missing-punch-notices';
import type { Notice, NoticeCandidate } from '#domain/notice/notice';
import type { NoticeFacts } from '#domain/notice/notice-facts';
import { isPersonal } from '#domain/notice/notice-kind';
import { shares } from '#domain/notice/notice-share';
import type { NoticeTiming } from '#domain/notice/notice-timing';
import { terminalNotices, webhookNotices } from '#domain/notice/operation-notices';
import { isQuiet, nextQuiet } from '#domain/notice/quiet-time';
import type { Receiver } from '#domain/notice/receiver';

/** What one run looks at. */
export interface NoticeRun {
  readonly now: Temporal.Instant;
  readonly receivers: readonly Receiver[];
  readonly timing: NoticeTiming;
  /** Keys of notices that were delivered, or that a sender still has in hand. */
  readonly sent: ReadonlySet<string>;
}

/**
 * The notices to send now, in the order of their keys.
 *
 * Asks only what is true now: a punch, a decision or a repair since the last run takes the notice
 * away, and a hub that slept sends what is still of use and nothing else. Quiet time postpones; what
 * is past its use by then is dropped.
 *
 * @see docs/notices.md
 */
export function dueNotices(facts: NoticeFacts, run: NoticeRun): readonly Notice[] {
  const shareOf = shares(facts);
  return run.receivers
    .flatMap((receiver) =>
      candidatesFor(receiver, shareOf(receiver.receiverId), run)
        .filter((candidate) => isDue(candidate, receiver, run))
        .map((candidate) => noticeOf(candidate, receiver, run.now)),
    )
    .toSorted((one, other) => (one.key < other.key ? -1 : 1)); // keys are unique
}

function candidatesFor(
  receiver: Receiver,
  own: NoticeFacts,
  { now, timing }: NoticeRun,
): NoticeCandidate[] {
  const { zone } = receiver.quiet;
  return [
    ...dutyReminders(own.duties, zone),
    ...missingPunchNotices(own.missingPunches, zone, timing),
    ...approvalNotices(own.waitingForms, receiver, now, timing),
    ...exceptionDigest(own.openExceptions, receiver, now, timing),
    ...terminalNotices(own.terminalTroubles, receiver, timing),
    ...webhookNotices(own.disabledWebhooks, receiver),
  ];
}

function isDue(candidate: NoticeCandidate, receiver: Receiver, run: NoticeRun): boolean {
  const isBegun = Temporal.Instant.compare(run.now, candidate.from) >= 0;
  const isOfUse = Temporal.Instant.compare(run.now, candidate.until) < 0;
  return (
    isBegun &&
    isOfUse &&
    channelsFor(candidate, receiver).length > 0 &&
    !run.sent.has(keyOf(candidate)) &&
    !isQuiet(run.now, receiver.quiet)
  );
}

function noticeOf(candidate: NoticeCandidate, receiver: Receiver, now: Temporal.Instant): Notice {
  const { content, until } = candidate;
  const quiet = nextQuiet(now, receiver.quiet) ?? until;
  return {
    key: keyOf(candidate),
    receiverId: receiver.receiverId,
    channels: channelsFor(candidate, receiver),
    language: receiver.language,
    notBefore: now,
    notAfter: Temporal.Instant.compare(quiet, until) < 0 ? quiet : until,
    content,
  };
}

function keyOf({ content, subject, occasion, receiverId }: NoticeCandidate): string {
  return [content.kind, subject, occasion, receiverId].join('/');
}

function channelsFor({ content }: NoticeCandidate, receiver: Receiver): Notice['channels'] {
  const isTooPersonal = receiver.audience === 'group' && isPersonal(content.kind);
  return isTooPersonal ? [] : (receiver.wants[content.kind] ?? []);
}
