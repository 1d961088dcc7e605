import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { failed, ok, type Result } from '#domain/result';

const OWNER_ONLY = 0o600;
const OWNER_ONLY_DIRECTORY = 0o700;

/** Creates a folder that only this user can look into. */
export function makePrivateDirectory(path: string): void {
  mkdirSync(path, { recursive: true, mode: OWNER_ONLY_DIRECTORY });
}

/** Writes beside the file, flushes, then renames: a power cut leaves the old content or the new, never half. */
export function writePrivateFile(path: string, content: string): void {
  makePrivateDirectory(dirname(path));
  const draft = `${path}.new`;
  const file = openSync(draft, 'w', OWNER_ONLY);
  try {
    writeSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
}

/** Refuses a secret that other users of this machine can read. Windows has no mode bits to check. */
export function readPrivateFile(path: string): Result<string, 'absent' | 'readable-by-others'> {
  if (!existsSync(path)) return failed('absent');
  const others = statSync(path).mode & 0o077;
  if (process.platform !== 'win32' && others !== 0) return failed('readable-by-others');
  return ok(readFileSync(path, 'utf8'));
}
