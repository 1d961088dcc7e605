import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EntryTime, PunchBody } from '#contracts/wire/v1/up-log';
import type { Result } from '#domain/result';
import { LogRepository } from '#terminal/log/log-repository';
import { LogWitness } from '#terminal/log/log-witness';
import { UpLog } from '#terminal/log/up-log';
import { type LogFault, verifyLog } from '#terminal/log/verify-log';
import { dataFolder } from '#terminal/storage/data-folder';
import { mintKeys } from '#terminal/storage/key-file';
import { openTerminalDatabase, type TerminalDatabase } from '#terminal/storage/terminal-database';

// Goal: nothing can be changed in the log without `verifyLog` naming the place. Method: write a real
// database, damage it behind the triggers' back, walk it.

const keys = mintKeys(undefined);
const owner = { terminalId: keys.terminalId, signKey: keys.sign.publicKey };
const stamp = (): EntryTime => ({
  wallMs: 1_800_000_000_000,
  monoMs: 5,
  bootId: '0a3f2c11-1111-4222-8333-444455556666',
  offsetMs: 0,
  errorMs: 0,
  trust: 'estimated',
});
const punch: PunchBody = {
  personId: '1b3f2c11-1111-4222-8333-444455556666',
  method: 'face',
  direction: 'in',
  siteId: '2c3f2c11-1111-4222-8333-444455556666',
  galleryRev: 3,
  confidence: 0.61,
};

let root: string;
let open: {
  db: TerminalDatabase;
  log: UpLog;
  repository: LogRepository;
  begun: string | undefined;
};

function openLog(machineChanged = false): typeof open {
  const folder = dataFolder(root);
  const opened = openTerminalDatabase(folder);
  if (!opened.ok) throw new Error(opened.failure.reason);
  const repository = new LogRepository(opened.value);
  const witness = new LogWitness(folder.witness);
  const log = new UpLog({ repository, witness, keys, stamp });
  return { db: opened.value, log, repository, begun: log.start({ changed: machineChanged }) };
}

function close(): void {
  open.log.stop();
  open.db.close();
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'lintel-log-'));
  open = openLog();
});
afterEach(() => {
  close();
  rmSync(root, { recursive: true });
});

function verify(): Result<{ entries: number }, LogFault> {
  return verifyLog(open.repository.rawTexts(), owner, undefined);
}

/** What an intruder with the file and SQLite could do. */
function tamper(act: (db: TerminalDatabase) => void): void {
  open.db.exec('DROP TRIGGER up_log_keeps_content; DROP TRIGGER up_log_keeps_entries');
  open.db.exec('DROP TRIGGER up_log_replaces_nothing; DROP INDEX up_log_by_seq');
  open.db.exec('DROP INDEX up_log_by_punch; DROP INDEX up_log_by_void');
  act(open.db);
}

describe('the up-log', () => {
  test('begins with a genesis entry and goes on where it stopped', () => {
    expect(open.begun).toBe('created');
    open.log.append('punch', punch);
    const { logId } = open.log;
    close();
    open = openLog();
    expect(open.begun).toBeUndefined();
    expect(open.log.logId).toBe(logId);
    expect(open.log.append('punch', punch).seq).toBe(3);
    expect(verify()).toEqual({ ok: true, value: { entries: 3 } });
  });

  test.each([
    ['UPDATE up_log SET entry = entry'],
    ['DELETE FROM up_log'],
    ['INSERT OR REPLACE INTO up_log (position, entry) SELECT position, entry FROM up_log'],
    ['INSERT OR REPLACE INTO up_log (entry) SELECT entry FROM up_log'],
    ['INSERT INTO up_log (entry) SELECT entry FROM up_log'],
  ])('refuses %s', (sql) => {
    expect(() => open.db.exec(sql)).toThrow('the log is append-only');
    expect(verify()).toEqual({ ok: true, value: { entries: 1 } });
  });

  test('an entry stands or falls with the transaction around it', () => {
    expect(() =>
      open.repository.atomically(() => {
        open.log.append('punch', punch);
        throw new Error('the rest failed');
      }),
    ).toThrow('the rest failed');
    expect(open.log.append('punch', punch).seq).toBe(2);
    expect(verify()).toEqual({ ok: true, value: { entries: 2 } });
  });

  test('punches withdrawn by a void no longer stand', () => {
    const first = open.log.append('punch', punch);
    const second = open.log.append('punch', punch);
    open.log.append('void', { punchSeq: second.seq, reason: 'not-me' });
    expect(open.repository.standingPunches(punch.personId)).toEqual([first]);
  });

  test('the acknowledged cursor only goes forward', () => {
    open.log.append('punch', punch);
    open.repository.acknowledge(open.log.logId, 2);
    open.repository.acknowledge(open.log.logId, 1);
    expect(open.repository.debts()).toEqual([{ logId: open.log.logId, ackedSeq: 2, headSeq: 2 }]);
  });

  test.each([
    [
      'last',
      'SELECT entry FROM up_log WHERE log_id = ? ORDER BY seq DESC LIMIT 1',
      'up_log_by_seq',
    ],
    [
      'range',
      'SELECT entry FROM up_log WHERE log_id = ? AND seq BETWEEN 1 AND 9 ORDER BY seq',
      'up_log_by_seq',
    ],
    [
      'punches of a person',
      `SELECT entry FROM up_log WHERE kind = 'punch' AND person_id = ? ORDER BY position DESC`,
      'up_log_by_punch',
    ],
  ])('the query for %s is answered by its index', (_what, sql, index) => {
    const plan = open.db.prepare(`EXPLAIN QUERY PLAN ${sql}`).all('x');
    expect(JSON.stringify(plan)).toContain(index);
    expect(JSON.stringify(plan)).not.toContain('SCAN');
  });
});

describe('a database that is not the one the terminal left', () => {
  test('restored from a copy: the log is begun anew and the old entries stay', () => {
    const path = dataFolder(root).database;
    open.log.append('punch', punch);
    close();
    copyFileSync(path, `${path}.backup`);
    open = openLog();
    open.log.append('punch', punch);
    close();
    copyFileSync(`${path}.backup`, path);
    open = openLog();
    expect(open.begun).toBe('restored');
    expect(verify()).toEqual({ ok: true, value: { entries: 3 } });
  });

  test('deleted: the witness knows that there was one', () => {
    close();
    rmSync(dataFolder(root).database);
    open = openLog();
    expect(open.begun).toBe('restored');
  });

  test('forked from what the hub holds: the unheard punches are said again, at their time', () => {
    open.log.append('punch', punch);
    const unheard = open.log.append('punch', punch);
    const withdrawn = open.log.append('punch', punch);
    open.log.append('void', { punchSeq: withdrawn.seq, reason: 'not-me' });
    open.repository.acknowledge(open.log.logId, 2);
    open.log.leaveForked(open.log.logId);
    const { logId } = open.log;
    expect(open.repository.debts()).toEqual([{ logId, ackedSeq: 0, headSeq: 2 }]);
    expect(open.repository.find(logId, 2)).toMatchObject({ at: unheard.at, body: unheard.body });
    expect(verify()).toMatchObject({ ok: true });
  });

  test('an older log that turns out forked is left, and its punches go on in the current one', () => {
    const old = open.log.logId;
    const unheard = open.log.append('punch', punch);
    open.log.begin('restored');
    const { logId } = open.log;
    open.log.leaveForked(old);
    expect(open.log.logId).toBe(logId);
    expect(open.repository.debts()).toEqual([{ logId, ackedSeq: 0, headSeq: 2 }]);
    expect(open.repository.find(logId, 2)).toMatchObject({ at: unheard.at, body: unheard.body });
  });

  test('on another machine: it is a copy', () => {
    const before = open.log.logId;
    close();
    open = openLog(true);
    expect(open.begun).toBe('cloned');
    expect(open.log.logId).not.toBe(before);
  });

  test('ahead of its witness after a crash: it goes on', () => {
    const { witness } = dataFolder(root);
    copyFileSync(witness, `${witness}.old`);
    open.log.append('punch', punch);
    close();
    copyFileSync(`${witness}.old`, witness); // a crash came before the witness was told
    open = openLog();
    expect(open.begun).toBeUndefined();
  });
});

describe('verifyLog', () => {
  test('any one flipped bit is found, at its entry', () => {
    const entries = 6;
    for (let i = 1; i < entries; i += 1) open.log.append('punch', punch);
    const texts = [...open.repository.rawTexts()];
    fc.assert(
      fc.property(fc.nat(entries - 1), fc.nat(), fc.nat(7), (index, at, bit) => {
        const bytes = Buffer.from(texts[index] ?? '');
        const byte = at % bytes.length;
        bytes[byte] = (bytes[byte] ?? 0) ^ (1 << bit);
        const damaged = texts.with(index, bytes.toString('utf8'));
        const found = verifyLog(damaged, owner, undefined);
        expect(found).toMatchObject({ ok: false, failure: { seq: index + 1 } });
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    [
      'a changed body',
      `UPDATE up_log SET entry = replace(entry, '0.61', '0.99') WHERE position = 3`,
      3,
    ],
    ['a deletion', 'DELETE FROM up_log WHERE position = 3', 3],
    [
      'a swap',
      'UPDATE up_log SET position = CASE position WHEN 3 THEN 40 ELSE 3 END WHERE position IN (3, 4);',
      3,
    ],
    [
      'an insertion',
      'UPDATE up_log SET position = -position WHERE position > 2; UPDATE up_log SET position = 1 - position WHERE position < 0; INSERT INTO up_log (position, entry) SELECT 3, entry FROM up_log WHERE position = 2',
      3,
    ],
    ['a lost beginning', 'DELETE FROM up_log WHERE position = 1', 1],
  ])('%s in the file is named', (_what, sql, seq) => {
    for (let i = 0; i < 4; i += 1) open.log.append('punch', punch);
    tamper((db) => db.exec(sql));
    expect(verify()).toMatchObject({ ok: false, failure: { seq } });
  });

  test('a cut tail is found where the witness remembers more', () => {
    open.log.append('punch', punch);
    const head = open.log.head();
    tamper((db) => db.exec('DELETE FROM up_log WHERE position = 2'));
    expect(verifyLog(open.repository.rawTexts(), owner, head)).toMatchObject({
      ok: false,
      failure: { seq: 2, fault: 'cut-off' },
    });
  });

  test('a log of another terminal is not ours', () => {
    const other = { ...owner, terminalId: mintKeys(undefined).terminalId };
    expect(verifyLog(open.repository.rawTexts(), other, undefined)).toMatchObject({
      ok: false,
      failure: { seq: 1, fault: 'genesis' },
    });
  });
});
