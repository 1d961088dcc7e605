import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { UpEntry } from '#contracts/wire/v1/up-log';
import { openHubDatabaseInMemory } from '#hub/storage/hub-database';
import { PersonRepository } from '#hub/storage/person-repository';
import { QuarantineRepository } from '#hub/storage/quarantine-repository';
import { TemplateRepository } from '#hub/storage/template-repository';
import { TerminalRepository } from '#hub/storage/terminal-repository';
import { UpLogRepository } from '#hub/storage/up-log-repository';
import type { SqliteDatabase } from '#platform/sqlite/database';

let db: SqliteDatabase;
beforeEach(() => {
  const opened = openHubDatabaseInMemory();
  if (!opened.ok) throw new Error(opened.failure.reason);
  db = opened.value;
});
afterEach(() => db.close());

const TERMINAL = 't-abcdefghijklmnop';
const LOG = randomUUID();

function entry(seq: number): UpEntry {
  return {
    logId: LOG,
    seq,
    kind: 'audit',
    at: { wallMs: 1, monoMs: 1, bootId: randomUUID(), offsetMs: 0, errorMs: 0, trust: 'synced' },
    body: {},
    prev: 'a'.repeat(64),
    hash: 'b'.repeat(64),
    sig: 'C'.repeat(86),
  };
}

function logWith(...seqs: number[]): UpLogRepository {
  const log = new UpLogRepository(db);
  db.prepare('INSERT INTO terminals (terminal_id) VALUES (?)').run(TERMINAL);
  log.begin(LOG, TERMINAL);
  for (const seq of seqs) log.append(entry(seq), 0);
  return log;
}

describe('the up-log', () => {
  test('what is stored is neither changed nor removed', () => {
    logWith(1);
    expect(() => db.exec("UPDATE up_entries SET kind = 'x'")).toThrow('append-only');
    expect(() => db.exec('DELETE FROM up_entries')).toThrow('append-only');
  });

  test('its extent names every gap', () => {
    const log = logWith(1, 2, 5, 6, 9);
    expect(log.closeGaps(LOG).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(log.extent(LOG)).toEqual({
      upto: 2,
      head: 9,
      missing: [
        { from: 3, upto: 4 },
        { from: 7, upto: 8 },
      ],
    });
  });

  test('closing a gap moves over what waited behind it', () => {
    const log = logWith(1, 3);
    log.closeGaps(LOG);
    log.append(entry(2), 0);
    expect(log.closeGaps(LOG).map(({ seq }) => seq)).toEqual([2, 3]);
    expect(log.extent(LOG)).toEqual({ upto: 3, head: 3, missing: [] });
  });
});

describe('the questions asked all day use an index', () => {
  test.each([
    ['SELECT * FROM punches WHERE punched_at_ms >= 1 AND punched_at_ms < 2', 'punches_by_time'],
    ["SELECT max(rev) FROM down_log WHERE person_id = 'x'", 'down_log_by_person'],
    ["SELECT count(*) FROM templates WHERE person_id = 'x'", 'templates_by_person'],
    ["SELECT hash FROM up_entries WHERE log_id = 'x' AND seq = 1", 'PRIMARY KEY'],
  ])('%s', (sql, index) => {
    const plan = db.prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`).all();
    expect(plan.map((step) => step.detail).join('\n')).toContain(index);
  });
});

describe('templates', () => {
  const personId = randomUUID();
  const template = { templateId: randomUUID(), personId, modelId: 'm', vector: 'AAAAPwAAAL8' };
  const enrolment = { enrolmentId: randomUUID(), enrolledAtMs: 1 };

  function repositoryWithOne(): TemplateRepository {
    const person = { personId, employeeNo: '1', name: 'Ann', greetingName: 'Ann' } as const;
    new PersonRepository(db).add({ ...person, locale: 'en', manager: false }, 1);
    const templates = new TemplateRepository(db, Buffer.alloc(32, 7));
    templates.add(template, enrolment);
    return templates;
  }

  test('come back as they were put, and lie sealed', () => {
    const templates = repositoryWithOne();
    expect(templates.get(template.templateId)).toEqual(template);
    const [row] = db.prepare<[], { sealed: Buffer }>('SELECT sealed FROM templates').all();
    expect(row?.sealed.includes(template.vector)).toBe(false);
  });

  test('without the key file they are noise', () => {
    repositoryWithOne();
    const other = new TemplateRepository(db, Buffer.alloc(32, 8));
    expect(() => other.get(template.templateId)).toThrow(/authenticate/);
  });

  test('once the key of a person is gone, an old copy of the row cannot be read', () => {
    const templates = repositoryWithOne();
    const copy = db.prepare<[], Record<string, unknown>>('SELECT * FROM templates').get();
    expect(templates.erase(personId)).toBe(1);
    db.prepare(
      `INSERT INTO templates VALUES (@template_id, @person_id, @model_id, @enrolment_id, @sealed,
         @enrolled_at_ms)`,
    ).run(copy);
    expect(templates.get(template.templateId)).toBeUndefined();
  });
});

test('strangers are counted up to a limit, joined terminals always', () => {
  const terminals = new TerminalRepository(db);
  const refused = { count: 1, reason: 'schema', atMs: 1 } as const;
  for (let n = 0; n < 300; n += 1) terminals.countRefusals(`t-${n}`, refused);
  terminals.countRefusals('t-0', refused);
  expect(terminals.all()).toHaveLength(200);
  expect(terminals.get('t-0')?.refusals.count).toBe(2);
});

test('the quarantine keeps the newest and stays small', () => {
  const quarantine = new QuarantineRepository(db);
  const refused = { terminalId: TERMINAL, reason: 'fork', bytes: 1, receivedAtMs: 1 } as const;
  db.transaction(() => {
    for (let n = 0; n < 10_050; n += 1) quarantine.add({ ...refused, digest: `${n}` });
  })();
  quarantine.trim();
  const kept = quarantine.of(TERMINAL);
  expect(kept).toHaveLength(10_000);
  expect(kept.at(-1)?.digest).toBe('10049');
});
