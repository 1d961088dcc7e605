import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ackBody } from '#contracts/wire/v1/messages';
import { BATCH_BYTES_MAX, BATCH_ENTRIES_MAX, upBatch } from '#contracts/wire/v1/up-log';
import { systemClock } from '#platform/clock/system-clock';
import { createLogger } from '#platform/log/logger';
import { openStore, type Store } from '#terminal/storage/open-store';
import { Uploader } from '#terminal/sync/uploader';

// Goal: nothing is sent that was not asked for, nothing stays unsent, live entries are not held up.
// Method: a real log; the line is an array, the hub's answers are written by hand.

const TERMINAL = 't-aaaaaaaaaaaaaaaa';
let dataDir: string;
let store: Store;
let uploader: Uploader;
let sent: { readonly payload: string; readonly seqs: number[] }[];
let monoMs: number;
let forks: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'lintel-up-'));
  const opened = openStore({ dataDir, joinCode: undefined, clock: systemClock() });
  if (!opened.ok) throw new Error(opened.failure.message.en);
  store = opened.value;
  sent = [];
  monoMs = 0;
  forks = [];
  uploader = new Uploader({
    repository: store.logRepository,
    publish: async (payload) => {
      const { entries } = upBatch.parse(JSON.parse(payload));
      sent.push({ payload, seqs: entries.map(({ seq }) => seq) });
    },
    monotonicMs: () => monoMs,
    logger: createLogger('test', 'silent'),
    onForked: (logId) => void forks.push(logId),
  });
});
afterEach(() => {
  store.log.stop();
  store.db.close();
  rmSync(dataDir, { recursive: true });
});

function write(count: number): void {
  store.logRepository.atomically(() => {
    for (let i = 0; i < count; i += 1) store.log.append('audit', { event: 'unlocked' });
  });
}

/** Some 12 KB each, as real ones are. */
function writeEnrolments(count: number): void {
  const id = '0a3f2c11-1111-4222-8333-444455556666';
  store.logRepository.atomically(() => {
    for (let i = 0; i < count; i += 1) {
      store.log.append('enrolment', {
        enrolmentId: id,
        personId: id,
        consentId: id,
        modelId: 'test',
        templates: [{ templateId: id, pose: 'front', quality: 1 }],
        sealed: 'A'.repeat(12_000),
        witnessPersonId: id,
      });
    }
  });
}

async function quiet(): Promise<void> {
  for (let i = 0; i < 50; i += 1) await Promise.resolve();
}

async function ack(upto: number, more: object = {}): Promise<void> {
  const { logId } = store.log;
  const place = { kind: 'ack', terminalId: TERMINAL, logId, upto, head: upto, credit: 400 };
  uploader.acknowledge(ackBody.parse({ ...place, ...more }));
  await quiet();
}

function lastSeqs(): readonly number[] {
  return sent.at(-1)?.seqs ?? [];
}

describe('the uploader', () => {
  test('sends a first handful unasked, then what the hub has credit for', async () => {
    write(499);
    uploader.onConnected();
    await quiet();
    expect(sent.flatMap(({ seqs }) => seqs)).toHaveLength(50);
    await ack(50, { credit: 120 });
    expect(sent.flatMap(({ seqs }) => seqs)).toHaveLength(170);
    await ack(170, { credit: 0 });
    expect(sent.flatMap(({ seqs }) => seqs)).toHaveLength(170);
    expect(uploader.waiting()).toBe(330);
  });

  test('keeps every batch within what the wire allows', async () => {
    write(300);
    writeEnrolments(50);
    uploader.onConnected();
    await ack(0, { credit: 10_000 });
    expect(new Set(sent.flatMap(({ seqs }) => seqs)).size).toBe(351);
    const sizes = sent.map(({ payload }) => Buffer.byteLength(payload));
    expect(Math.max(...sizes)).toBeLessThanOrEqual(BATCH_BYTES_MAX);
    expect(Math.max(...sizes)).toBeGreaterThan(BATCH_BYTES_MAX * 0.9);
    expect(Math.max(...sent.map(({ seqs }) => seqs.length))).toBeLessThanOrEqual(BATCH_ENTRIES_MAX);
  });

  test('sends a live entry at once, without credit, past a backlog that waits for some', async () => {
    write(299);
    uploader.onConnected();
    await ack(50, { credit: 0 });
    write(1);
    uploader.nudge();
    await quiet();
    expect(lastSeqs()).toEqual([301]);
    await ack(50, { head: 301, credit: 100, want: [{ from: 51, upto: 301 }] });
    expect(lastSeqs()[0]).toBe(51);
  });

  test('goes back to what the hub misses of the backlog', async () => {
    write(99);
    uploader.onConnected();
    await ack(0, { credit: 400 });
    expect(lastSeqs().at(-1)).toBe(100);
    await ack(20, { head: 100, want: [{ from: 21, upto: 100 }] });
    expect(lastSeqs()[0]).toBe(21);
  });

  test('starts over when no answer comes, and not before', async () => {
    write(3);
    uploader.onConnected();
    await quiet();
    monoMs = 9_999;
    uploader.tick();
    await quiet();
    expect(sent).toHaveLength(1);
    monoMs = 10_000;
    uploader.tick();
    await quiet();
    expect(sent.map(({ seqs }) => seqs)).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  test('leaves a hub that refuses alone for half a minute, and loses nothing', async () => {
    write(3);
    uploader.onConnected();
    await ack(0, { refused: { reason: 'not-joined' } });
    expect(uploader.refused).toBe('not-joined');
    const before = sent.length;
    monoMs = 29_000;
    uploader.tick();
    uploader.nudge();
    await quiet();
    expect(sent).toHaveLength(before);
    monoMs = 41_000;
    uploader.tick();
    await quiet();
    expect(lastSeqs()).toEqual([1, 2, 3, 4]);
    await ack(4);
    expect(uploader.refused).toBeUndefined();
    expect(uploader.waiting()).toBe(0);
  });

  test('does not take an answer about somebody else’s log, nor one that knows too much', async () => {
    write(3);
    uploader.onConnected();
    await ack(4, { logId: '0a3f2c11-1111-4222-8333-444455556666' });
    expect(uploader.waiting()).toBe(4);
    await ack(4, { head: 9 });
    expect(forks).toEqual([store.log.logId]);
    expect(uploader.waiting()).toBe(4);
    await ack(0, { refused: { reason: 'fork', seq: 2 } });
    expect(forks).toHaveLength(2);
  });

  test('leaves an older log of which the hub knows more than we do in peace', async () => {
    write(3);
    const old = store.log.logId;
    store.log.begin('restored');
    uploader.onConnected();
    await ack(9, { logId: old });
    expect(forks).toEqual([]);
    expect(uploader.waiting()).toBe(1);
    await ack(0, { logId: old, refused: { reason: 'fork', seq: 2 } });
    expect(forks).toEqual([old]);
  });

  test('gives a hub that lost its newest days what it lost', async () => {
    write(9);
    uploader.onConnected();
    await ack(10);
    sent = [];
    await ack(4);
    expect(lastSeqs()).toEqual([5, 6, 7, 8, 9, 10]);
    expect(uploader.waiting()).toBe(0);
  });
});
