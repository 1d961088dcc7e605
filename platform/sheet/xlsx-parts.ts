import { assert } from '#domain/assert';
import type { SheetColumn } from '#platform/sheet/sheet';
import { xmlText } from '#platform/sheet/xml-text';

const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const SPREADSHEET = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

const SHEET_NAME = /^[^[\]:*?/\\]{1,31}$/; // what Excel allows on a tab

/** What every workbook says of itself before its first row: two sheets, the second of notes. */
export function frameParts(
  names: readonly string[],
  formats: readonly string[],
): readonly { readonly path: string; readonly xml: string }[] {
  for (const name of names) assert(SHEET_NAME.test(name), 'a tab can carry the name of the sheet');
  return [
    { path: '[Content_Types].xml', xml: contentTypes(names.length) },
    { path: '_rels/.rels', xml: relations([['officeDocument', 'xl/workbook.xml']]) },
    { path: 'xl/workbook.xml', xml: workbook(names) },
    { path: 'xl/_rels/workbook.xml.rels', xml: relations(workbookRelations(names)) },
    { path: 'xl/styles.xml', xml: styles(formats) },
  ];
}

function contentTypes(sheetCount: number): string {
  const sheets = Array.from({ length: sheetCount }, (_, index) =>
    typed(`/xl/worksheets/sheet${index + 1}.xml`, 'worksheet'),
  );
  return `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${typed('/xl/workbook.xml', 'sheet.main')}${typed('/xl/styles.xml', 'styles')}${sheets.join('')}</Types>`;
}

function typed(path: string, type: string): string {
  return `<Override PartName="${path}" ContentType="${SPREADSHEET}.${type}+xml"/>`;
}

function relations(targets: readonly (readonly [type: string, path: string])[]): string {
  const lines = targets.map(
    ([type, path], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${type}" Target="${path}"/>`,
  );
  return `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`;
}

function workbookRelations(names: readonly string[]): readonly (readonly [string, string])[] {
  const sheets = names.map(
    (_, index) => ['worksheet', `worksheets/sheet${index + 1}.xml`] as const,
  );
  return [...sheets, ['styles', 'styles.xml']];
}

function workbook(names: readonly string[]): string {
  const sheets = names.map(
    (name, index) =>
      `<sheet name="${xmlText(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  return `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${sheets.join('')}</sheets></workbook>`;
}

/** Cell formats by number: 0 plain, 1 heading, 2 wrapped text, then those of the columns. */
export const HEADING_STYLE = 1;
export const WRAPPED_STYLE = 2;
export const COLUMN_STYLES_FROM = 3;
const CUSTOM_FORMATS_FROM = 164; // ECMA-376 18.8.30: below are the built-in ones

function font(weight: string): string {
  return `<font>${weight}<sz val="11"/><name val="Calibri"/><family val="2"/></font>`;
}

function styles(formats: readonly string[]): string {
  const codes = formats.map(
    (code, index) =>
      `<numFmt numFmtId="${CUSTOM_FORMATS_FROM + index}" formatCode="${xmlText(code)}"/>`,
  );
  const cells = formats.map(
    (_, index) =>
      `<xf numFmtId="${CUSTOM_FORMATS_FROM + index}" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>`,
  );
  return (
    `${HEAD}<styleSheet xmlns="${MAIN}"><numFmts count="${codes.length}">${codes.join('')}</numFmts>` +
    `<fonts count="2">${font('')}${font('<b/>')}</fonts>` +
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>' +
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>' +
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>' +
    `<cellXfs count="${COLUMN_STYLES_FROM + cells.length}"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>` +
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf>' +
    `${cells.join('')}</cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>`
  );
}

/** What stands before the rows: the frozen heading and the widths. */
export function sheetHead(columns: readonly Pick<SheetColumn, 'width'>[]): string {
  const widths = columns.map(
    ({ width }, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData>`;
}

export const SHEET_TAIL = '</sheetData></worksheet>';
