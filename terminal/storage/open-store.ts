import { existsSync } from 'node:fs';
import { failed, ok, type Result } from '#domain/result';
import type { Clock } from '#platform/clock/clock';
import { makePrivateDirectory } from '#platform/files/private-file';
import { isDiskFull } from '#platform/sqlite/database';
import {
  databaseCorrupt,
  databaseNewer,
  diskFull,
  type EngineFailure,
  folderUnwritable,
  keysMissing,
  keysOfAnother,
  keysReadableByOthers,
  keysUnreadable,
} from '#terminal/engine-failure';
import { LogRepository } from '#terminal/log/log-repository';
import { LogWitness } from '#terminal/log/log-witness';
import { claimedInstant, type LogBeginning, UpLog } from '#terminal/log/up-log';
import { type DataFolder, dataFolder } from '#terminal/storage/data-folder';
import { DownLogRepository } from '#terminal/storage/down-log-repository';
import {
  mintKeys,
  readKeyFile,
  type TerminalKeys,
  withJoinCode,
  writeKeyFile,
} from '#terminal/storage/key-file';
import { machineDigest } from '#terminal/storage/machine-name';
import { PeopleRepository } from '#terminal/storage/people-repository';
import { PinAttemptRepository } from '#terminal/storage/pin-attempt-repository';
import { Roster } from '#terminal/storage/roster';
import { openTerminalDatabase, type TerminalDatabase } from '#terminal/storage/terminal-database';
import { TerminalClock } from '#terminal/sync/terminal-clock';

/** All that outlives a restart, opened and checked. */
export interface Store {
  readonly folder: DataFolder;
  readonly db: TerminalDatabase;
  readonly keys: TerminalKeys;
  readonly clock: TerminalClock;
  readonly log: UpLog;
  readonly logRepository: LogRepository;
  readonly downLog: DownLogRepository;
  readonly people: PeopleRepository;
  readonly roster: Roster;
  readonly attempts: PinAttemptRepository;
  /** Why a log was begun at this start, if one was. */
  readonly begun: LogBeginning | undefined;
}

interface StoreOptions {
  readonly dataDir: string;
  readonly joinCode: string | undefined;
  readonly clock: Clock;
}

export function openStore(options: StoreOptions): Result<Store, EngineFailure> {
  const folder = dataFolder(options.dataDir);
  try {
    makePrivateDirectory(folder.root);
    const keys = openKeys(folder, options.joinCode);
    if (!keys.ok) return keys;
    const opened = openTerminalDatabase(folder);
    if (!opened.ok) {
      const newer = opened.failure.reason === 'newer-version';
      return failed(newer ? databaseNewer(folder) : databaseCorrupt(folder));
    }
    return assemble(folder, keys.value, opened.value, options.clock);
  } catch (error) {
    const failure = environmentFailure(error, folder);
    if (failure === undefined) throw error;
    return failed(failure);
  }
}

function openKeys(
  folder: DataFolder,
  joinCode: string | undefined,
): Result<TerminalKeys, EngineFailure> {
  const read = readKeyFile(folder.keys);
  if (!read.ok && read.failure === 'absent') {
    if (existsSync(folder.database)) return failed(keysMissing(folder));
    const keys = withJoinCode(mintKeys(machineDigest()), joinCode);
    writeKeyFile(folder.keys, keys);
    return ok(keys);
  }
  if (!read.ok) {
    const readable = read.failure === 'readable-by-others';
    return failed(readable ? keysReadableByOthers(folder) : keysUnreadable(folder));
  }
  const keys = withJoinCode(read.value, joinCode);
  if (keys !== read.value) writeKeyFile(folder.keys, keys);
  return ok(keys);
}

function assemble(
  folder: DataFolder,
  keys: TerminalKeys,
  db: TerminalDatabase,
  clock: Clock,
): Result<Store, EngineFailure> {
  try {
    const logRepository = new LogRepository(db);
    const newest = logRepository.newest();
    const terminalClock = new TerminalClock(clock, newest && claimedInstant(newest.at));
    const witness = new LogWitness(folder.witness);
    const log = new UpLog({
      repository: logRepository,
      witness,
      keys,
      stamp: () => terminalClock.stamp(),
    });
    const people = new PeopleRepository(db, keys.deviceKey);
    const roster = new Roster(people);
    if (!opensPeople(roster)) {
      db.close();
      return failed(keysOfAnother(folder));
    }
    const here = keysHere(keys);
    const begun = log.start({ changed: here !== keys && keys.machine !== undefined });
    if (here !== keys) writeKeyFile(folder.keys, here);
    const downLog = new DownLogRepository(db);
    const attempts = new PinAttemptRepository(db);
    const opened = { folder, db, keys: here, clock: terminalClock, log, logRepository, begun };
    return ok({ ...opened, downLog, people, roster, attempts });
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A record that does not open under these keys was sealed under others; AES-GCM tells no more. */
function opensPeople(roster: Roster): boolean {
  try {
    roster.start();
    return true;
  } catch (error) {
    if (codeOf(error).startsWith('SQLITE')) throw error; // the disk's failure, not the key's
    return false;
  }
}

/** A folder that woke up on another machine is that machine's from now on. */
function keysHere(keys: TerminalKeys): TerminalKeys {
  const machine = machineDigest();
  return machine === undefined || machine === keys.machine ? keys : { ...keys, machine };
}

const UNWRITABLE = [
  'EACCES',
  'EPERM',
  'EROFS',
  'ENOTDIR',
  'EEXIST',
  'SQLITE_CANTOPEN',
  'SQLITE_READONLY',
];

function environmentFailure(error: unknown, folder: DataFolder): EngineFailure | undefined {
  const code = codeOf(error);
  if (isDiskFull(error) || code === 'ENOSPC' || code === 'SQLITE_IOERR_SHMSIZE')
    return diskFull(folder);
  if (code === 'SQLITE_CORRUPT' || code === 'SQLITE_NOTADB') return databaseCorrupt(folder);
  return UNWRITABLE.some((each) => code.startsWith(each)) ? folderUnwritable(folder) : undefined;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
