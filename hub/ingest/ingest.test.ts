import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GENESIS_PREV, type UpEntry } from '#contracts/wire/v1/up-log';
import { DayMarks } from '#hub/attendance/day-marks';
import { PunchTimes } from '#hub/attendance/punch-times';
import { DoorCases } from '#hub/exceptions/door-cases';
import { EntryActions } from '#hub/ingest/entry-actions';
import { Ingest } from '#hub/ingest/ingest';
import { AttendanceRuleRepository } from '#hub/storage/attendance-rule-repository';
import { AttendanceWorkRepository } from '#hub/storage/attendance-work-repository';
import { CaseRepository } from '#hub/storage/case-repository';
import { DownLogRepository } from '#hub/storage/down-log-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import { PersonRepository } from '#hub/storage/person-repository';
import { PunchRepository } from '#hub/storage/punch-repository';
import { PunchTimeRepository } from '#hub/storage/punch-time-repository';
import { SiteRepository } from '#hub/storage/site-repository';
import { TemplateRepository } from '#hub/storage/template-repository';
import { UpLogRepository } from '#hub/storage/up-log-repository';
import { WebhookEventRepository } from '#hub/storage/webhook-event-repository';
import { EventBook } from '#hub/webhooks/event-book';
import { systemClock } from '#platform/clock/system-clock';
import { signEntry } from '#platform/crypto/entry-chain';
import { generateRawKeyPair, privateKeyOf } from '#platform/crypto/keys';
import { isDiskFull } from '#platform/sqlite/database';
import { ONLY_SQLITE, openBooksOf, openTestDatabase, testEngine } from '#tests/hub/test-database';

const TERMINAL = 't-abcdefghijklmnop';
const LOG = randomUUID();
const keys = { sign: generateRawKeyPair('ed25519'), seal: generateRawKeyPair('x25519') };
const signKey = privateKeyOf('ed25519', keys.sign.privateKey);
const joined = {
  terminalId: TERMINAL,
  siteId: randomUUID(),
  signKey: keys.sign.publicKey,
  sealKey: keys.seal.publicKey,
  name: 'Door',
  logId: LOG,
};

let db: HubDatabase;
let log: UpLogRepository;
let ingest: Ingest;
beforeEach(async () => {
  db = await openTestDatabase();
  await db.now.insertInto('terminals').values({ terminal_id: TERMINAL }).execute();
  const site = { site_id: joined.siteId, name_zh: '总部', name_en: 'Head office', zone: 'UTC' };
  await db.now.insertInto('sites').values(site).execute();
  log = new UpLogRepository(db);
  ingest = ingestOf(db);
});
afterEach(async () => await db.close());

/** As a hub of its own would have it. */
function ingestOf(books: HubDatabase): Ingest {
  const people = new PersonRepository(books);
  const marks = new DayMarks({
    work: new AttendanceWorkRepository(books),
    rules: new AttendanceRuleRepository(books),
  });
  const times = new PunchTimes({ db: books, times: new PunchTimeRepository(books), marks });
  const actions = new EntryActions({
    log: new UpLogRepository(books),
    punches: new PunchRepository(books),
    people,
    doors: new DoorCases({
      cases: new CaseRepository(books),
      people,
      site: new SiteRepository(books),
      clock: systemClock(),
    }),
    templates: new TemplateRepository(books, Buffer.alloc(32)),
    downLog: new DownLogRepository(books),
    marks,
    eventBook: new EventBook(new WebhookEventRepository(books)),
    sealKey: {
      privateKey: privateKeyOf('x25519', keys.seal.privateKey),
      publicKey: keys.seal.publicKey,
    },
  });
  const parts = { db: books, log: new UpLogRepository(books), actions, times };
  return new Ingest({ ...parts, clock: systemClock() });
}

/** A whole log: its genesis, then punches. */
function chain(length: number, bodyOf: (seq: number) => UpEntry['body']): UpEntry[] {
  const at = {
    wallMs: 1_790_000_000_000,
    monoMs: 1,
    bootId: randomUUID(),
    offsetMs: 0,
    errorMs: 0,
    trust: 'synced' as const,
  };
  const genesis = { terminalId: TERMINAL, signKey: keys.sign.publicKey, reason: 'created' };
  const entries: UpEntry[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const kind = seq === 1 ? 'genesis' : 'punch';
    const body = seq === 1 ? genesis : bodyOf(seq);
    const prev = entries.at(-1)?.hash ?? GENESIS_PREV;
    entries.push(signEntry({ logId: LOG, seq, kind, at, body, prev }, signKey));
  }
  return entries;
}

function payloadOf(entries: readonly UpEntry[]): Buffer {
  return Buffer.from(JSON.stringify({ v: 1, entries }));
}

const punch = () => ({
  personId: randomUUID(),
  method: 'face',
  siteId: joined.siteId,
  galleryRev: 0,
});

async function allowPages(more: number): Promise<void> {
  const { rows } = await sql<{ page_count: number }>`PRAGMA page_count`.execute(db.now);
  const pages = (rows[0]?.page_count ?? 0) + more;
  await sql`PRAGMA max_page_count = ${sql.lit(pages)}`.execute(db.now);
}

describe('a full disk', () => {
  beforeEach(({ skip }) => skip(testEngine === 'postgres', ONLY_SQLITE));

  test('takes nothing, acknowledges nothing, and loses nothing', async () => {
    const payload = payloadOf(chain(200, punch));
    await allowPages(4);
    const refused = await ingest
      .receive(TERMINAL, joined, payload)
      .catch((error: unknown) => error);
    expect(isDiskFull(refused)).toBe(true);
    expect(await log.extent(LOG)).toEqual({ upto: 0, head: 0, missing: [] });
    await allowPages(1000);
    const taken = await ingest.receive(TERMINAL, joined, payload);
    expect(taken.ack).toMatchObject({ upto: 200, head: 200 });
    expect(taken.effects).toHaveLength(199);
  });
});

test('of a batch with one bad entry nothing is stored, and the entry is named', async () => {
  const entries = chain(20, punch);
  const bad = entries.map((entry) =>
    entry.seq === 12 ? { ...entry, sig: 'A'.repeat(86) } : entry,
  );
  const outcome = await ingest.receive(TERMINAL, joined, payloadOf(bad));
  expect(outcome.ack?.refused).toEqual({ reason: 'signature', seq: 12 });
  expect((await log.extent(LOG)).upto).toBe(0);
});

test('entries kept without being acted on are counted by what is wrong with them', async () => {
  const bodies: UpEntry['body'][] = [punch(), { personId: 'nobody' }, punch()];
  await ingest.receive(TERMINAL, joined, payloadOf(chain(4, (seq) => bodies[seq - 2] ?? {})));
  expect((await log.extent(LOG)).upto).toBe(4);
  expect(await log.countRemarks()).toEqual({ 'unreadable-body': 1 });
});

test('however a log is cut and shuffled into batches, it arrives whole and once', async () => {
  const entries = chain(60, punch);
  const cuts = [
    entries.slice(40),
    entries.slice(10, 25),
    entries.slice(0, 10),
    entries.slice(20, 45),
  ];
  const effects: unknown[] = [];
  for (const cut of cuts)
    effects.push(...(await ingest.receive(TERMINAL, joined, payloadOf(cut))).effects);
  expect(await log.extent(LOG)).toEqual({ upto: 60, head: 60, missing: [] });
  expect(effects).toHaveLength(59);
});

test('two hubs that are given one log at once keep each entry once', async () => {
  const other = await openBooksOf(db);
  const entries = chain(120, punch);
  const hubs = [ingest, ingestOf(other)];
  const batches = [0, 20, 40, 60, 80, 100].map((from) => payloadOf(entries.slice(from, from + 20)));
  const answers = await Promise.all(
    batches.flatMap((batch) =>
      hubs.map(async (hub) => await untilTaken(() => hub.receive(TERMINAL, joined, batch))),
    ),
  );
  expect(answers.flatMap(({ fault }) => fault ?? [])).toEqual([]);
  expect(answers.flatMap(({ effects }) => effects)).toHaveLength(119);
  expect(await log.extent(LOG)).toEqual({ upto: 120, head: 120, missing: [] });
  if (other !== db) await other.close();
});

/** A terminal sends again what was not acknowledged. */
async function untilTaken<T>(send: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      if (attempt === 20) throw error;
    }
  }
}
