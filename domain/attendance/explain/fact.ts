/** A value inside a fact: an instant, a length, a count, a word of ours, or a text of theirs. */
export type FactValue =
  | { readonly at: number }
  | { readonly seconds: number }
  | { readonly count: number }
  | { readonly word: Word }
  | { readonly text: string };

/** Words that facts use and that are translated with them. */
export type Word =
  | 'on'
  | 'off'
  | 'normal'
  | 'late'
  | 'seriousLate'
  | 'early'
  | 'missing'
  | 'absent'
  | 'pending'
  | 'irregular'
  | 'rest'
  | 'overtime'
  | 'overtimeShort'
  | 'undecided'
  | 'exempt'
  | 'noRule'
  | 'inactive'
  | 'workday'
  | 'restday'
  | 'holiday'
  | 'personal'
  | 'rule'
  | 'company'
  | 'national'
  | 'roster'
  | 'weekday'
  | 'leave'
  | 'trip'
  | 'outing'
  | 'approvalPunch'
  | 'makeup'
  | 'overtimeForm'
  | 'untouched'
  | 'pendingForm'
  | 'rejected'
  | 'withdrawn'
  | 'duplicate'
  | 'voided'
  | 'timeUnknown'
  | 'refusedPlace'
  | 'refusedMethod'
  | 'fieldNotCounted'
  | 'outside'
  | 'method'
  | 'clock'
  | 'impossibleTravel'
  | 'field'
  | 'open'
  | 'pendingSync'
  | 'provisional'
  | 'final'
  | 'present'
  | 'half'
  | 'later'
  | 'earlier';

export type FactCode =
  | 'noJudgement'
  | 'day'
  | 'calendarUnpublished'
  | 'ruleContested'
  | 'hours'
  | 'lapsed'
  | 'flagged'
  | 'extra'
  | 'made'
  | 'laterAllowed'
  | 'shifted'
  | 'filled'
  | 'delayed'
  | 'unfilled'
  | 'nobody'
  | 'covers'
  | 'allows'
  | 'granted'
  | 'idle'
  | 'calibrated'
  | 'calibratedDelay'
  | 'remainsAbsent'
  | 'worked'
  | 'shortage'
  | 'overtime'
  | 'overtimeShort'
  | 'overtimeUncounted'
  | 'overtimeCapped'
  | 'overridden'
  | 'state'
  | 'result';

/** One line of an explanation: a code for machines, values for the sentence. */
export interface Fact {
  readonly code: FactCode;
  readonly values: Readonly<Record<string, FactValue>>;
}
