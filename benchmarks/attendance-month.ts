/*
 * A month of many people, computed on one core: `node benchmarks/attendance-month.ts [PEOPLE]`.
 * Five kinds of rules, four punches a day with some missing or late, a form for every fourth person.
 * Prints one line of JSON; a budget missed ends with exit code 1.
 */

import { questionOf } from '#contracts/attendance/document-mapper';
import { documentShape } from '#contracts/attendance/document-shape';
import { computeDay } from '#domain/attendance/day';
import { monthOf } from '#domain/attendance/month/month';
import { monthDayOf } from '#domain/attendance/month/month-day';
import { twoDigits } from '#domain/attendance/time/two-digits';
import { timelineOf } from '#domain/attendance/timeline';

const PEOPLE = Number(process.argv[2] ?? 10_000);
const DAYS = 31;
const BUDGET = { monthOfTenThousandSeconds: 60, latePunchMs: 5 } as const;

const sections = [
  { on: '09:00', off: '12:00' },
  { on: '13:00', off: '18:00' },
];
const one = [{ on: '09:00', off: '18:00', rests: [{ from: '12:00', to: '13:00' }] }];
const rules = [
  { id: 'one', sections: one, tolerance: { lateMinutes: 10 } },
  { id: 'two', sections },
  { id: 'flex', sections: one, flex: { earlyMinutes: 60, lateMinutes: 60 } },
  {
    id: 'night',
    kind: 'shift',
    defaultShift: 'n',
    shifts: [{ id: 'n', sections: [{ on: '22:00', off: '30:00' }] }],
  },
  {
    id: 'late',
    sections: one,
    lateRule: [{ leftAfterMinutes: 120, laterMinutes: 60 }],
    overtime: { workday: { source: 'punches', minMinutes: 30 } },
  },
];

/** Deterministic noise: the same month on every run. */
function noise(seed: number): number {
  const mixed = Math.imul(seed ^ (seed >>> 15), 0x2c1b3c6d) ^ (seed >>> 7);
  return (Math.imul(mixed, 0x297a2d39) >>> 0) / 2 ** 32;
}

function punchesOf(person: number): readonly string[] {
  const punches: string[] = [];
  for (let day = 1; day <= DAYS; day += 1) {
    for (const [slot, hour] of [9, 12, 13, 18].entries()) {
      const random = noise(person * 997 + day * 31 + slot);
      if (random < 0.03) continue;
      const shifted = person % rules.length === 3 ? (hour + 13) % 24 : hour;
      const at = shifted * 60 - 10 + Math.floor(random * 25);
      punches.push(
        `2026-03-${twoDigits(day)}T${twoDigits((at / 60) % 24)}:${twoDigits(at % 60)}:07`,
      );
    }
  }
  return punches;
}

function approvalsOf(person: number): readonly unknown[] {
  if (person % 4 !== 0) return [];
  return [
    { kind: 'leave', from: '2026-03-10T14:00', to: '2026-03-10T18:00' },
    { kind: 'trip', from: '2026-03-17', to: '2026-03-18' },
    { kind: 'overtime', from: '2026-03-14T09:00', to: '2026-03-14T18:00' },
  ];
}

const document = documentShape.parse({
  zone: 'Asia/Shanghai',
  period: { from: '2026-03-01', to: '2026-03-31' },
  calendar: { publishedYears: [2026] },
  rules,
  people: Array.from({ length: PEOPLE }, (_, person) => ({
    id: `p${person}`,
    rule: rules[person % rules.length]?.id,
    punches: punchesOf(person),
    approvals: approvalsOf(person),
  })),
});
const { world, people, from, to } = questionOf(document);

const began = process.cpuUsage();
let facts = 0;
let exceptions = 0;
for (const person of people) {
  const timeline = timelineOf(person(), world);
  const days = [];
  for (let date = from; date <= to; date += 1) days.push(computeDay(timeline, date));
  facts += days.reduce((sum, day) => sum + day.facts.length, 0);
  exceptions += monthOf(timeline.person.member.id, days.map(monthDayOf)).exceptions.length;
}
const spent = process.cpuUsage(began);
const seconds = (spent.user + spent.system) / 1e6;

/** A late punch dirties the date and its neighbours. */
const before = performance.now();
const LATE_PUNCHES = 200;
for (const person of people.slice(0, LATE_PUNCHES)) {
  const timeline = timelineOf(person(), world);
  for (let date = from + 9; date <= from + 11; date += 1) computeDay(timeline, date);
}
const latePunchMs = (performance.now() - before) / Math.min(LATE_PUNCHES, PEOPLE);

const perTenThousand = (seconds * 10_000) / PEOPLE;
console.log(
  JSON.stringify({
    people: PEOPLE,
    personDays: PEOPLE * DAYS,
    seconds: Number(seconds.toFixed(2)),
    microsecondsPerPersonDay: Math.round((seconds * 1e6) / (PEOPLE * DAYS)),
    latePunchMs: Number(latePunchMs.toFixed(2)),
    facts,
    exceptions,
  }),
);
if (perTenThousand > BUDGET.monthOfTenThousandSeconds || latePunchMs > BUDGET.latePunchMs) {
  process.exitCode = 1;
}
