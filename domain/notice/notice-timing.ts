/** When each kind of notice falls due; an organisation may choose its own. */
export interface NoticeTiming {
  /** On the day after, in the receiver's zone. */
  readonly missingPunchAt: Temporal.PlainTime;
  readonly digestAt: Temporal.PlainTime;
  readonly deadlineLeadHours: number;
  readonly approvalRepeatHours: number;
  readonly approvalRepeatsMax: number;
  readonly terminalPatienceMinutes: number;
}

/** What suits most: said once while it is fresh, and not so often that it is no longer read. */
export const NOTICE_TIMING: NoticeTiming = {
  missingPunchAt: Temporal.PlainTime.from('09:00'),
  digestAt: Temporal.PlainTime.from('09:30'),
  deadlineLeadHours: 24,
  approvalRepeatHours: 24,
  approvalRepeatsMax: 3,
  terminalPatienceMinutes: 10, // a router that restarts is back by then
};
