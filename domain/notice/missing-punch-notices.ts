import type { NoticeCandidate } from '#domain/notice/notice';
import type { MissingPunchFact } from '#domain/notice/notice-facts';
import type { NoticeTiming } from '#domain/notice/notice-timing';

/** After that a day is old news, and in the month's list anyway. */
const NEWS_DAYS = 3;

/** The morning after, and once more shortly before the day can no longer be mended. */
export function missingPunchNotices(
  facts: readonly MissingPunchFact[],
  zone: string,
  timing: NoticeTiming,
): NoticeCandidate[] {
  return facts
    .filter(({ form, missing }) => form === 'none' && missing.length > 0)
    .flatMap((fact) => [morningAfter(fact, zone, timing), ...beforeDeadline(fact, zone, timing)]);
}

function morningAfter(
  { personId, date, missing, makeupUntil }: MissingPunchFact,
  zone: string,
  timing: NoticeTiming,
): NoticeCandidate {
  const from = morning(date, zone, timing);
  const stale = from.add({ hours: NEWS_DAYS * 24 });
  const deadline = makeupUntil?.toZonedDateTimeISO(zone).toPlainDateTime() ?? null;
  return {
    receiverId: personId,
    subject: date.toString(),
    occasion: 'morning',
    from,
    until: earlier(stale, makeupUntil ?? stale),
    content: { kind: 'punch-missing', date, missing, deadline },
  };
}

/** Not where the notice of the morning, which names the deadline, comes as late as this one would. */
function beforeDeadline(
  { personId, date, missing, makeupUntil }: MissingPunchFact,
  zone: string,
  timing: NoticeTiming,
): NoticeCandidate[] {
  if (makeupUntil === null) return [];
  const from = makeupUntil.subtract({ hours: timing.deadlineLeadHours });
  if (Temporal.Instant.compare(from, morning(date, zone, timing)) <= 0) return [];
  const deadline = makeupUntil.toZonedDateTimeISO(zone).toPlainDateTime();
  return [
    {
      receiverId: personId,
      subject: date.toString(),
      occasion: 'deadline',
      from,
      until: makeupUntil,
      content: { kind: 'makeup-deadline', date, missing, deadline },
    },
  ];
}

function morning(date: Temporal.PlainDate, zone: string, timing: NoticeTiming): Temporal.Instant {
  const next = date.add({ days: 1 });
  return next.toZonedDateTime({ timeZone: zone, plainTime: timing.missingPunchAt }).toInstant();
}

function earlier(one: Temporal.Instant, other: Temporal.Instant): Temporal.Instant {
  return Temporal.Instant.compare(one, other) <= 0 ? one : other;
}
