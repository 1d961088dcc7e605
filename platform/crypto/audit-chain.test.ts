import { Readable } from 'node:stream';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AuditCheckpoint,
  type AuditEntry,
  appendAudit,
  signCheckpoint,
  verifyAudit,
} from '#platform/crypto/audit-chain';
import { type ChainLink, chainStart, hashEntry } from '#platform/crypto/entry-chain';
import { generateRawKeyPair, privateKeyOf, publicKeyOf } from '#platform/crypto/keys';

/*
 * Goal: whoever changes, removes or adds an act later is found out, and where. Method: a real log
 * with real keys, then every act of a forger who may or may not recompute hashes.
 */

const keys = generateRawKeyPair('ed25519');
const privateKey = privateKeyOf('ed25519', keys.privateKey);
const publicKey = publicKeyOf('ed25519', keys.publicKey);
const logId = '9b2f3c1e-6f0a-4d5b-8c7d-0123456789ab';
const at = Temporal.Instant.from('2026-03-02T08:00:00Z');

function logOf(acts: readonly object[], start: ChainLink = chainStart(logId)): AuditEntry[] {
  const entries: AuditEntry[] = [];
  for (const act of acts) entries.push(appendAudit(entries.at(-1) ?? start, at, act));
  return entries;
}

const acts: readonly object[] = [1, 2, 3, 4, 5].map((n) => ({
  action: 'grant.changed',
  subject: `person-${n}`,
}));
const log = logOf(acts);
const checkpointAt = (seq: number): AuditCheckpoint =>
  signCheckpoint(log[seq - 1] ?? chainStart(logId), at, privateKey);

async function faultOf(
  entries: readonly AuditEntry[],
  checkpoints: readonly AuditCheckpoint[] = [],
): Promise<unknown> {
  const verified = await verifyAudit(entries, { logId, checkpoints, publicKey });
  return verified.ok ? verified.value.seq : verified.failure;
}

/** Takes the place of the entry `seq`, its own hash made to fit. */
function replaced(seq: number, act: object): AuditEntry[] {
  return log.map((entry) => {
    if (entry.seq !== seq) return entry;
    const draft = { ...entry, act };
    return { ...draft, hash: hashEntry(draft) };
  });
}

type Forgery = 'change' | 'remove' | 'insert' | 'cut';
const forgeries: Readonly<Record<Forgery, (index: number, act: object) => readonly object[]>> = {
  change: (index, act) => acts.with(index, act),
  remove: (index) => acts.toSpliced(index, 1),
  insert: (index, act) => acts.toSpliced(index, 0, act),
  cut: (index) => acts.slice(0, index),
};

describe('verifyAudit', () => {
  test('a log that nobody touched is whole, however many checkpoints vouch for it', async () => {
    expect(await faultOf(log)).toBe(5);
    expect(await faultOf(log, [checkpointAt(2), checkpointAt(5), checkpointAt(2)])).toBe(5);
    expect(await faultOf([], [checkpointAt(0)])).toBe(0);
  });

  test('entries may come from a store one by one', async () => {
    const verified = await verifyAudit(Readable.from(log), { logId, checkpoints: [], publicKey });
    expect(verified).toMatchObject({ ok: true, value: { seq: 5 } });
  });

  test.each([
    ['an act changed', log.map((e) => (e.seq === 3 ? { ...e, act: {} } : e)), 3, 'changed'],
    ['its time changed', log.map((e) => (e.seq === 3 ? { ...e, at: 'x' } : e)), 3, 'changed'],
    ['an act changed and hashed anew', replaced(3, { action: 'nothing' }), 3, 'changed'],
    ['an entry taken out', log.toSpliced(2, 1), 3, 'missing'],
    ['the first taken out', log.slice(1), 1, 'missing'],
    ['an entry said twice', log.toSpliced(3, 0, ...log.slice(2, 3)), 4, 'missing'],
    ['two swapped', [log[1], log[0], ...log.slice(2)].filter((e) => e !== undefined), 1, 'missing'],
    ['another log’s entry', log.map((e) => (e.seq === 2 ? { ...e, logId: 'x' } : e)), 2, 'missing'],
    [
      'a first entry that follows something',
      logOf([{}], { logId, seq: 0, hash: 'f'.repeat(64) }),
      1,
      'changed',
    ],
  ] as const)('%s', async (_what, entries, seq, fault) => {
    expect(await faultOf(entries)).toEqual({ seq, fault });
  });

  test('a cut tail is a chain still; a checkpoint knows better', async () => {
    expect(await faultOf(log.slice(0, 3))).toBe(3);
    expect(await faultOf(log.slice(0, 3), [checkpointAt(5)])).toEqual({
      seq: 4,
      fault: 'cut-short',
    });
  });

  test('a log written anew agrees with itself, not with a checkpoint', async () => {
    const forged = logOf([...acts.slice(0, 2), { action: 'nothing' }, ...acts.slice(3)]);
    expect(await faultOf(forged)).toBe(5);
    expect(await faultOf(forged, [checkpointAt(2), checkpointAt(5)])).toEqual({
      seq: 3,
      fault: 'rewritten',
    });
  });

  test('a checkpoint that this hub did not sign is told', async () => {
    const stranger = privateKeyOf('ed25519', generateRawKeyPair('ed25519').privateKey);
    const forged = signCheckpoint({ logId, seq: 4, hash: 'f'.repeat(64) }, at, stranger);
    expect(await faultOf(log, [forged])).toEqual({ seq: 4, fault: 'forged-checkpoint' });
    const foreign = signCheckpoint({ ...chainStart('another'), seq: 2 }, at, privateKey);
    expect(await faultOf(log, [foreign])).toEqual({ seq: 2, fault: 'forged-checkpoint' });
  });

  test('a forger who owns the store and not the key is found, wherever they write', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: 4 }),
        fc.constantFrom<Forgery>('change', 'remove', 'insert', 'cut'),
        fc.jsonValue(),
        async (index, forgery, value) => {
          const wanted = forgeries[forgery](index, { value });
          expect(await faultOf(logOf(wanted), [checkpointAt(5)])).toHaveProperty('fault');
        },
      ),
    );
  });
});
