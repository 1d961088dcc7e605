import { describe, expect, test } from 'vitest';
import { computeDocument } from '#contracts/attendance/compute-document';
import { documentOf } from '#tests/attendance/example-document';
import { FIGURES, PROSE } from '#tests/attendance/example-figures';
import { workedExamples } from '#tests/attendance/rule-page';

// Goal: the rule pages are true. Method: every row of their tables is computed and compared cell by cell.

const examples = workedExamples();

describe('docs/rules', () => {
  test('hold worked examples', () => {
    expect(examples.length).toBeGreaterThan(100);
  });

  test('use only columns that are checked or prose', () => {
    const names = new Set(examples.flatMap(({ cells }) => Object.keys(cells)));
    const unknown = [...names].filter((name) => !(name in FIGURES) && !PROSE.has(name));
    expect(unknown).toEqual([]);
  });
});

describe.each([...Map.groupBy(examples, (example) => example.page)])('%s', (_page, rows) => {
  test.each(rows.map((row) => [row.cells['#'] ?? '', row.heading, row] as const))(
    '%s: %s',
    (_id, _heading, example) => {
      const computed = computeDocument(documentOf(example));
      if (!computed.ok) throw new Error(JSON.stringify(computed.failure, null, 2));
      const day = computed.value.days.at(-1);
      if (day === undefined) throw new Error('the period holds no day');
      for (const [name, cell] of Object.entries(example.cells)) {
        const figure = FIGURES[name];
        if (figure === undefined || cell === '' || cell === '·') continue;
        expect.soft(figure(day, computed.value), name).toBe(cell.replaceAll('**', ''));
      }
    },
  );
});
