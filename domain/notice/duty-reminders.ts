import type { NoticeCandidate } from '#domain/notice/notice';
import type { DutyFact } from '#domain/notice/notice-facts';

/** A reminder of arriving still helps whoever is in the lift. */
const START_GRACE_MINUTES = 5;

/** Before arriving and after leaving, where the rule says so and no punch is there yet. */
export function dutyReminders(duties: readonly DutyFact[], zone: string): NoticeCandidate[] {
  return duties.flatMap((duty) => {
    if (duty.state !== 'open' || duty.remindMinutes === null) return [];
    const at = duty.dueAt.toZonedDateTimeISO(zone).toPlainTime();
    const subject = `${duty.date.toString()}.${duty.dutyId}`;
    const said = { receiverId: duty.personId, subject, occasion: duty.side };
    return [{ ...said, ...reminded(duty, duty.remindMinutes, at) }];
  });
}

function reminded(
  { side, dueAt, closesAt }: DutyFact,
  minutes: number,
  at: Temporal.PlainTime,
): Pick<NoticeCandidate, 'from' | 'until' | 'content'> {
  return side === 'on'
    ? {
        from: dueAt.subtract({ minutes }),
        until: dueAt.add({ minutes: START_GRACE_MINUTES }),
        content: { kind: 'duty-start', at },
      }
    : { from: dueAt.add({ minutes }), until: closesAt, content: { kind: 'duty-end', at } };
}
