import { byCodePoint } from '#domain/attendance/text-order';
import type { DayNumber } from '#domain/attendance/time/day-number';
import { isoOf } from '#domain/attendance/time/day-number';
import type { CaseState } from '#domain/exceptions/case-state';
import { rankOf, type Severity, severityOf } from '#domain/exceptions/exception-kind';
import type { Finding } from '#domain/exceptions/finding';

/** A case as an inbox lists it: found, whatever became of it. */
export interface InboxCase {
  readonly finding: Finding;
  readonly state: CaseState;
}

export type GroupBy = 'person' | 'kind' | 'date' | 'terminal' | 'assignee';

/** Cases that are looked at together. */
export interface CaseGroup {
  /** Of the person, the kind, …; null: of none. */
  readonly of: string | null;
  readonly severity: Severity;
  readonly oldest: DayNumber;
  readonly cases: readonly InboxCase[];
}

/** The cases that were found at all. */
export function inboxOf(states: readonly CaseState[]): readonly InboxCase[] {
  return states.flatMap((state) =>
    state.finding === null ? [] : [{ finding: state.finding, state }],
  );
}

/** Puts the most pressing first, then the oldest: it has the nearest deadline. */
export function byUrgency(a: InboxCase, b: InboxCase): number {
  const [left, right] = [a.finding, b.finding];
  return (
    weightOf(severityOf(right.kind)) - weightOf(severityOf(left.kind)) ||
    left.date - right.date ||
    rankOf(right.kind) - rankOf(left.kind) ||
    byCodePoint(left.key, right.key)
  );
}

/** Groups cases, the group with the most pressing case first. */
export function groupCases(cases: readonly InboxCase[], by: GroupBy): readonly CaseGroup[] {
  const groups = Map.groupBy(cases.toSorted(byUrgency), (each) => groupOf(each, by));
  return [...groups].map(([of, members]): CaseGroup => {
    const oldest = Math.min(...members.map(({ finding }) => finding.date));
    return { of, severity: worstOf(members), oldest, cases: members };
  });
}

function worstOf(cases: readonly InboxCase[]): Severity {
  const levels = new Set(cases.map(({ finding }) => severityOf(finding.kind)));
  return (['high', 'medium'] as const).find((level) => levels.has(level)) ?? 'low';
}

function groupOf({ finding, state }: InboxCase, by: GroupBy): string | null {
  switch (by) {
    case 'person':
      return finding.personId;
    case 'kind':
      return finding.kind;
    case 'date':
      return isoOf(finding.date);
    case 'terminal':
      return finding.terminalId;
    case 'assignee':
      return state.assigneeId;
  }
}

function weightOf(severity: Severity): number {
  return { low: 0, medium: 1, high: 2 }[severity];
}
