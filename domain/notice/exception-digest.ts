import { rankOf } from '#domain/exceptions/exception-kind';
import type { NoticeCandidate } from '#domain/notice/notice';
import type { OpenExceptionFact } from '#domain/notice/notice-facts';
import type { NoticeTiming } from '#domain/notice/notice-timing';
import type { Receiver } from '#domain/notice/receiver';

/** Once a day, what waits in a manager's scope; as numbers, since the console has the names. */
export function exceptionDigest(
  exceptions: readonly OpenExceptionFact[],
  { receiverId, quiet }: Receiver,
  now: Temporal.Instant,
  timing: NoticeTiming,
): NoticeCandidate[] {
  if (exceptions.length === 0) return [];
  const date = now.toZonedDateTimeISO(quiet.zone).toPlainDate();
  const at = { timeZone: quiet.zone, plainTime: timing.digestAt };
  return [
    {
      kind: 'exceptions-open',
      receiverId,
      subject: 'scope',
      occasion: date.toString(),
      from: date.toZonedDateTime(at).toInstant(),
      until: date.add({ days: 1 }).toZonedDateTime(quiet.zone).toInstant(),
      content: () => ({ kind: 'exceptions-open', counts: countsOf(exceptions) }),
    },
  ];
}

/** The most pressing first. */
function countsOf(exceptions: readonly OpenExceptionFact[]) {
  return [...new Set(exceptions.map(({ kind }) => kind))]
    .toSorted((one, other) => rankOf(other) - rankOf(one))
    .map((kind) => ({
      kind,
      count: exceptions.filter((exception) => exception.kind === kind).length,
    }));
}
