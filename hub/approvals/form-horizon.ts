import { bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import type { FormSubject } from '#domain/approvals/form/form';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';

const FIRST = dayNumberOf('1970-01-01');
const LAST = dayNumberOf('2199-12-31'); // days beside a form's are computed too, and have to be dates

/** A date that nobody can have meant: the days around it could not even be written down. */
export function horizonFaults(subject: FormSubject, clock: ZoneClock): readonly Fault<'horizon'>[] {
  const dates = datesIn(subject, clock);
  return dates.every((date) => FIRST <= date && date <= LAST) ? [] : [BEYOND];
}

function datesIn(subject: FormSubject, clock: ZoneClock): readonly number[] {
  if (subject.kind === 'makeup') return [subject.date, clock.wallOf(subject.at).day];
  const { extent } = subject;
  const ends = [extent.from, extent.to];
  return extent.unit === 'day' ? ends : ends.map((at) => clock.wallOf(at).day);
}

const BEYOND = fault(
  'horizon',
  'subject',
  bilingual(
    '日期应在 1970 年至 2199 年之间，请检查',
    'dates lie between 1970 and 2199; check them',
  ),
);
