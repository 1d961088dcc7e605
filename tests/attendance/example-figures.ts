import type { AnswerDay, AttendanceAnswer } from '#contracts/attendance/answer-contract';

/** What a column of worked examples shows of an answer, written as the pages write it. */
type Figure = (day: AnswerDay, answer: AttendanceAnswer) => string;

const minutes = (seconds: number): string =>
  seconds % 60 === 0 ? String(seconds / 60) : `${seconds} s`;

/** Columns that say nothing about the answer. */
export const PROSE = new Set(['#', 'date', 'punches', 'forms', 'with', 'why']);

export const FIGURES: Readonly<Record<string, Figure>> = {
  raw: (day) => verdictOf(day, 'raw'),
  result: (day) => verdictOf(day, 'calibrated'),
  outcome: (day) => day.outcome.code,
  正常: (day) => day.outcome['zh-CN'],
  filled: (day) => day.duties.map((duty) => wall(duty.punchedAt)).join(' '),
  due: (day) => day.duties.map((duty) => wall(duty.dueAt)).join(' '),
  kept: (day) =>
    day.punches
      .filter((p) => p.lapse === null)
      .map((p) => wall(p.at))
      .join(' '),
  lapsed: (day) =>
    day.punches.flatMap((p) => (p.lapse === null ? [] : [`${wall(p.at)} ${p.lapse}`])).join(', '),
  worked: (day) => minutes(day.workedSeconds),
  presence: (day) => day.presence.map((p) => `${wall(p.from)}–${wall(p.to)}`).join(' '),
  payable: (day) => minutes(day.payableSeconds),
  standard: (day) => minutes(day.standardSeconds),
  night: (day) => minutes(day.nightSeconds),
  balance: (day) => minutes(day.balanceSeconds),
  shortage: (day) => minutes(day.shortageSeconds),
  overtime: (day) => minutes(day.overtime.seconds),
  code: (day) => String(day.overtime.code),
  shortfall: (day) => minutes(day.overtime.shortfallSeconds),
  'pay / leave': (day) =>
    `${minutes(day.overtime.paySeconds)} / ${minutes(day.overtime.leaveSeconds)}`,
  'off earned': (day) => minutes(day.overtime.leaveEarnedSeconds),
  class: (day) => day.class ?? '–',
  reason: (day) => day.reason,
  rule: (day) => day.rule ?? '–',
  shift: (day) => day.shift ?? '–',
  state: (day) => day.state,
  attendance: (day) => day.attendance,
  'day length': (day) => minutes(day.dayLengthSeconds),
  accepted: (_, answer) =>
    answer.makeups.map((each) => (each.accepted ? 'yes' : (each.reason?.code ?? ''))).join(' '),
  makeups: (_, answer) => String(answer.months.at(0)?.items.makeup.count ?? 0),
  warnings: (_, answer) => answer.warnings.map((warning) => warning.code).join(' '),
};

/** `late 11 · early 30`, `missing off`, `absent 480`, `normal`. */
function verdictOf(day: AnswerDay, stage: 'raw' | 'calibrated'): string {
  const exceptions = stage === 'raw' ? day.rawExceptions : day.exceptions;
  const several = day.duties.some((duty) => duty.section > 1);
  const parts = exceptions.flatMap(({ kind, minutes: length }) => {
    if (kind !== 'missing') return [length > 0 ? `${kind} ${length}` : kind];
    return day.duties
      .filter((duty) => duty[stage].status === 'missing')
      .map((duty) => `missing ${duty.kind}${several ? duty.section : ''}`);
  });
  const waits = day.duties.filter((duty) => duty[stage].status === 'pending');
  const pending = waits.map((duty) => `pending ${duty.kind}${several ? duty.section : ''}`);
  const all = [...parts, ...pending];
  return all.length === 0 ? 'normal' : all.join(' · ');
}

function wall(instant: string | null): string {
  if (instant === null) return '–';
  const time = instant.slice(11, 19);
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}
