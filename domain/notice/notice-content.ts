import type { FormKind } from '#domain/approvals/template/template';
import type { CaseKind } from '#domain/exceptions/exception-kind';

/** One of the two punches of a section. */
export type DutySide = 'on' | 'off';

/** A punch that was due, by the clock of the site. */
export interface DutyMoment {
  readonly side: DutySide;
  readonly at: Temporal.PlainTime;
}

export const TERMINAL_TROUBLES = ['offline', 'camera', 'disk', 'clock'] as const;
export type TerminalTrouble = (typeof TERMINAL_TROUBLES)[number];

/**
 * What a notice says, as facts; `noticeText` words them.
 *
 * There is no field for a template, a picture, a PIN or a place, so that no text can hold one.
 */
export type NoticeContent =
  | { readonly kind: 'duty-start' | 'duty-end'; readonly at: Temporal.PlainTime }
  | {
      readonly kind: 'punch-missing';
      readonly date: Temporal.PlainDate;
      readonly missing: readonly DutyMoment[];
      /** null: the rule knows no make-up. */
      readonly deadline: Temporal.PlainDateTime | null;
    }
  | {
      readonly kind: 'makeup-deadline';
      readonly date: Temporal.PlainDate;
      readonly missing: readonly DutyMoment[];
      readonly deadline: Temporal.PlainDateTime;
    }
  | {
      readonly kind: 'approval-waiting';
      readonly form: FormKind;
      readonly requester: string;
      readonly waitingHours: number;
    }
  | {
      readonly kind: 'exceptions-open';
      readonly counts: readonly { readonly kind: CaseKind; readonly count: number }[];
    }
  | {
      readonly kind: 'terminal-unhealthy';
      readonly terminal: string;
      readonly trouble: TerminalTrouble;
      readonly since: Temporal.PlainDateTime;
    }
  | { readonly kind: 'webhook-disabled'; readonly host: string };

/** What a person reads: a line for a lock screen or a subject, and one or two sentences. */
export interface NoticeText {
  readonly title: string;
  readonly body: string;
}
