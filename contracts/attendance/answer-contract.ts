import { z } from 'zod';

const seconds = z.number().min(0);
const instant = z.iso.datetime({ offset: true });
const span = z.strictObject({ from: instant, to: instant });
const bilingual = z.strictObject({ 'zh-CN': z.string(), en: z.string() });

export const dutyStatus = z.enum([
  'normal',
  'late',
  'seriousLate',
  'early',
  'missing',
  'absent',
  'pending',
]);
const flag = z.enum(['outside', 'method', 'clock', 'impossibleTravel', 'field']);
const judged = z.strictObject({ status: dutyStatus, minutes: z.number().min(0) });

const exception = z.strictObject({
  kind: z.enum([
    'late',
    'seriousLate',
    'early',
    'missing',
    'absent',
    'outside',
    'method',
    'clock',
    'impossibleTravel',
  ]),
  count: z.int().min(1),
  minutes: z.number().min(0),
});

export const answerDuty = z.strictObject({
  section: z.int().min(1),
  kind: z.enum(['on', 'off']),
  scheduledAt: instant,
  /** After flexible hours and the late rule. */
  dueAt: instant,
  punchId: z.string().nullable(),
  punchedAt: instant.nullable(),
  raw: judged,
  calibrated: judged,
  flags: z.array(flag),
});

export const answerPunch = z.strictObject({
  id: z.string(),
  at: instant,
  source: z.enum(['punch', 'makeup']),
  /** null: it counts. */
  lapse: z
    .enum([
      'duplicate',
      'voided',
      'timeUnknown',
      'refusedPlace',
      'refusedMethod',
      'fieldNotCounted',
    ])
    .nullable(),
  duplicateOf: z.string().nullable(),
  /** The duty it fills; null when it fills none. */
  duty: z.strictObject({ section: z.int().min(1), kind: z.enum(['on', 'off']) }).nullable(),
  flags: z.array(flag),
  distanceMeters: z.number().nullable(),
});

export const answerOvertime = z.strictObject({
  class: z.enum(['workday', 'restday', 'holiday']),
  status: z.enum(['none', 'normal', 'short']),
  /** WeCom's `ot_status`. */
  code: z.union([z.literal(0), z.literal(1), z.literal(2)]),
  seconds,
  shortfallSeconds: seconds,
  /** What would count if all of it were approved. */
  candidateSeconds: seconds,
  /** Cut off by the maximum. */
  cappedSeconds: seconds,
  paySeconds: seconds,
  leaveSeconds: seconds,
  leaveEarnedSeconds: seconds,
  spans: z.array(span),
});

export const answerDay = z.strictObject({
  personId: z.string(),
  date: z.iso.date(),
  zone: z.string(),
  rule: z.string().nullable(),
  /** The date its version took effect; null for one that always held. */
  ruleFrom: z.iso.date().nullable(),
  shift: z.string().nullable(),
  class: z.enum(['workday', 'restday', 'holiday']).nullable(),
  reason: z.string(),
  /** `code` for machines, one word for people. */
  outcome: bilingual.extend({ code: z.string() }),
  attendance: z.enum(['present', 'half', 'absent', 'excused', 'none', 'undecided']),
  state: z.enum(['open', 'pendingSync', 'provisional', 'final']),
  standardSeconds: seconds,
  dayLengthSeconds: seconds,
  duties: z.array(answerDuty),
  rawExceptions: z.array(exception),
  exceptions: z.array(exception),
  punches: z.array(answerPunch),
  presence: z.array(span),
  presenceSeconds: seconds,
  restSeconds: seconds,
  workedSeconds: seconds,
  payableSeconds: seconds,
  nightSeconds: seconds,
  /** Worked minus standard. */
  balanceSeconds: z.number(),
  shortageSeconds: seconds,
  overtime: answerOvertime,
  approvals: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.enum(['leave', 'trip', 'outing', 'approvalPunch', 'overtime', 'makeup']),
      state: z.enum(['approved', 'pending', 'rejected', 'withdrawn']),
      acted: z.boolean(),
      coveredMinutes: z.number().min(0),
      healedMinutes: z.number().min(0),
    }),
  ),
  override: z.strictObject({ attendance: z.string(), reason: z.string() }).nullable(),
  explanation: z.array(bilingual.extend({ code: z.string() })),
});
export type AnswerDay = z.output<typeof answerDay>;

const item = z.strictObject({ count: z.int().min(0), seconds });
const overtimeSum = z.strictObject({
  seconds,
  paySeconds: seconds,
  leaveSeconds: seconds,
  leaveEarnedSeconds: seconds,
});
const times = z.number().min(0);

export const answerMonth = z.strictObject({
  personId: z.string(),
  month: z.string(),
  workDays: times,
  regularDays: times,
  exceptionDays: times,
  restDays: times,
  undecidedDays: times,
  regularSeconds: seconds,
  standardSeconds: seconds,
  payableSeconds: seconds,
  nightSeconds: seconds,
  exceptions: z.array(exception),
  items: z.strictObject({ leave: item, makeup: item, trip: item, outing: item, field: item }),
  overtime: z.strictObject({ workday: overtimeSum, restday: overtimeSum, holiday: overtimeSum }),
  payroll: z.strictObject({
    shouldAttendanceDays: times,
    attendanceDays: times,
    attendanceRestDays: times,
    attendanceWorkSeconds: seconds,
    lateTimes: times,
    lateSeconds: seconds,
    seriousLateTimes: times,
    seriousLateSeconds: seconds,
    absenteeismLateTimes: times,
    leaveEarlyTimes: times,
    leaveEarlySeconds: seconds,
    onWorkLackCardTimes: times,
    offWorkLackCardTimes: times,
    absenteeismDays: times,
    makingUpLackTimes: times,
  }),
});
export type AnswerMonth = z.output<typeof answerMonth>;

/** What the day calculation answers to a document. */
export const attendanceAnswer = z.strictObject({
  version: z.literal(1),
  days: z.array(answerDay),
  months: z.array(answerMonth),
  /** Whether each pending make-up may be handed in. */
  makeups: z.array(
    z.strictObject({
      personId: z.string(),
      id: z.string(),
      accepted: z.boolean(),
      reason: bilingual.extend({ code: z.string() }).nullable(),
    }),
  ),
  events: z.array(
    z.strictObject({
      id: z.string(),
      list: z.array(
        z.strictObject({
          personId: z.string(),
          status: z.enum(['present', 'late', 'absent', 'uninvited']),
          punchId: z.string().nullable(),
          at: instant.nullable(),
        }),
      ),
    }),
  ),
  warnings: z.array(bilingual.extend({ code: z.string() })),
});
export type AttendanceAnswer = z.output<typeof attendanceAnswer>;
