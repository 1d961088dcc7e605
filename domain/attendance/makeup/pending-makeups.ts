import type { MakeupForm } from '#domain/attendance/approval/approval';
import { judgeMakeup, type MakeupRefusal } from '#domain/attendance/makeup/quota';
import { byCodePoint } from '#domain/attendance/text-order';
import type { Timeline } from '#domain/attendance/timeline';
import { failed, type Result } from '#domain/result';

/** A make-up that waits, and whether it may. */
export interface PendingMakeup {
  readonly form: MakeupForm;
  readonly verdict: Result<{ readonly used: number }, MakeupRefusal>;
}

/**
 * Judges every pending make-up of a person by the rule of its business date. The earlier application
 * takes the place in the quota; those refused take none.
 */
export function pendingMakeups(timeline: Timeline): readonly PendingMakeup[] {
  const forms = timeline.person.approvals.filter((form) => form.kind === 'makeup');
  const counting = forms.filter((form) => form.state === 'approved');
  const waiting = forms
    .filter((form) => form.state === 'pending')
    .toSorted(
      (a, b) => a.submittedOn - b.submittedOn || a.date - b.date || byCodePoint(a.id, b.id),
    );
  return waiting.map((form): PendingMakeup => {
    const { rule } = timeline.rulingOn(form.date);
    const verdict: PendingMakeup['verdict'] =
      rule === null ? failed('notAllowed') : judgeMakeup(form, rule.makeup, counting);
    if (verdict.ok) counting.push(form);
    return { form, verdict };
  });
}
