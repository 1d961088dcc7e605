/*
 * Goal: whatever is done to the log behind our back is found, with the number where it begins.
 * Method: the triggers are taken away, as somebody with the database could; the rows are then forged.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkpointsPath } from '#hub/authority/open-authority';
import { EVERYBODY } from '#hub/storage/within-reach';
import { hashEntry } from '#platform/crypto/entry-chain';
import { isConstraintFailure } from '#platform/sql/sql-failure';
import { type AuthorityBench, openAuthorityBench } from '#tests/hub/authority-bench';

let bench: AuthorityBench;
beforeEach(async () => {
  bench = await openAuthorityBench();
  for (let act = 1; act <= 5; act += 1) await append(`person-${act}`);
});
afterEach(() => bench.close());

async function append(
  id: string,
  of: AuthorityBench | { auditLog: AuthorityBench['auditLog'] } = bench,
) {
  await of.auditLog.append({
    actor: { kind: 'administrator', id: 'ann', onBehalfOf: null },
    action: 'person.changed',
    subject: { kind: 'person', id },
    changes: [{ field: 'name', before: 'Wang', after: 'Li' }],
  });
}

function verify() {
  return bench.served.auditKeeper.verify();
}

async function forge(statement: string): Promise<void> {
  const { db } = bench;
  for (const table of ['audit_entries', 'audit_checkpoints']) {
    for (const on of ['update', 'delete']) {
      const name = `${table}_no_${on}`;
      const trigger = db.engine === 'sqlite' ? name : `${name} ON ${table}`;
      await sql.raw(`DROP TRIGGER IF EXISTS ${trigger}`).execute(db.now);
    }
  }
  await sql.raw(statement).execute(db.now);
}

/** The whole log written anew from some entry on, each hash as it should be. */
async function rewrite(from: number): Promise<void> {
  await forge('DELETE FROM audit_checkpoints');
  const entries = await bench.served.audit.list({ limit: 100, reach: EVERYBODY });
  let prev = '';
  for (const entry of entries.toReversed()) {
    if (entry.seq >= from) {
      const act = { ...entry.act, subject: { ...entry.act.subject, id: 'somebody else' } };
      const draft = { ...entry, act, prev: entry.seq === from ? entry.prev : prev };
      const forged = { ...draft, hash: hashEntry(draft) };
      await bench.db.now
        .updateTable('audit_entries')
        .set({ entry: JSON.stringify(forged), subject_id: 'somebody else' })
        .where('seq', '=', entry.seq)
        .execute();
      prev = forged.hash;
    }
  }
  await bench.db.now.updateTable('audit_heads').set({ hash: prev }).execute();
}

describe('the log', () => {
  test('is whole as it was written', async () => {
    expect(await verify()).toMatchObject({ outcome: 'whole', entries: 5, checkpoints: 0 });
  });

  test.each(['UPDATE audit_entries SET entry = entry', 'DELETE FROM audit_entries'])(
    'refuses %s',
    async (statement) => {
      const refused = await sql
        .raw(statement)
        .execute(bench.db.now)
        .catch((error: unknown) => error);
      expect(isConstraintFailure(refused)).toBe(true);
    },
  );

  test('is one chain, also when two hubs write at once', async () => {
    const other = await bench.another();
    const acts = Array.from({ length: 20 }, (_, act) =>
      append(`p-${act}`, act % 2 ? bench : other),
    );
    await Promise.all(acts);
    expect(await verify()).toMatchObject({ outcome: 'whole', entries: 25 });
  });

  test.each([
    [
      'one entry, changed',
      "UPDATE audit_entries SET entry = replace(entry, 'Wang', 'Chen') WHERE seq = 3",
      3,
      'changed',
    ],
    [
      'one column that is searched',
      "UPDATE audit_entries SET actor_id = 'bob' WHERE seq = 4",
      4,
      'changed',
    ],
    [
      'one entry that is none any more',
      "UPDATE audit_entries SET entry = '{' WHERE seq = 2",
      2,
      'changed',
    ],
    ['one entry, taken out', 'DELETE FROM audit_entries WHERE seq = 2', 2, 'missing'],
    ['the first one, taken out', 'DELETE FROM audit_entries WHERE seq = 1', 1, 'missing'],
    ['the last one, taken out', 'DELETE FROM audit_entries WHERE seq = 5', 5, 'cut-short'],
    ['everything, taken out', 'DELETE FROM audit_entries', 1, 'cut-short'],
  ])('tells of %s', async (_what, statement, seq, fault) => {
    await forge(statement);
    expect(await verify()).toMatchObject({ outcome: 'broken', seq, fault });
  });
});

describe('a checkpoint', () => {
  test('is signed where something was written since the last one', async () => {
    const { auditKeeper } = bench.served;
    expect((await auditKeeper.sign())?.body.seq).toBe(5);
    expect(await auditKeeper.sign()).toBeUndefined();
    await append('person-6');
    expect((await auditKeeper.sign())?.body.seq).toBe(6);
    expect(await verify()).toMatchObject({ outcome: 'whole', checkpoints: 2 });
  });

  test('outside the database tells of a log that was written anew', async () => {
    await bench.served.auditKeeper.sign();
    await append('person-6');
    await bench.served.auditKeeper.sign();
    await rewrite(6);
    expect(await verify()).toMatchObject({ outcome: 'broken', seq: 6, fault: 'rewritten' });
    await rewrite(2);
    expect(await verify()).toMatchObject({ outcome: 'broken', seq: 1, fault: 'rewritten' });
  });

  test('outside the database tells of a database that was put back to yesterday', async () => {
    await append('person-6');
    await bench.served.auditKeeper.sign();
    await forge('DELETE FROM audit_entries WHERE seq > 3');
    await forge('DELETE FROM audit_checkpoints');
    const [entry] = await bench.served.audit.list({ limit: 1, reach: EVERYBODY });
    await bench.db.now
      .updateTable('audit_heads')
      .set({ seq: 3, hash: entry?.hash ?? '' })
      .execute();
    expect(await verify()).toMatchObject({ outcome: 'broken', seq: 4, fault: 'cut-short' });
  });

  test('by somebody without the key of the hub accuses its forger, not the log', async () => {
    await bench.served.auditKeeper.sign();
    const path = checkpointsPath(bench.dataDir);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace(/"seq":5/, '"seq":4'));
    expect(await verify()).toMatchObject({ outcome: 'broken', fault: 'forged-checkpoint' });
  });

  test('that a power cut tore says nothing', async () => {
    await bench.served.auditKeeper.sign();
    const path = checkpointsPath(bench.dataDir);
    writeFileSync(path, `${readFileSync(path, 'utf8')}{"body":{"se`);
    expect(await verify()).toMatchObject({ outcome: 'whole', checkpoints: 1 });
  });

  test('is signed a last time when the hub stops', async () => {
    await bench.stop();
    expect(readFileSync(checkpointsPath(bench.dataDir), 'utf8')).toContain('"seq":5');
  });
});

describe('a list of the log', () => {
  test('is newest first, by conditions that add up', async () => {
    const { audit } = bench.served;
    const page = { limit: 2, reach: EVERYBODY };
    const first = await audit.list(page);
    expect(first.map(({ seq }) => seq)).toEqual([5, 4]);
    const second = await audit.list({ ...page, after: 4 });
    expect(second.map(({ seq }) => seq)).toEqual([3, 2]);
    const counts = [
      { action: 'person' },
      { action: 'person.changed' },
      { action: 'person.chan' },
      { actorId: 'ann', subjectId: 'person-2' },
      { actorId: 'bob' },
      { subjectKind: 'site' },
      { untilMs: bench.clock.now().epochMilliseconds },
    ].map(async (each) => (await audit.list({ limit: 9, reach: EVERYBODY, ...each })).length);
    expect(await Promise.all(counts)).toEqual([5, 5, 0, 1, 0, 0, 0]);
  });
});
