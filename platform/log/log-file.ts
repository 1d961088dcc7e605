import { existsSync, openSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { makePrivateDirectory } from '#platform/files/private-file';

const LOG_BYTES_MAX = 10_000_000; // weeks of ordinary days; two of them per part at most
const OWNER_ONLY = 0o600;

/**
 * Opens a log to append to, for the standard error of a child; a long one becomes `.1` first.
 *
 * @returns a file descriptor; whoever hands it to a child closes its own copy
 */
export function openLogFile(folder: string, part: string): number {
  makePrivateDirectory(folder);
  const file = join(folder, `${part}.log`);
  if (existsSync(file) && statSync(file).size > LOG_BYTES_MAX) renameSync(file, `${file}.1`);
  return openSync(file, 'a', OWNER_ONLY);
}
