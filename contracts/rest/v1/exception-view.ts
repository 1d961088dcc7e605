import { instantText } from '#contracts/attendance/day-mapper';
import { type ExceptionCase, resolution } from '#contracts/rest/v1/exceptions';
import { assert } from '#domain/assert';
import { isoOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import { severityOf } from '#domain/exceptions/exception-kind';
import { fits } from '#domain/exceptions/handle-case';
import type { InboxCase } from '#domain/exceptions/inbox';

/** When a case was found first and touched last, as epoch seconds. */
export interface CaseTimes {
  readonly foundAt: number;
  readonly changedAt: number;
}

/** A case as people see it, with the decisions that make sense of it. */
export function exceptionViewOf(
  { finding, state }: InboxCase,
  times: CaseTimes,
  clock: ZoneClock,
): ExceptionCase {
  const { status, assigneeId, note, reopened, revision } = state;
  assert(status !== 'none', 'a case was found before it is shown');
  return {
    ...finding,
    date: isoOf(finding.date),
    duty:
      finding.duty === null ? null : { section: finding.duty.section + 1, kind: finding.duty.kind },
    severity: severityOf(finding.kind),
    status,
    assigneeId,
    resolution: state.resolution,
    note,
    reopened,
    healedBy: [...state.healedBy],
    fitting: resolution.options.filter((each) => fits(each, finding.kind)),
    foundAt: instantText(times.foundAt, clock),
    changedAt: instantText(times.changedAt, clock),
    revision,
  };
}
