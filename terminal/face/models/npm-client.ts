import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { failed, ok, type Result } from '#domain/result';

const run = promisify(execFile);
const FETCH_MS_MAX = 15 * 60_000; // forty megabytes over a bad line
const OUTPUT_BYTES_MAX = 4_000_000; // the list of a package's files, not the files

export type NpmFailure =
  | { readonly reason: 'no-npm' }
  | { readonly reason: 'unreachable'; readonly detail: string };

const packed = z.array(z.object({ filename: z.string().regex(/^[\w.@-]+\.tgz$/) })).length(1);

/** How to start npm without a shell, which would read meaning into names. */
export interface NpmCommand {
  readonly file: string;
  readonly leading: readonly string[];
}

/** npm on PATH, else the one that came beside this Node. On Windows npm is a script: its Node runs it. */
export function findNpm(path: string, execPath: string): NpmCommand | undefined {
  const script = ['node_modules', 'npm', 'bin', 'npm-cli.js'];
  for (const folder of path.split(delimiter)) {
    const onWindows = { node: join(folder, 'node.exe'), script: join(folder, ...script) };
    if (existsSync(onWindows.node) && existsSync(onWindows.script))
      return { file: onWindows.node, leading: [onWindows.script] };
    if (process.platform !== 'win32' && existsSync(join(folder, 'npm')))
      return { file: join(folder, 'npm'), leading: [] };
  }
  const beside = [dirname(execPath), join(dirname(dirname(execPath)), 'lib')]
    .map((folder) => join(folder, ...script))
    .find((file) => existsSync(file));
  return beside === undefined ? undefined : { file: execPath, leading: [beside] };
}

/**
 * Has the ordinary npm client fetch one package as a tarball: its registry, proxy, credentials and
 * cache are the ones this machine is set up with, and it checks the registry's own digest.
 *
 * @param folder an empty folder; npm runs and writes in it
 */
export async function fetchTarball(
  spec: string,
  folder: string,
): Promise<Result<Uint8Array, NpmFailure>> {
  const npm = findNpm(process.env['PATH'] ?? '', process.execPath);
  if (npm === undefined) return failed({ reason: 'no-npm' });
  const told = ['pack', spec, '--json', '--ignore-scripts', '--no-audit', '--no-fund'];
  try {
    const { stdout } = await run(npm.file, [...npm.leading, ...told], {
      cwd: folder,
      timeout: FETCH_MS_MAX,
      maxBuffer: OUTPUT_BYTES_MAX,
      windowsHide: true,
    });
    const [{ filename } = { filename: '' }] = packed.parse(JSON.parse(stdout));
    return ok(await readFile(join(folder, filename)));
  } catch (error) {
    return failed({ reason: 'unreachable', detail: detailOf(error) });
  }
}

/** The line in which npm says what happened, without its log file paths. */
function detailOf(error: unknown): string {
  const stderr = error instanceof Error && 'stderr' in error ? String(error.stderr) : '';
  const lines = stderr.split('\n').filter((line) => /^npm (error|ERR!)/.test(line));
  const said = lines.map((line) => line.replace(/^npm (error|ERR!)\s*/, '').trim());
  const telling = said.filter(
    (line) => !/^(code|syscall|errno|type|path) |log of this run|^A complete/.test(line),
  );
  return telling[0] ?? said[0] ?? (error instanceof Error ? error.message : String(error));
}
