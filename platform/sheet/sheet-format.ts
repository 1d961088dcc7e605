import { failed, ok, type Result } from '#domain/result';
import type { FileFaultReason } from '#platform/sheet/sheet-fault';
import { zipIndex } from '#platform/sheet/zip-index';

const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]; // MS-CFB 2.2
const ZIP = [0x50, 0x4b];
const WEB_PAGE = /^\s*(?:<!doctype html|<html|<\?xml|<table)/i;
const HEAD_BYTES = 512;

/** What a file is by its content; its name proves nothing. */
export function sheetFormat(bytes: Uint8Array): Result<'csv' | 'xlsx', FileFaultReason> {
  if (bytes.length === 0) return failed('empty');
  if (beginsWith(bytes, COMPOUND_FILE)) return failed(compoundFault(bytes));
  if (beginsWith(bytes, ZIP)) return archiveFormat(bytes);
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD_BYTES));
  return WEB_PAGE.test(head.replace('ï»¿', '')) ? failed('webPage') : ok('csv');
}

function beginsWith(bytes: Uint8Array, magic: readonly number[]): boolean {
  return magic.every((byte, index) => bytes[index] === byte);
}

/** Old Excel files and encrypted new ones share a container; the names of its streams tell which. */
function compoundFault(bytes: Uint8Array): FileFaultReason {
  const holds = (name: string): boolean =>
    Buffer.from(bytes).includes(Buffer.from(name, 'utf16le'));
  if (holds('EncryptedPackage')) return 'encrypted';
  return holds('Workbook') || holds('Book') ? 'oldExcel' : 'notASheet';
}

function archiveFormat(bytes: Uint8Array): Result<'xlsx', FileFaultReason> {
  const index = zipIndex(bytes);
  if (!index.ok) return index;
  const paths = new Set(index.value.map(({ path }) => path.toLowerCase()));
  if (paths.has('xl/vbaproject.bin')) return failed('macros');
  if (paths.has('xl/workbook.bin')) return failed('binaryExcel');
  if (paths.has('xl/workbook.xml')) return ok('xlsx');
  return failed(paths.has('mimetype') && paths.has('content.xml') ? 'openDocument' : 'notASheet');
}
