import type { DayResult, PunchUse } from '#domain/attendance/day-result';
import type { CleanPunch } from '#domain/attendance/punch/punch';
import type { DutyVerdict } from '#domain/attendance/status/verdict';
import { isoOf } from '#domain/attendance/time/day-number';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import type { Finding } from '#domain/exceptions/finding';

/** What of a day's result findings are read from. */
export type FoundDay = Pick<
  DayResult,
  'personId' | 'date' | 'calibrated' | 'punches' | 'approvals'
>;

/**
 * What somebody may have to look at in a day, once forms are counted: a leave that heals a day leaves
 * nothing to find. What may still change by itself (`pending`) is not found yet.
 */
export function findingsOf(day: FoundDay): readonly Finding[] {
  const absence = day.calibrated.absent ? [absenceOf(day)] : [];
  const found = [
    ...absence,
    ...day.calibrated.duties.flatMap((verdict) => dutyFindings(day, verdict)),
    ...day.punches.flatMap((use) => punchFindings(day, use)),
  ];
  return [...new Map(found.map((finding) => [finding.key, finding])).values()];
}

/** The forms that acted on a day; when a finding goes, they are what may have healed it. */
export function healersOf({ approvals }: Pick<FoundDay, 'approvals'>): readonly string[] {
  return approvals.filter(({ acted }) => acted).map(({ form }) => form.id);
}

function blank({ personId, date }: FoundDay, key: string, kind: CaseKind): Finding {
  return {
    key,
    kind,
    detail: null,
    personId,
    date,
    terminalId: null,
    siteId: null,
    duty: null,
    punchId: null,
    seconds: 0,
    count: 1,
  };
}

function absenceOf(day: FoundDay): Finding {
  const key = `day|${day.personId}|${isoOf(day.date)}`;
  return { ...blank(day, key, 'absent'), seconds: day.calibrated.absentSeconds };
}

function dutyFindings(day: FoundDay, verdict: DutyVerdict): readonly Finding[] {
  const { status, seconds, duty, punch, attempt } = verdict;
  if (status === 'normal' || status === 'pending') return [];
  const { section, kind } = duty;
  const place = { duty: { section, kind } };
  const refused =
    attempt !== null && (status === 'missing' || status === 'absent')
      ? [{ ...ofPunch(day, attempt, 'outside'), ...place }]
      : [];
  if (status === 'absent' && day.calibrated.absent) return refused;
  const key = `duty|${day.personId}|${isoOf(day.date)}|${section}|${kind}`;
  const origin = punch === null ? {} : originOf(punch);
  return [{ ...blank(day, key, status), ...origin, ...place, seconds }, ...refused];
}

function punchFindings(day: FoundDay, { punch, duty }: PunchUse): readonly Finding[] {
  if (punch.correction !== null) return []; // an approved make-up is somebody's word already
  if (punch.lapse === 'voided') return [ofPunch(day, punch, 'notMe')];
  if (punch.lapse === 'timeUnknown') {
    return [{ ...ofPunch(day, punch, 'clock'), detail: 'timeUnknown' }];
  }
  if (punch.lapse !== null) return [];
  const place = duty === null ? null : { section: duty.section, kind: duty.kind };
  return punch.flags.flatMap((flag) => {
    const matters = flag === 'clock' || flag === 'impossibleTravel' || duty !== null;
    return flag === 'field' || !matters ? [] : [{ ...ofPunch(day, punch, flag), duty: place }];
  });
}

function ofPunch(day: FoundDay, punch: CleanPunch, kind: CaseKind): Finding {
  const key = `punch|${punch.punch.id}|${kind}`;
  return { ...blank(day, key, kind), ...originOf(punch) };
}

type Origin = Pick<Finding, 'punchId' | 'terminalId' | 'siteId'>;

function originOf({ punch }: CleanPunch): Origin {
  return { punchId: punch.id, terminalId: punch.terminalId, siteId: punch.siteId };
}
