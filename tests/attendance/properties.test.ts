import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AnswerDay, AttendanceAnswer } from '#contracts/attendance/answer-contract';
import { computeDocument } from '#contracts/attendance/compute-document';
import { severityOf } from '#domain/attendance/status/verdict';
import { anyWeek, creditForm, type Json, weekDocument } from '#tests/attendance/arbitrary-document';

// Goal: what must hold for every rule, every punch and every form. Method: weeks made by chance, in zones
// with and without clock changes.

const RUNS = { numRuns: Number(process.env['LINTEL_PROPERTY_RUNS'] ?? 300) };

function answer(document: Json): AttendanceAnswer {
  const computed = computeDocument(document);
  if (computed.ok) return computed.value;
  // A minute of leave inside the hour that the clocks skip has no length, and is refused rightly.
  fc.pre(!computed.failure.every(({ path }) => /^approvals\[\d+\]\.to$/.test(path)));
  throw new Error(JSON.stringify(computed.failure));
}

const listOf = (document: Json, key: string): readonly Json[] => {
  const list = document[key];
  return Array.isArray(list) ? list : [];
};

const mondayOf = (document: Json): string => String(Object(document['period']).from);

describe('a computed week', () => {
  test('is the same whatever order things arrive in, and however often', () => {
    fc.assert(
      fc.property(weekDocument, fc.infiniteStream(fc.nat()), (document, keys) => {
        const shuffled = (list: readonly Json[]): readonly Json[] =>
          list
            .map((each) => [keys.next().value ?? 0, each] as const)
            .toSorted(([a], [b]) => a - b)
            .map(([, each]) => each);
        const other = {
          ...document,
          punches: shuffled([...listOf(document, 'punches'), ...listOf(document, 'punches')]),
          roster: shuffled(listOf(document, 'roster')),
        };
        expect(answer(other)).toEqual(answer(document));
        const forms = { ...document, approvals: shuffled(listOf(document, 'approvals')) };
        expect(answer(forms).days.map(withoutForms)).toEqual(
          answer(document).days.map(withoutForms),
        );
      }),
      RUNS,
    );
  });

  test('has no negative length, and its parts add up', () => {
    fc.assert(
      fc.property(weekDocument, (document) => {
        for (const day of answer(document).days) {
          const { overtime } = day;
          expect(overtime.paySeconds + overtime.leaveSeconds).toBe(overtime.seconds);
          expect(day.presenceSeconds).toBe(day.workedSeconds + day.restSeconds);
          expect(lengthOf(day.presence)).toBe(day.presenceSeconds);
          const negative = numbersOf(day).filter(
            ([name, value]) => name !== 'balanceSeconds' && value < 0,
          );
          expect(negative).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test('keeps that under every option, and is the same in any order', () => {
    fc.assert(
      fc.property(anyWeek, (document) => {
        const computed = answer(document);
        for (const day of computed.days) {
          const { overtime } = day;
          expect(overtime.paySeconds + overtime.leaveSeconds).toBe(overtime.seconds);
          const negative = numbersOf(day).filter(
            ([name, value]) => name !== 'balanceSeconds' && !(value >= 0),
          );
          expect(negative).toEqual([]);
          expect(lengthOf(day.presence)).toBe(day.presenceSeconds);
          expect(day.nightSeconds).toBeLessThanOrEqual(day.presenceSeconds);
        }
        const used = computed.days.flatMap((day) =>
          day.duties.flatMap(({ punchId }) => punchId ?? []),
        );
        expect(new Set(used).size).toBe(used.length);
        const punches = listOf(document, 'punches').toReversed();
        expect(answer({ ...document, punches })).toEqual(computed);
      }),
      RUNS,
    );
  });

  test('counts no minute and no punch on two dates', () => {
    fc.assert(
      fc.property(weekDocument, (document) => {
        const { days } = answer(document);
        const spans = days.flatMap((day) => day.presence).map(epochs);
        const sorted = spans.toSorted((a, b) => a.from - b.from);
        for (const [index, span] of sorted.entries()) {
          expect(span.from).toBeGreaterThanOrEqual(sorted[index - 1]?.to ?? 0);
        }
        const used = days.flatMap((day) => day.duties.flatMap(({ punchId }) => punchId ?? []));
        expect(new Set(used).size).toBe(used.length);
        const listed = days.flatMap((day) => day.punches.map((punch) => punch.id));
        expect(new Set(listed).size).toBe(listed.length);
      }),
      RUNS,
    );
  });

  test('never gets worse by an approved form', () => {
    fc.assert(
      fc.property(weekDocument, creditForm, (document, makeForm) => {
        const added = makeForm(mondayOf(document));
        const approvals = [...listOf(document, 'approvals'), added];
        const before = answer(document).days;
        const after = answer({ ...document, approvals }).days;
        expect(after.flatMap((day, index) => worsenings(before[index], day))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('is not changed by a punch repeated within ten seconds', () => {
    fc.assert(
      fc.property(
        weekDocument,
        fc.nat(),
        fc.integer({ min: 0, max: 10 }),
        (document, pick, later) => {
          const kept = answer(document).days.flatMap((day) =>
            day.punches.filter((punch) => punch.lapse === null),
          );
          const chosen = kept[pick % Math.max(1, kept.length)];
          const original = listOf(document, 'punches').find((punch) => punch['id'] === chosen?.id);
          if (original === undefined || chosen === undefined) return;
          const at = Temporal.Instant.from(chosen.at).add({ seconds: later }).toString();
          const punches = [
            ...listOf(document, 'punches'),
            { ...original, id: 'zz', at, method: 'pin' },
          ];
          const more = answer({ ...document, punches }).days.map(withoutPunches);
          expect(more).toEqual(answer(document).days.map(withoutPunches));
        },
      ),
      RUNS,
    );
  });

  test('moves with its clocks: another zone changes nothing but the offset', () => {
    fc.assert(
      fc.property(weekDocument, (document) => {
        const inZone = (zone: string): unknown =>
          JSON.parse(
            JSON.stringify(answer({ ...document, zone }).days)
              .replaceAll(zone, 'zone')
              .replaceAll(/[+-]\d{2}:\d{2}"/g, '"'),
          );
        expect(inZone('Asia/Shanghai')).toEqual(inZone('America/Phoenix'));
        expect(inZone('Asia/Shanghai')).toEqual(inZone('Asia/Kathmandu'));
      }),
      RUNS,
    );
  });

  test('is the sum of its days, and each day is the same computed alone', () => {
    fc.assert(
      fc.property(weekDocument, (document) => {
        const { days, months } = answer(document);
        const sum = (pick: (day: AnswerDay) => number): number =>
          days.reduce((total, day) => total + pick(day), 0);
        const total = (pick: (month: AttendanceAnswer['months'][number]) => number): number =>
          months.reduce((all, month) => all + pick(month), 0);
        expect(total((m) => m.payroll.attendanceWorkSeconds)).toBe(sum((d) => d.workedSeconds));
        expect(total((m) => m.nightSeconds)).toBe(sum((d) => d.nightSeconds));
        const overtime = total(
          (m) =>
            m.overtime.workday.seconds + m.overtime.restday.seconds + m.overtime.holiday.seconds,
        );
        expect(overtime).toBe(sum((d) => d.overtime.seconds));
        expect(total((m) => minutesOf(m.exceptions))).toBeCloseTo(
          sum((d) => minutesOf(d.exceptions)),
        );
        for (const day of days) {
          const alone = { ...document, period: { from: day.date, to: day.date } };
          expect(answer(alone).days).toEqual([day]);
        }
      }),
      { numRuns: Math.ceil(RUNS.numRuns / 3) },
    );
  });
});

/** What a form made worse, in words; nothing, if all is well. */
function worsenings(before: AnswerDay | undefined, after: AnswerDay): readonly string[] {
  const duties = after.duties.flatMap((duty, index) => {
    const was = before?.duties[index]?.calibrated;
    if (was === undefined) return ['a duty appeared'];
    const climbed = severityOf(duty.calibrated.status) - severityOf(was.status);
    const longer = climbed === 0 && duty.calibrated.minutes > was.minutes;
    return climbed > 0 || longer ? [`${duty.kind}: ${was.status} → ${duty.calibrated.status}`] : [];
  });
  const longerAbsence = absenceOf(after) > absenceOf(before) ? ['a longer absence'] : [];
  return [...duties, ...longerAbsence];
}

function absenceOf(day: AnswerDay | undefined): number {
  return day?.exceptions.find(({ kind }) => kind === 'absent')?.minutes ?? 0;
}

function minutesOf(list: AnswerDay['exceptions']): number {
  return list.reduce((all, each) => all + each.minutes, 0);
}

const withoutForms = (day: AnswerDay): unknown => ({ ...day, approvals: [], explanation: [] });
const withoutPunches = (day: AnswerDay): unknown => ({ ...day, punches: [], explanation: [] });

function secondOf(text: string): number {
  return Temporal.Instant.from(text).epochMilliseconds / 1000;
}

function epochs({ from, to }: { from: string; to: string }): { from: number; to: number } {
  return { from: secondOf(from), to: secondOf(to) };
}

function lengthOf(spans: AnswerDay['presence']): number {
  return spans.map(epochs).reduce((sum, { from, to }) => sum + to - from, 0);
}

function numbersOf(value: unknown, name = ''): readonly (readonly [string, number])[] {
  if (typeof value === 'number') return [[name, value]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => numbersOf(inner, key));
}
