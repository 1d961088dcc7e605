import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, chownSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { Client } from 'pg';
import { failed, ok, type Result } from '#domain/result';

const DEBIAN = '/usr/lib/postgresql'; // <version>/bin, which is on nobody's path
const READY_WITHIN_MS = 60_000; // a second on an idle machine
const USER = 'lintel';
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const INTERRUPTED = 130;
const LAST_WRITES_MS = 500; // it tidies its folder while we remove it, and nobody can be awaited at exit
/** It refuses to run as root. Whoever of these is there owns its folder meanwhile. */
const STAND_INS = ['postgres', 'nobody'];

export interface TestPostgres {
  /** Of a user who may make and drop databases. */
  readonly url: string;
  readonly version: string;
  readonly stop: () => Promise<void>;
}

interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/**
 * A PostgreSQL of our own on a free port of this machine, in a folder that goes away with it: nothing
 * of it is kept, so it need not wait for the disk.
 *
 * @returns or why there is none
 */
export async function startTestPostgres(): Promise<Result<TestPostgres, string>> {
  const bin = findBinaries();
  if (bin === undefined) {
    return failed('no PostgreSQL server on this machine (Debian: apt-get install postgresql)');
  }
  const owner = standIn();
  if (owner === 'nobody') return failed('PostgreSQL does not run as root, and nobody can stand in');
  const folder = mkdtempSync(join(tmpdir(), 'lintel-postgres-'));
  if (owner !== undefined) chownSync(folder, owner.uid, owner.gid);
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  const run = { cwd: folder, ...owner };
  const made = spawnSync(
    join(bin, 'initdb'),
    ['-D', join(folder, 'data'), '-U', USER, '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '-N'],
    { ...run, encoding: 'utf8' },
  );
  if (made.status !== 0) {
    remove();
    return failed(`initdb failed: ${made.stderr || String(made.error)}`);
  }
  const port = await freePort();
  const server = spawn(join(bin, 'postgres'), serverOptions(folder, port), {
    ...run,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const url = `postgres://${USER}@127.0.0.1:${port}/postgres`;
  return await whenReady({ server, url, remove });
}

function serverOptions(folder: string, port: number): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '300', // two suites at once, ten of each hub
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    log_min_messages: 'fatal',
  };
  const told = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', join(folder, 'data'), '-p', String(port), ...told];
}

async function whenReady({
  server,
  url,
  remove,
}: {
  readonly server: ChildProcess;
  readonly url: string;
  readonly remove: () => void;
}): Promise<Result<TestPostgres, string>> {
  let complaints = '';
  server.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  const gone = once(server, 'exit');
  const onExit = (): void => {
    server.kill('SIGQUIT'); // at once, and every process of its own with it
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LAST_WRITES_MS);
    remove();
  };
  process.once('exit', onExit);
  for (const signal of SIGNALS) process.once(signal, onSignal);
  const stop = async (): Promise<void> => {
    process.off('exit', onExit);
    for (const signal of SIGNALS) process.off(signal, onSignal);
    server.kill('SIGINT'); // fast shutdown: whoever is connected is sent away
    await gone;
    remove();
  };
  const version = await answered(url, server);
  if (version !== undefined) return ok({ url, version, stop });
  await stop();
  return failed(`PostgreSQL did not start: ${complaints.trim()}`);
}

/** What is to be undone is undone on `exit`, which a signal alone does not bring about. */
function onSignal(): void {
  process.exit(INTERRUPTED);
}

/** @returns its version once it answers; undefined when it ended, or took too long */
async function answered(url: string, server: ChildProcess): Promise<string | undefined> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (server.exitCode === null && performance.now() < deadline) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      const { rows } = await client.query<{ server_version: string }>('SHOW server_version');
      return rows[0]?.server_version ?? '';
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 100)); // still starting
    } finally {
      await client.end().catch(() => undefined);
    }
  }
  return undefined;
}

/** The newest one, unless a person put another on the path. */
function findBinaries(): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter);
  return [...onPath, ...debianFolders()].find(
    (folder) => isProgram(join(folder, 'initdb')) && isProgram(join(folder, 'postgres')),
  );
}

function debianFolders(): string[] {
  try {
    const versions = readdirSync(DEBIAN).toSorted((a, b) => Number(b) - Number(a));
    return versions.map((version) => join(DEBIAN, version, 'bin'));
  } catch {
    return [];
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** @returns undefined where this user may run it; 'nobody' where none of the others exists */
function standIn(): Owner | undefined | 'nobody' {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of STAND_INS) {
    const [uid, gid] = [idOf(name, '-u'), idOf(name, '-g')];
    if (uid !== undefined && gid !== undefined) return { uid, gid };
  }
  return 'nobody';
}

function idOf(name: string, which: '-u' | '-g'): number | undefined {
  const asked = spawnSync('id', [which, name], { encoding: 'utf8' });
  return asked.status === 0 ? Number(asked.stdout) : undefined;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  const { promise, resolve } = Promise.withResolvers<number>();
  probe.listen(0, '127.0.0.1', () => {
    const address = probe.address();
    resolve(typeof address === 'object' && address !== null ? address.port : 0);
  });
  const port = await promise;
  await new Promise((closed) => probe.close(closed));
  return port;
}
