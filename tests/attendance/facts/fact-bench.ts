import type { AnswerDay, AttendanceAnswer } from '#contracts/attendance/answer-contract';
import { computeDocument } from '#contracts/attendance/compute-document';

/** A Monday of an ordinary week. */
export const D = '2026-03-02';

/** 08:00–12:00, punched for from an hour before to an hour after. */
export const MORNING = {
  sections: [{ on: '08:00', off: '12:00' }],
  windows: { beforeOnMinutes: 60, afterOffMinutes: 60 },
};

/** 08:00–17:00 with an hour of lunch. */
export const OFFICE = {
  sections: [{ on: '08:00', off: '17:00', rests: [{ from: '12:00', to: '13:00' }] }],
};

/** Overtime by punches, from the first minute, without minimum or maximum. */
export const BY_PUNCHES = {
  overtime: {
    workday: { source: 'punches' },
    restday: { source: 'punches' },
    holiday: { source: 'punches' },
  },
};

/** What was worked beyond the standard, wherever it lies. */
export const BY_QUANTITY = { overtime: { ...BY_PUNCHES.overtime, basis: 'quantity' } };

/** Answers a document of one person on one date, unless it says otherwise. */
export function answer(document: Readonly<Record<string, unknown>>): AttendanceAnswer {
  const computed = computeDocument({
    zone: 'Asia/Shanghai',
    period: { from: D, to: D },
    ...document,
  });
  if (!computed.ok) throw new Error(JSON.stringify(computed.failure, null, 2));
  return computed.value;
}

/** The paths that a document is refused for. */
export function refusedPaths(document: Readonly<Record<string, unknown>>): readonly string[] {
  const computed = computeDocument({
    zone: 'Asia/Shanghai',
    period: { from: D, to: D },
    ...document,
  });
  return computed.ok ? [] : computed.failure.map(({ path }) => path);
}

/** The last day of the answer. */
export function day(document: Readonly<Record<string, unknown>>): AnswerDay {
  const last = answer(document).days.at(-1);
  if (last === undefined) throw new Error('the period holds no day');
  return last;
}

/** Moments on `date`; `+1` after a time is the day after. */
export function on(date: string, ...times: readonly string[]): readonly string[] {
  return times.map((time) => {
    const [clock = '', days = '0'] = time.split('+');
    return `${Temporal.PlainDate.from(date)
      .add({ days: Number(days) })
      .toString()}T${clock}`;
  });
}

export const HOUR = 3600;
