import type { NoticeCandidate } from '#domain/notice/notice';
import type { DutyFact } from '#domain/notice/notice-facts';

/** A reminder of arriving still helps whoever is in the lift. */
const START_GRACE_MINUTES = 5;

/** Before arriving and after leaving, where the rule says so and no punch is there yet. */
export function dutyReminders(duties: readonly DutyFact[], zone: string): NoticeCandidate[] {
  return duties.flatMap((duty) => {
    if (duty.state !== 'open' || duty.remindMinutes === null) return [];
    const subject = `${duty.date.toString()}.${duty.dutyId}`;
    const said = { receiverId: duty.personId, subject, occasion: duty.side };
    return [{ ...said, ...reminded(duty, duty.remindMinutes, zone) }];
  });
}

function reminded(
  { side, dueAt, closesAt }: DutyFact,
  minutes: number,
  zone: string,
): Pick<NoticeCandidate, 'kind' | 'from' | 'until' | 'content'> {
  const kind = side === 'on' ? 'duty-start' : 'duty-end';
  const content = () => ({ kind, at: dueAt.toZonedDateTimeISO(zone).toPlainTime() }) as const;
  return side === 'on'
    ? {
        kind,
        from: dueAt.subtract({ minutes }),
        until: dueAt.add({ minutes: START_GRACE_MINUTES }),
        content,
      }
    : { kind, from: dueAt.add({ minutes }), until: closesAt, content };
}
