import { byteBatches } from '#platform/sheet/byte-batches';
import { plainText, type Sheet, type SheetColumn, type SheetValue } from '#platform/sheet/sheet';

/** One array for a program that reads all, or one object a line for one that reads as it goes. */
export type JsonForm = 'array' | 'lines';

/** Objects by heading. Decimals are texts, so that no reader rounds them; durations are seconds. */
export function jsonOf(sheet: Sheet, form: JsonForm): AsyncGenerator<Uint8Array> {
  return byteBatches(form === 'lines' ? jsonLines(sheet) : jsonArray(sheet));
}

async function* jsonLines(sheet: Sheet): AsyncGenerator<string> {
  for await (const object of objects(sheet)) yield `${object}\n`;
}

async function* jsonArray(sheet: Sheet): AsyncGenerator<string> {
  let before = '[\n';
  for await (const object of objects(sheet)) {
    yield `${before}${object}`;
    before = ',\n';
  }
  yield before === '[\n' ? '[]\n' : '\n]\n';
}

async function* objects({ columns, rows }: Sheet): AsyncGenerator<string> {
  const keys = columns.map(({ heading }) => JSON.stringify(heading));
  for await (const row of rows) {
    const members = columns.map(
      (column, index) => `${keys[index]}:${cell(row[index] ?? null, column)}`,
    );
    yield `{${members.join(',')}}`;
  }
}

function cell(value: SheetValue, column: SheetColumn): string {
  if (value === null) return 'null';
  const text = plainText(value, column);
  const isCount = column.kind === 'integer' || column.kind === 'duration';
  return isCount ? String(value) : JSON.stringify(text);
}
