import type { Approval, CreditForm } from '#domain/attendance/approval/approval';
import { spansOn } from '#domain/attendance/approval/extent';
import type { ApprovalEffect } from '#domain/attendance/day-result';
import type { DayFrame } from '#domain/attendance/duty/day-frame';
import type { Filled } from '#domain/attendance/match/match';
import type { Overtime } from '#domain/attendance/overtime/overtime';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import type { DayVerdict } from '#domain/attendance/status/verdict';
import {
  intersect,
  lengthOf,
  type Span,
  type Spans,
  spanOf,
  union,
} from '#domain/attendance/time/span';

/** One approved form with the time it covers around a date. */
export interface Credit {
  readonly form: CreditForm;
  readonly spans: Spans;
}

/** What each approved form covers around a date, if anything. */
export function creditsOn(
  forms: readonly CreditForm[],
  frame: DayFrame,
  day: Span,
): readonly Credit[] {
  return forms.map((form) => ({ form, spans: spansOn(form.extent, frame, day) }));
}

/** What the effects of forms are read from. */
export interface EffectSources {
  readonly raw: DayVerdict;
  readonly filled: Filled;
  readonly punches: readonly CleanPunch[];
  readonly overtime: Overtime;
  /** The date's own stretch of time. */
  readonly day: Span;
}

/** Every form that touches the date, with what it changed; those that do not act are listed too. */
export function effectsOf(
  approvals: readonly Approval[],
  frame: DayFrame,
  sources: EffectSources,
): readonly ApprovalEffect[] {
  const reach = union([...frame.working, sources.day]);
  const gaps = gapsOf(sources.raw, frame);
  return approvals.flatMap((form): ApprovalEffect[] => {
    if (form.kind === 'makeup') {
      return form.date === frame.date ? [makeupEffect(form, frame, sources)] : [];
    }
    const spans = intersect(spansOn(form.extent, frame, sources.day), reach);
    if (spans.length === 0) return [];
    const approved = form.state === 'approved';
    const target = form.kind === 'overtime' ? sources.overtime.spans : frame.working;
    const coveredSeconds = lengthOf(intersect(spans, target));
    const healed = form.kind === 'overtime' ? 0 : lengthOf(intersect(spans, gaps));
    const counts = form.kind === 'overtime' ? sources.overtime.seconds > 0 : coveredSeconds > 0;
    return [
      {
        form,
        coveredSeconds,
        healedSeconds: approved ? healed : 0,
        acted: approved && counts,
      },
    ];
  });
}

/** A make-up acts by filling its duty, or, where a day has no duties, by being there. */
function makeupEffect(
  form: Approval,
  { duties }: DayFrame,
  { filled, punches }: EffectSources,
): ApprovalEffect {
  const used = duties.length > 0 ? [...filled.values()] : punches;
  const acted = used.some((punch) => punch.correction?.approvalId === form.id);
  return { form, coveredSeconds: 0, healedSeconds: 0, acted };
}

/** The working time that the raw verdict holds against somebody. */
function gapsOf(raw: DayVerdict, frame: DayFrame): Spans {
  const lost = raw.duties.flatMap(({ duty, status, countedAt, target }) => {
    if (status === 'normal') return [];
    if (countedAt === null) return duty.hours.working;
    return duty.kind === 'on' ? spanOf(target, countedAt) : spanOf(countedAt, target);
  });
  return intersect(union(lost), frame.working);
}
