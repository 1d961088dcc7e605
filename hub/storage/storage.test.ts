import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { DownLogRepository } from '#hub/storage/down-log-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { PersonRepository } from '#hub/storage/person-repository';
import { QuarantineRepository } from '#hub/storage/quarantine-repository';
import { TemplateRepository } from '#hub/storage/template-repository';
import { TerminalRepository } from '#hub/storage/terminal-repository';
import { UpLogRepository } from '#hub/storage/up-log-repository';
import { EVERYWHERE } from '#hub/storage/within-reach';
import { ONLY_SQLITE, openTestDatabase, testEngine } from '#tests/hub/test-database';

let db: HubDatabase;
beforeEach(async () => {
  db = await openTestDatabase();
});
afterEach(async () => await db.close());

const TERMINAL = 't-abcdefghijklmnop';
const [LOG, BOOT] = [randomUUID(), randomUUID()];

function entry(seq: number): UpEntry {
  return {
    logId: LOG,
    seq,
    kind: 'audit',
    at: { wallMs: 1, monoMs: 1, bootId: BOOT, offsetMs: 0, errorMs: 0, trust: 'synced' },
    body: {},
    prev: 'a'.repeat(64),
    hash: 'b'.repeat(64),
    sig: 'C'.repeat(86),
  };
}

async function logWith(...seqs: number[]): Promise<UpLogRepository> {
  const log = new UpLogRepository(db);
  await db.now.insertInto('terminals').values({ terminal_id: TERMINAL }).execute();
  await log.begin(LOG, TERMINAL);
  await log.append(seqs.map(entry), 0);
  return log;
}

async function seqsClosed(log: UpLogRepository): Promise<number[]> {
  return (await log.closeGaps(LOG)).map(({ seq }) => seq);
}

describe('the up-log', () => {
  test('what is stored is neither changed nor removed', async () => {
    const log = await logWith(1);
    const changed = db.now.updateTable('up_entries').set({ kind: 'x' }).execute();
    await expect(changed).rejects.toThrow('append-only');
    await expect(db.now.deleteFrom('up_entries').execute()).rejects.toThrow('append-only');
    expect(await log.closeGaps(LOG)).toEqual([entry(1)]);
  });

  test('its extent names every gap', async () => {
    const log = await logWith(1, 2, 5, 6, 9);
    expect(await seqsClosed(log)).toEqual([1, 2]);
    expect(await log.countEarly(LOG)).toBe(3);
    expect(await log.extent(LOG)).toEqual({
      upto: 2,
      head: 9,
      missing: [
        { from: 3, upto: 4 },
        { from: 7, upto: 8 },
      ],
    });
  });

  test('closing a gap moves over what waited behind it', async () => {
    const log = await logWith(1, 3);
    expect(await seqsClosed(log)).toEqual([1]);
    expect(await seqsClosed(log)).toEqual([]);
    await log.append([entry(2)], 0);
    expect(await seqsClosed(log)).toEqual([2, 3]);
    expect(await log.extent(LOG)).toEqual({ upto: 3, head: 3, missing: [] });
  });

  test('a log that does not begin at its beginning is all gap', async () => {
    const log = await logWith(2);
    expect(await seqsClosed(log)).toEqual([]);
    expect(await log.extent(LOG)).toMatchObject({ upto: 0, missing: [{ from: 1, upto: 1 }] });
  });

  test('whole months are stored and found in one go', async () => {
    const seqs = Array.from({ length: 6000 }, (_, index) => index + 1);
    const log = await logWith(...seqs);
    expect((await log.linksAt(LOG, seqs)).size).toBe(6000);
    expect(await log.closeGaps(LOG)).toHaveLength(6000);
  });
});

describe('the questions asked all day use an index', () => {
  beforeEach(({ skip }) => skip(testEngine === 'postgres', ONLY_SQLITE));

  test.each([
    ['SELECT * FROM punches WHERE at_ms >= 1 AND at_ms < 2', 'punches_by_time'],
    ["SELECT * FROM punches WHERE person_id = 'x' AND at_ms >= 1", 'punches_by_person'],
    [
      "SELECT boot_id FROM punches WHERE terminal_id = 'x' AND boot_id IS NOT NULL AND retimed_by IS NULL",
      'punches_to_retime',
    ],
    [
      "SELECT * FROM punches WHERE clock_trust = 'lost' AND retimed_by IS NULL ORDER BY received_at_ms",
      'punches_to_place',
    ],
    ["SELECT * FROM punches WHERE event_id = 'x'", 'punches_by_event'],
    ["SELECT max(rev) FROM down_log WHERE person_id = 'x'", 'down_log_by_person'],
    ["SELECT count(*) FROM templates WHERE person_id = 'x'", 'templates_by_person'],
    ["SELECT hash FROM up_entries WHERE log_id = 'x' AND seq = 1", 'PRIMARY KEY'],
  ])('%s', async (question, index) => {
    const plan = await sql<{ detail: string }>`EXPLAIN QUERY PLAN ${sql.raw(question)}`.execute(
      db.now,
    );
    expect(plan.rows.map((step) => step.detail).join('\n')).toContain(index);
  });
});

describe('the down-log', () => {
  const scope = { siteId: randomUUID(), terminalId: TERMINAL };
  const note = { kind: 'site' } as const;

  async function downLog(): Promise<DownLogRepository> {
    const name = { name_zh: '总部', name_en: 'Head office', zone: 'Asia/Shanghai' };
    await db.now
      .insertInto('sites')
      .values({ site_id: scope.siteId, ...name })
      .execute();
    return new DownLogRepository(db);
  }

  test('what is stored is neither changed nor removed', async () => {
    const log = await downLog();
    await log.append(scope.siteId, note, 1);
    const changed = db.now.updateTable('down_log').set({ kind: 'person' }).execute();
    await expect(changed).rejects.toThrow('append-only');
    await expect(db.now.deleteFrom('down_log').execute()).rejects.toThrow('append-only');
  });

  test('what is only for another terminal is not told', async () => {
    const log = await downLog();
    const other = { kind: 'site', terminalId: 't-other' } as const;
    await log.appendAll(scope.siteId, [note, other, { kind: 'person', personId: 'ann' }], 1);
    expect((await log.after(scope, 0, 10)).map(({ kind }) => kind)).toEqual(['site', 'person']);
    expect(await log.head(scope)).toBe(3);
  });

  test('a number that was skipped is never given out, nor is one twice', async () => {
    const log = await downLog();
    await log.append(scope.siteId, note, 1);
    await log.skipTo(500);
    await log.append(scope.siteId, note, 1);
    await log.skipTo(3); // never back
    await log.append(scope.siteId, note, 1);
    expect((await log.after(scope, 0, 10)).map(({ rev }) => rev)).toEqual([1, 501, 502]);
  });

  test('whoever has seen a number has seen every smaller one', async () => {
    const log = await downLog();
    const seen: number[][] = [];
    const writers = Array.from({ length: 8 }, async (_, index) => {
      await db.transaction(async () => {
        await log.append(scope.siteId, note, index);
        await new Promise((resolve) => setTimeout(resolve, (8 - index) * 3)); // the first is the slowest
      });
      seen.push((await log.after(scope, 0, 100)).map(({ rev }) => rev));
    });
    await Promise.all(writers);
    const last = seen.at(-1) ?? [];
    expect(last).toHaveLength(8);
    for (const revs of seen) expect(revs).toEqual(last.slice(0, revs.length));
  });
});

describe('templates', () => {
  const personId = randomUUID();
  const template = { templateId: randomUUID(), personId, modelId: 'm', vector: 'AAAAPwAAAL8' };
  const enrolment = { enrolmentId: randomUUID(), enrolledAtMs: 1 };

  async function repositoryWithOne(): Promise<TemplateRepository> {
    const person = { personId, employeeNo: '1', name: 'Ann', greetingName: 'Ann' } as const;
    await new PersonRepository(db).add({ ...person, locale: 'en', manager: false }, 1);
    const templates = new TemplateRepository(db, Buffer.alloc(32, 7));
    await templates.add(template, enrolment);
    return templates;
  }

  test('come back as they were put, and lie sealed', async () => {
    const templates = await repositoryWithOne();
    expect(await templates.get(template.templateId)).toEqual(template);
    const [row] = await db.now.selectFrom('templates').select('sealed').execute();
    expect(row?.sealed.includes(template.vector)).toBe(false);
  });

  test('without the key file they are noise', async () => {
    await repositoryWithOne();
    const other = new TemplateRepository(db, Buffer.alloc(32, 8));
    await expect(other.get(template.templateId)).rejects.toThrow(/authenticate/);
  });

  test('once the key of a person is gone, an old copy of the row cannot be read', async () => {
    const templates = await repositoryWithOne();
    const copy = await db.now.selectFrom('templates').selectAll().execute();
    expect(await templates.erase(personId)).toBe(1);
    await db.now.insertInto('templates').values(copy).execute();
    expect(await templates.get(template.templateId)).toBeUndefined();
  });
});

test('strangers are counted up to a limit, joined terminals always', async () => {
  const terminals = new TerminalRepository(db);
  const refused = { count: 1, reason: 'schema', atMs: 1 } as const;
  for (let n = 0; n < 300; n += 1) await terminals.countRefusals(`t-${n}`, refused);
  await terminals.countRefusals('t-0', refused);
  expect(await terminals.all(EVERYWHERE)).toHaveLength(200);
  expect((await terminals.get('t-0'))?.refusals.count).toBe(2);
});

test('the quarantine keeps the newest and stays small', async () => {
  const quarantine = new QuarantineRepository(db);
  const refused = { terminalId: TERMINAL, reason: 'fork', bytes: 1, receivedAtMs: 1 } as const;
  await quarantine.add(Array.from({ length: 10_050 }, (_, n) => ({ ...refused, digest: `${n}` })));
  await quarantine.trim();
  const kept = await quarantine.of(TERMINAL);
  expect(kept).toHaveLength(10_000);
  expect(kept.at(-1)?.digest).toBe('10049');
});
