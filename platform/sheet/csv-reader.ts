import { ok, type Result } from '#domain/result';
import { csvLines, type SheetLines } from '#platform/sheet/csv-lines';
import { unguarded } from '#platform/sheet/formula-guard';
import { decodeText, type TextEncoding } from '#platform/sheet/text-encoding';

/** A CSV as it was found to be; whoever imports it is shown both. */
export interface CsvContent extends SheetLines {
  readonly encoding: TextEncoding;
  readonly separator: Separator;
}

export type Separator = ',' | ';' | '\t';
const SEPARATORS: readonly Separator[] = [',', ';', '\t'];
const DECLARED = /^sep=([,;\t])\r?\n/i; // Excel's own line, which is no row

const SAMPLE_CHARACTERS = 64 * 1024; // no first row is longer

/** Reads a CSV; texts that were guarded against execution are given back as they were. */
export function readCsv(bytes: Uint8Array): Result<CsvContent, 'unknownEncoding'> {
  const decoded = decodeText(bytes);
  if (!decoded.ok) return decoded;
  const { text, encoding } = decoded.value;
  const [declaration = '', declared] = DECLARED.exec(text) ?? [];
  const separator = SEPARATORS.find((each) => each === declared) ?? separatorOf(text);
  const { lines, faults } = csvLines(text.slice(declaration.length), separator);
  const skipped = declaration === '' ? 0 : 1;
  return ok({
    encoding,
    separator,
    lines: lines.map(({ line, cells }) => ({ line: line + skipped, cells: cells.map(unguarded) })),
    faults: faults.map((fault) => ({ ...fault, line: fault.line + skipped })),
  });
}

/** The sign that the first row has most of, outside quotes. */
function separatorOf(text: string): Separator {
  const [first = ''] = text
    .slice(0, SAMPLE_CHARACTERS)
    .replaceAll(/"[^"]*"/g, '')
    .trimStart()
    .split(/[\r\n]/, 1);
  const counts = SEPARATORS.map((each) => [each, first.split(each).length] as const);
  const [best] = counts.reduce((a, b) => (b[1] > a[1] ? b : a));
  return best;
}
