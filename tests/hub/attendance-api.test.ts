/** Goal: a rule can be tried, set and lived under over HTTP. Method: a real hub, broker and terminals. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { attendanceAnswer } from '#contracts/attendance/answer-contract';
import { importReport } from '#contracts/rest/v1/approval-import';
import {
  type AttendanceDays,
  attendanceDays,
  lockedPeriod,
  rules,
} from '#contracts/rest/v1/attendance';
import { person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import { site } from '#contracts/rest/v1/terminals';
import { wallMs } from '#tests/hub/attendance-bench';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';
import { ManualClock } from '#tests/terminal/manual-clock';

const MONDAY = '2026-03-02';
const API = '/api/v1/attendance';
const SECTIONS = [{ on: '09:00', off: '18:00' }];
const ANN = { employeeNo: 'A1', name: 'Ann', greetingName: 'Ann', locale: 'en', manager: false };

let folder: string;
let clock: ManualClock;
let hub: RunningHub;
const terminals: RawTerminal[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  clock = new ManualClock(instantOf(`${MONDAY}T20:00`));
  hub = await runHub(folder, {}, { clock });
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.close();
  await hub.stop();
  removeFolder(folder);
});

function instantOf(wall: string): string {
  return Temporal.Instant.fromEpochMilliseconds(wallMs(wall)).toString();
}

async function daysOf(personId: string, from = MONDAY, to = from): Promise<AttendanceDays> {
  const path = `${API}/days?from=${from}&to=${to}&personId=${personId}`;
  return attendanceDays.parse((await hub.ask('GET', path)).body);
}

/** Results come after the answer that caused them. */
async function settled(personId: string, wanted: (days: AttendanceDays) => boolean) {
  await expect.poll(async () => wanted(await daysOf(personId)), { timeout: 10_000 }).toBe(true);
  return await daysOf(personId);
}

async function officeRule(): Promise<void> {
  const drafted = await hub.ask('PUT', `${API}/rules/office`, { sections: SECTIONS });
  expect(drafted.status).toBe(200);
  const published = await hub.ask('POST', `${API}/rules/office/publish`, {
    effectiveFrom: MONDAY,
  });
  expect(published.status).toBe(201);
}

async function door(): Promise<RawTerminal> {
  const terminal = new RawTerminal(hub);
  terminals.push(terminal);
  await terminal.join();
  await terminal.sendBatch([terminal.genesis()]);
  return terminal;
}

describe('E19 through the wire', () => {
  test('late upload: pendingSync, recomputed; locked: an adjustment row', async () => {
    const { siteId } = site.parse((await hub.ask('GET', '/api/v1/site')).body);
    const { personId } = person.parse((await hub.ask('POST', '/api/v1/people', ANN)).body);
    await officeRule();
    const [one, two] = [await door(), await door()];

    clock.setWall(instantOf('2026-03-03T05:00')); // the session still holds
    await one.send('state', one.state({ atMs: wallMs('2026-03-03T05:00') }));
    await two.send('state', two.state({ atMs: wallMs(`${MONDAY}T12:00`) }));
    const waiting = await settled(personId, ({ days }) => days[0]?.state === 'pendingSync');
    expect(waiting.days[0]?.outcome.code).toBe('undecided');

    await two.sendBatch([two.punch(personId, siteId, wallMs(`${MONDAY}T08:57`))]);
    await two.send('state', two.state({ atMs: wallMs('2026-03-03T05:00') }));
    const missing = await settled(personId, ({ days }) => days[0]?.state === 'provisional');
    expect(missing.days[0]?.outcome.code).toBe('missing');
    expect(missing.days[0]?.explanation.length).toBeGreaterThan(2);

    const locked = await hub.ask('POST', `${API}/lock`, { through: MONDAY, exceptions: 'accept' });
    expect(locked.status).toBe(202);
    expect(lockedPeriod.parse(locked.body).days).toBe(2); // and the eve, which a punch also touches
    await settled(personId, ({ days }) => days[0]?.state === 'final');
    await two.sendBatch([two.punch(personId, siteId, wallMs(`${MONDAY}T18:02`))]);
    const booked = await settled(personId, ({ adjustments }) => adjustments.length > 0);
    expect(booked.days[0]?.outcome.code).toBe('missing');
    expect(booked.adjustments).toContainEqual(
      expect.objectContaining({ date: MONDAY, figure: 'missing.count', locked: 1, now: 0 }),
    );
  });
});

describe('rules and forms', () => {
  test('a form acts, and withdrawing it takes its effect back', async () => {
    const { personId } = person.parse((await hub.ask('POST', '/api/v1/people', ANN)).body);
    await officeRule();
    const { employeeNo } = ANN;
    const trip = {
      source: 'oa',
      foreignId: 'T-1',
      employeeNo,
      kind: 'trip',
      from: MONDAY,
      to: MONDAY,
    };
    const sent = (row: object) => hub.ask('POST', '/api/v1/approvals/imports', { rows: [row] });
    const added = await sent(trip);
    expect(importReport.parse(added.body)).toMatchObject({ created: 1, faults: [] });
    const first = await settled(personId, ({ days }) => (days[0]?.approvals.length ?? 0) > 0);
    expect(first.days[0]?.approvals[0]).toMatchObject({ kind: 'trip', state: 'approved' });
    await sent({ ...trip, status: 'withdrawn' });
    await settled(personId, ({ days }) => days[0]?.approvals[0]?.state === 'withdrawn');
    const listed = rules.parse((await hub.ask('GET', `${API}/rules`)).body);
    expect(listed.versions).toMatchObject([{ ruleId: 'office', effectiveFrom: MONDAY }]);
  });

  test.each([
    ['PUT', 'rules/office', { sections: [{ on: '18:00', off: '09:00' }] }, 400, 'sections[0].off'],
    ['PUT', 'rules/office', { sectoins: [] }, 400, ''],
    ['POST', 'rules/none/publish', { effectiveFrom: MONDAY }, 404, undefined],
    ['POST', 'lock', { through: '2026-03-02' }, 409, 'through'],
    ['GET', 'days?from=2026-03-02&to=2026-03-01', undefined, 400, 'to'],
  ] as const)('%s %s is refused with path and reason', async (...row) => {
    const [method, path, body, status, at] = row;
    const answer = await hub.ask(method, `${API}/${path}`, body, { 'accept-language': 'zh-CN' });
    expect(answer.status).toBe(status);
    const { errors = [] } = problem.parse(answer.body);
    expect(errors[0]?.path).toBe(at);
    expect(errors.every(({ reason }) => /[一-鿿]/.test(reason))).toBe(true);
  });
});

describe('the preview', () => {
  const document = {
    zone: 'Asia/Shanghai',
    period: { from: MONDAY, to: MONDAY },
    rule: { sections: SECTIONS },
    punches: [`${MONDAY}T08:55`, `${MONDAY}T16:00`],
    approvals: [{ kind: 'leave', from: `${MONDAY}T16:00`, to: `${MONDAY}T18:00` }],
  };

  test('answers what lintel compute answers, and stores nothing', async () => {
    const answer = await hub.ask('POST', `${API}/preview`, document);
    expect(attendanceAnswer.parse(answer.body).days[0]).toMatchObject({
      outcome: { 'zh-CN': '正常' },
      rawExceptions: [{ kind: 'early', minutes: 120 }],
    });
    const all = attendanceDays.parse(
      (await hub.ask('GET', `${API}/days?from=${MONDAY}&to=${MONDAY}`)).body,
    );
    expect(all).toMatchObject({ days: [], total: 0, waiting: 0 });
  });

  test('names what it refuses, in the language of the reader', async () => {
    const bad = { ...document, zone: 'Mars/Base', unknown: 1 };
    const answer = await hub.ask('POST', `${API}/preview`, bad, { 'accept-language': 'zh' });
    expect(answer.status).toBe(400);
    const { errors = [] } = problem.parse(answer.body);
    expect(errors).toContainEqual({
      path: 'zone',
      reason: '系统不认识的时区，例如应写 Asia/Shanghai',
    });
  });

  test('takes neither too many bytes nor too many days', async () => {
    const huge = { ...document, punches: [], note: 'x'.repeat(1024 * 1024) };
    expect((await hub.ask('POST', `${API}/preview`, huge)).status).toBe(413);
    const people = Array.from({ length: 200 }, (_, index) => ({ id: `p${index}` }));
    const { punches: _punches, approvals: _approvals, ...rest } = document;
    const long = { ...rest, people, period: { from: '2026-01-01', to: MONDAY } };
    const answer = await hub.ask('POST', `${API}/preview`, long);
    expect(answer.status).toBe(400);
    expect(problem.parse(answer.body).errors?.[0]?.reason).toContain('lintel compute');
  });

  test('publishes the schema of its documents', async () => {
    const answer = await hub.ask('GET', `${API}/schema`);
    expect(answer.body).toMatchObject({ additionalProperties: false });
  });
});
