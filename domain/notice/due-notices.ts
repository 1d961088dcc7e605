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
import { isQuiet, nextQuiet, type QuietTime } from '#domain/notice/quiet-time';
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
  const quietOf = quietNow(run.now);
  return run.receivers
    .flatMap((receiver) =>
      candidatesFor(receiver, shareOf(receiver.receiverId), run)
        .filter((candidate) => isDue(candidate, receiver, run))
        .filter(() => !quietOf(receiver.quiet).isQuiet)
        .map((candidate) =>
          noticeOf(candidate, receiver, { now: run.now, quietAt: quietOf(receiver.quiet).next }),
        ),
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
    !run.sent.has(keyOf(candidate))
  );
}

function noticeOf(
  candidate: NoticeCandidate,
  receiver: Receiver,
  { now, quietAt }: { readonly now: Temporal.Instant; readonly quietAt: QuietNow['next'] },
): Notice {
  const { until } = candidate;
  const isCutShort = quietAt !== undefined && Temporal.Instant.compare(quietAt, until) < 0;
  return {
    key: keyOf(candidate),
    receiverId: receiver.receiverId,
    channels: channelsFor(candidate, receiver),
    language: receiver.language,
    notBefore: now,
    notAfter: isCutShort ? quietAt : until,
    content: candidate.content(),
  };
}

function keyOf({ kind, subject, occasion, receiverId }: NoticeCandidate): string {
  return [kind, subject, occasion, receiverId].join('/');
}

function channelsFor({ kind }: NoticeCandidate, receiver: Receiver): Notice['channels'] {
  const isTooPersonal = receiver.audience === 'group' && isPersonal(kind);
  return isTooPersonal ? [] : (receiver.wants[kind] ?? []);
}

interface QuietNow {
  readonly isQuiet: boolean;
  /** When quiet time begins next; undefined where none is near. */
  readonly next: Temporal.Instant | undefined;
}

/** Thousands of people share a few quiet times; zones are slow to ask. */
function quietNow(now: Temporal.Instant): (quiet: QuietTime) => QuietNow {
  const known = new Map<string, QuietNow>();
  return (quiet) => {
    const key = JSON.stringify(quiet);
    const found = known.get(key) ?? { isQuiet: isQuiet(now, quiet), next: nextQuiet(now, quiet) };
    known.set(key, found);
    return found;
  };
}
