import { spawn } from 'node:child_process';
import { failed, ok, type Result } from '#domain/result';

const SAID_CHARACTERS_MAX = 500;

/** PostgreSQL's own programs are the only ones that know all of a dump. */
export type ToolFailure =
  | { readonly reason: 'no-tool'; readonly tool: string }
  | { readonly reason: 'tool-failed'; readonly tool: string; readonly said: string };

/** One moment of a database that is in use, as one file. */
export async function dumpPostgres(url: string, file: string): Promise<Result<void, ToolFailure>> {
  return await run('pg_dump', url, ['--format=custom', '--no-owner', '--no-acl', '--file', file]);
}

/** Into an empty database, all of it or nothing. */
export async function loadPostgres(url: string, file: string): Promise<Result<void, ToolFailure>> {
  const whole = ['--single-transaction', '--exit-on-error', '--no-owner', '--no-acl'];
  return await run('pg_restore', url, [...whole, file]);
}

/** Whether a file is a dump that can be read, without a database. */
export async function checkDump(file: string): Promise<Result<void, ToolFailure>> {
  return await run('pg_restore', undefined, ['--list', file]);
}

/** The password goes by the environment: command lines are read by everybody on the machine. */
async function run(
  tool: 'pg_dump' | 'pg_restore',
  url: string | undefined,
  args: readonly string[],
): Promise<Result<void, ToolFailure>> {
  const target = url === undefined ? undefined : new URL(url);
  const password = decodeURIComponent(target?.password ?? '');
  if (target !== undefined) target.password = '';
  const place = target === undefined ? [] : [`--dbname=${target.href}`];
  const { promise, resolve } = Promise.withResolvers<Result<void, ToolFailure>>();
  const child = spawn(tool, [...place, ...args], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...(password === '' ? {} : { PGPASSWORD: password }) },
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = `${said}${text}`.slice(-SAID_CHARACTERS_MAX);
  });
  child.on('error', () => resolve(failed({ reason: 'no-tool', tool })));
  child.on('close', (code) => {
    const words = said.trim().split('\n').at(-1) ?? '';
    resolve(code === 0 ? ok(undefined) : failed({ reason: 'tool-failed', tool, said: words }));
  });
  return await promise;
}
