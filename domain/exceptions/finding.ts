import type { DayNumber } from '#domain/attendance/time/day-number';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import { rankOf } from '#domain/exceptions/exception-kind';

/** What about it, where the kind does not say. */
export type FindingDetail = 'timeUnknown' | 'confidence' | 'margin' | 'liveness' | EntryTrouble;

/** Why an entry of a terminal's log could not be acted on. */
export type EntryTrouble =
  | 'unknown-kind'
  | 'unreadable-body'
  | 'unknown-person'
  | 'no-consent'
  | 'unreadable-seal'
  | 'no-such-punch'
  | 'impossible-time';

/**
 * One thing found in stored facts that somebody may have to look at. Nothing of it is remembered: the
 * same facts give the same findings, and `key` ties them to the case that was opened for them.
 */
export interface Finding {
  /**
   * Stable over recomputing. A duty keeps its key while it turns from late to missing; a punch keeps
   * its own whichever date it comes to be booked under.
   */
  readonly key: string;
  readonly kind: CaseKind;
  readonly detail: FindingDetail | null;
  /** null: nobody's, as far as is known. */
  readonly personId: string | null;
  readonly date: DayNumber;
  readonly terminalId: string | null;
  readonly siteId: string | null;
  /** Which duty, its section counted from 0. */
  readonly duty: { readonly section: number; readonly kind: 'on' | 'off' } | null;
  readonly punchId: string | null;
  /** Of a delay or an absence; 0 otherwise. */
  readonly seconds: number;
  /** How many it stands for. */
  readonly count: number;
}

/** Whether two findings of one key say the same. */
export function isSameFinding(a: Finding, b: Finding): boolean {
  return figures(a) === figures(b);
}

/** Whether a finding weighs more than when somebody last looked at it. */
export function isWorse(now: Finding, before: Finding): boolean {
  if (now.kind !== before.kind) return rankOf(now.kind) > rankOf(before.kind);
  return now.seconds > before.seconds || now.count > before.count;
}

function figures(finding: Finding): string {
  const { kind, detail, personId, date, terminalId, siteId, duty, punchId, seconds, count } =
    finding;
  return JSON.stringify([
    kind,
    detail,
    personId,
    date,
    terminalId,
    siteId,
    duty === null ? null : [duty.section, duty.kind],
    punchId,
    seconds,
    count,
  ]);
}
