import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { answer, OFFICE } from '#tests/attendance/facts/fact-bench';

interface Facts {
  readonly facts: readonly {
    readonly id: string;
    readonly expected: {
      readonly off?: Readonly<Record<string, readonly string[]>>;
      readonly makeup_workdays?: readonly string[];
    };
  }[];
}

const HERE = new URL('.', import.meta.url);
const { facts }: Facts = JSON.parse(readFileSync(new URL('facts.json', HERE), 'utf8'));

// Goal: the notice of the State Council for 2026, day by day, and no fact left out.

describe('V132 the year 2026 in China', () => {
  const notice = facts.find(({ id }) => id === 'V132')?.expected;
  const off: readonly string[] = Object.values(notice?.off ?? {}).flat();
  const worked: readonly string[] = notice?.makeup_workdays ?? [];
  const calendar = {
    publishedYears: [2026],
    days: [
      ...off.map((date) => ({ date, kind: 'holiday', statutory: false })),
      ...worked.map((date) => ({ date, kind: 'workday' })),
    ],
  };
  const { days, warnings } = answer({
    rule: OFFICE,
    calendar,
    period: { from: '2026-01-01', to: '2026-12-31' },
  });
  const isWorked = (date: string): boolean =>
    days.some((day) => day.date === date && day.class === 'workday');

  test('has 248 working days and nothing to warn of', () => {
    expect(days.filter((day) => day.class === 'workday')).toHaveLength(248);
    expect(warnings).toEqual([]);
  });

  test('is off on every day off and at work on every make-up day', () => {
    expect(off).toHaveLength(33);
    expect(off.filter(isWorked)).toEqual([]);
    expect(worked.filter(isWorked)).toEqual(worked);
  });
});

test('every fact has a test of its own', () => {
  const tests = readdirSync(HERE).filter((name) => name.endsWith('.test.ts'));
  const text = tests.map((name) => readFileSync(new URL(name, HERE), 'utf8')).join('\n');
  const untested = facts.filter(({ id }) => !text.includes(id)).map(({ id }) => id);
  expect(facts).toHaveLength(85);
  expect(untested).toEqual([]);
});
