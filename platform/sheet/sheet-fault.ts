/** Why a file cannot be read as a table at all. */
export type FileFaultReason =
  | 'empty'
  | 'tooManyBytes'
  | 'encrypted'
  | 'macros'
  | 'oldExcel'
  | 'binaryExcel'
  | 'openDocument'
  | 'webPage'
  | 'notASheet'
  | 'bomb'
  | 'damaged'
  | 'unknownEncoding'
  | 'noSheet'
  | 'tooManyRows'
  | 'tooManyColumns';

/** Why one cell cannot be read. */
export type CellFaultReason =
  | 'quoteUnclosed'
  | 'quoteStray'
  | 'cellTooLong'
  | 'errorValue'
  | 'formulaUncomputed'
  | 'numberImprecise';

/** Where, as the person sees it who opens the file: both counted from 1. */
export interface CellFault {
  readonly reason: CellFaultReason;
  readonly line: number;
  readonly column: number;
}

interface Bilingual {
  readonly 'zh-CN': string;
  readonly en: string;
}

const TEXTS: Readonly<
  Record<FileFaultReason | CellFaultReason, readonly [zh: string, en: string]>
> = {
  empty: ['文件里没有内容', 'the file has no content'],
  tooManyBytes: [
    '文件超过 16 MB，请拆成几个文件再导入',
    'the file is larger than 16 MB; split it and import the parts',
  ],
  encrypted: [
    '文件有密码，请在 Excel 中取消密码后另存，再导入',
    'the file has a password; remove it in Excel, save, and import again',
  ],
  macros: [
    '文件含有宏，请在 Excel 中另存为“Excel 工作簿 (.xlsx)”再导入',
    'the file contains macros; save it as “Excel Workbook (.xlsx)” and import that',
  ],
  oldExcel: [
    '这是旧版 .xls 文件，请在 Excel 中另存为 .xlsx 再导入',
    'this is an old .xls file; save it as .xlsx in Excel and import that',
  ],
  binaryExcel: [
    '这是 .xlsb 文件，请在 Excel 中另存为 .xlsx 再导入',
    'this is an .xlsb file; save it as .xlsx in Excel and import that',
  ],
  openDocument: [
    '这是 OpenDocument 表格，请另存为 .xlsx 或 CSV 再导入',
    'this is an OpenDocument sheet; save it as .xlsx or CSV and import that',
  ],
  webPage: [
    '这是网页而不是表格，请用 Excel 打开并另存为 .xlsx 再导入',
    'this is a web page and not a table; open it in Excel, save it as .xlsx and import that',
  ],
  notASheet: [
    '无法识别的文件，请导入 .xlsx 或 CSV',
    'the file is not a table; import .xlsx or CSV',
  ],
  bomb: [
    '文件解压后过大，已拒绝；请删除多余内容后另存，再导入',
    'the file unpacks to far more than it weighs and was refused; remove what is not needed, save and import again',
  ],
  damaged: [
    '文件已损坏，或占用的区域过大；请在 Excel 中打开并另存，再导入',
    'the file is damaged, or spans far too many cells; open it in Excel, save it and import again',
  ],
  unknownEncoding: [
    '无法确定文字编码，请另存为“CSV UTF-8”再导入',
    'the encoding of the text is unknown; save it as “CSV UTF-8” and import that',
  ],
  noSheet: ['文件中没有可见的工作表', 'the file has no visible sheet'],
  tooManyRows: [
    '超过 100000 行，请拆成几个文件再导入',
    'there are more than 100000 rows; split the file and import the parts',
  ],
  tooManyColumns: [
    '超过 200 列，请删去不需要的列再导入',
    'there are more than 200 columns; remove those not needed and import again',
  ],
  quoteUnclosed: ['引号没有结束', 'the quotation mark is never closed'],
  quoteStray: [
    '引号位置不对：含引号的内容须整体用引号括起，里面的引号写两次',
    'a quotation mark is out of place: quote the whole cell and double the marks inside it',
  ],
  cellTooLong: ['内容超过 32767 个字符', 'the cell is longer than 32767 characters'],
  errorValue: ['单元格是错误值，请改正', 'the cell holds an error; correct it'],
  formulaUncomputed: [
    '公式没有结果，请在 Excel 中打开、保存后再导入',
    'the formula has no result; open the file in Excel, save it and import again',
  ],
  numberImprecise: [
    '数字超过 15 位，表格软件已丢失末尾几位；请把这一列设为文本后重新填写',
    'the number has more than 15 digits, and spreadsheets drop the last ones; make the column text and enter it anew',
  ],
};

/** What is wrong and what to do about it. */
export function sheetFaultText(reason: FileFaultReason | CellFaultReason): Bilingual {
  const [zh, en] = TEXTS[reason];
  return { 'zh-CN': zh, en };
}
