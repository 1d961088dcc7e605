import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { PersonWords, Whose } from '#hub/storage/payroll-repository';
import type { SheetColumn, SheetRow } from '#platform/sheet/sheet';

/** A word and what it means, on the second tab of a workbook. */
export type Note = readonly [word: string, meaning: string];

/** What an export is a table of, row by row. */
export interface ExportTable {
  readonly columns: readonly SheetColumn[];
  /** The rows of a few people, in their order. */
  readonly rowsOf: (whose: Whose) => Promise<readonly SheetRow[]>;
  /** What its reader has to know; asked for when every row is written. */
  readonly notes: () => Promise<readonly Note[]>;
}

type Language = keyof Bilingual;

const CHARACTERS = { text: 16, date: 12, number: 12 } as const;
const WIDTH_MAX = 40; // a heading that is longer is wrapped

/** Columns under headings of one language. */
export function columnIn(language: Language) {
  const make = (
    heading: Bilingual,
    rest: Pick<SheetColumn, 'kind' | 'decimals'>,
    least: number,
  ): SheetColumn => {
    const text = heading[language];
    const width = Math.min(Math.max(least, widthOf(text)), WIDTH_MAX);
    return { heading: text, width, ...rest };
  };
  return {
    text: (zh: string, en: string): SheetColumn =>
      make({ 'zh-CN': zh, en }, { kind: 'text', decimals: 0 }, CHARACTERS.text),
    date: (zh: string, en: string): SheetColumn =>
      make({ 'zh-CN': zh, en }, { kind: 'date', decimals: 0 }, CHARACTERS.date),
    /** Of seconds. */
    length: (zh: string, en: string): SheetColumn =>
      make({ 'zh-CN': zh, en }, { kind: 'duration', decimals: 0 }, CHARACTERS.number),
    count: (zh: string, en: string): SheetColumn =>
      make({ 'zh-CN': zh, en }, { kind: 'integer', decimals: 0 }, CHARACTERS.number),
    number: (heading: Bilingual, decimals: number): SheetColumn =>
      make(heading, { kind: 'decimal', decimals }, CHARACTERS.number),
  };
}

const WIDE = /[\u2e80-\u9fff\uff00-\uffef]/g; // Chinese signs take two places

function widthOf(text: string): number {
  return text.length + (text.match(WIDE)?.length ?? 0) + 2;
}

/** Who a row is about: the first columns of every list. */
export function personColumns(language: Language): readonly SheetColumn[] {
  const { text } = columnIn(language);
  return [text('工号', 'Employee no.'), text('姓名', 'Name'), text('部门', 'Department')];
}

export function personCells(person: PersonWords, language: Language): readonly string[] {
  const department = language === 'zh-CN' ? person.department : person.departmentEn;
  return [person.employeeNo, person.name, department];
}
