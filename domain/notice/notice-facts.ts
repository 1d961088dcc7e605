import type { FormKind } from '#domain/approvals/template/template';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import type { DutyMoment, DutySide, TerminalTrouble } from '#domain/notice/notice-content';

/** A punch that a person's day asks for. */
export interface DutyFact {
  readonly personId: string;
  readonly date: Temporal.PlainDate;
  /** The same for one duty of a day however its hours move. */
  readonly dutyId: string;
  readonly side: DutySide;
  /** After flexible hours and approved forms. */
  readonly dueAt: Temporal.Instant;
  /** The last moment at which a punch still counts for it. */
  readonly closesAt: Temporal.Instant;
  /** Before an on duty, after an off duty; null: the rule reminds nobody. */
  readonly remindMinutes: number | null;
  /** `excused` by an approved form, or because nothing has to be punched here. */
  readonly state: 'open' | 'punched' | 'excused';
}

/** A past day of a person that lacks punches. */
export interface MissingPunchFact {
  readonly personId: string;
  readonly date: Temporal.PlainDate;
  readonly missing: readonly DutyMoment[];
  /** null: the rule knows no make-up. */
  readonly makeupUntil: Temporal.Instant | null;
  /** `handed-in`: a form that would mend the day waits for a decision. */
  readonly form: 'none' | 'handed-in';
}

/** A form that waits for somebody's decision. */
export interface WaitingFormFact {
  readonly formId: string;
  readonly form: FormKind;
  readonly requester: string;
  /** Whose turn it is; a form that goes on to the next approver waits anew. */
  readonly approverIds: readonly string[];
  readonly step: number;
  readonly since: Temporal.Instant;
}

export interface OpenExceptionFact {
  readonly kind: CaseKind;
  /** Those in whose scope it lies. */
  readonly managerIds: readonly string[];
}

export interface TerminalTroubleFact {
  readonly terminalId: string;
  readonly name: string;
  readonly trouble: TerminalTrouble;
  readonly since: Temporal.Instant;
  readonly watcherIds: readonly string[];
}

/** An address of somebody else's system to which nothing is sent any more. */
export interface WebhookDisabledFact {
  readonly endpointId: string;
  readonly host: string;
  readonly disabledAt: Temporal.Instant;
  readonly watcherIds: readonly string[];
}

/** All that notices are made of, as it stands. */
export interface NoticeFacts {
  readonly duties: readonly DutyFact[];
  readonly missingPunches: readonly MissingPunchFact[];
  readonly waitingForms: readonly WaitingFormFact[];
  readonly openExceptions: readonly OpenExceptionFact[];
  readonly terminalTroubles: readonly TerminalTroubleFact[];
  readonly disabledWebhooks: readonly WebhookDisabledFact[];
}
