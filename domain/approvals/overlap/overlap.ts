import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import type { FormSubject } from '#domain/approvals/form/form';
import type { FormKind } from '#domain/approvals/template/template';
import type { Extent } from '#domain/attendance/approval/approval';
import type { Span } from '#domain/attendance/time/span';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

/** Another form of the same person that is approved or waits. */
export interface OtherForm {
  readonly id: string;
  readonly subject: FormSubject;
}

export type OverlapVerdict = 'refuse' | 'warn' | 'fine';

/** A form that meets the one in hand, and whether it may. */
export interface Overlap {
  readonly formId: string;
  readonly kind: FormKind;
  readonly verdict: Exclude<OverlapVerdict, 'fine'>;
  readonly text: Bilingual;
}

/**
 * What two forms about the same time come to. Two that excuse the same hours for opposite reasons
 * cannot both be true; those that only look odd are somebody's to judge.
 */
const VERDICTS: Readonly<Record<FormKind, Readonly<Record<FormKind, OverlapVerdict>>>> = {
  leave: { leave: 'refuse', trip: 'refuse', outing: 'refuse', overtime: 'warn', makeup: 'warn' },
  trip: { leave: 'refuse', trip: 'refuse', outing: 'warn', overtime: 'fine', makeup: 'warn' },
  outing: { leave: 'refuse', trip: 'warn', outing: 'refuse', overtime: 'fine', makeup: 'fine' },
  overtime: { leave: 'warn', trip: 'fine', outing: 'fine', overtime: 'refuse', makeup: 'fine' },
  makeup: { leave: 'warn', trip: 'warn', outing: 'fine', overtime: 'fine', makeup: 'refuse' },
};

export function overlapVerdict(a: FormKind, b: FormKind): OverlapVerdict {
  return VERDICTS[a][b];
}

/** The forms that the one in hand meets, those that refuse it first. */
export function overlapsOf(
  subject: FormSubject,
  others: readonly OtherForm[],
  clock: ZoneClock,
): readonly Overlap[] {
  const met = others.flatMap(({ id, subject: other }): readonly Overlap[] => {
    const verdict = overlapVerdict(subject.kind, other.kind);
    if (verdict === 'fine' || !meets(subject, other, clock)) return [];
    return [{ formId: id, kind: other.kind, verdict, text: textOf(other.kind, verdict) }];
  });
  return met.toSorted((a, b) => Number(b.verdict === 'refuse') - Number(a.verdict === 'refuse'));
}

/** The overlaps that refuse a form, as faults. */
export function overlapFaults(overlaps: readonly Overlap[]): readonly Fault<'overlap'>[] {
  return overlaps
    .filter(({ verdict }) => verdict === 'refuse')
    .map(({ text }) => fault('overlap', 'subject', text));
}

function meets(a: FormSubject, b: FormSubject, clock: ZoneClock): boolean {
  if (a.kind === 'makeup' && b.kind === 'makeup') {
    return a.date === b.date && a.section === b.section && a.duty === b.duty;
  }
  const [left, right] = [spanOfSubject(a, clock), spanOfSubject(b, clock)];
  return left.from < right.to && right.from < left.to;
}

function spanOfSubject(subject: FormSubject, clock: ZoneClock): Span {
  return subject.kind === 'makeup'
    ? { from: subject.at, to: subject.at + 1 }
    : spanOfExtent(subject.extent, clock);
}

const NOON = 12 * 3600;

/**
 * The time a form claims, for telling claims apart. Halves of days meet at noon here, wherever the
 * person's own half day ends: two halves of one date never collide, and no rule has to be known.
 */
export function spanOfExtent(extent: Extent, clock: ZoneClock): Span {
  if (extent.unit === 'time') return { from: extent.from, to: extent.to };
  return {
    from: clock.at(extent.from, extent.starts === 'am' ? 0 : NOON),
    to: extent.ends === 'pm' ? clock.at(extent.to + 1, 0) : clock.at(extent.to, NOON),
  };
}

const KIND_NAMES: Readonly<Record<FormKind, Bilingual>> = {
  leave: bilingual('请假', 'leave'),
  trip: bilingual('出差', 'business trip'),
  outing: bilingual('外出', 'outing'),
  overtime: bilingual('加班', 'overtime'),
  makeup: bilingual('补卡', 'make-up'),
};

function textOf(kind: FormKind, verdict: Overlap['verdict']): Bilingual {
  const name = KIND_NAMES[kind];
  return verdict === 'refuse'
    ? bilingual(
        `这段时间已有${name['zh-CN']}单，请先撤回那张或改时间`,
        `there is a form for ${name.en} at this time; withdraw it first, or change the times`,
      )
    : bilingual(
        `这段时间还有${name['zh-CN']}单，请确认没有填错`,
        `there is also a form for ${name.en} at this time; make sure both are meant`,
      );
}
