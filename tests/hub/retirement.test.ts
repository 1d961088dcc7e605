/** Goal: a terminal that is gone for good holds up nobody, and can be taken back. Method: a real hub and broker. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { attendanceDays } from '#contracts/rest/v1/attendance';
import { person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import { retired } from '#contracts/rest/v1/retirement';
import { site, type Terminal, terminals as terminalList } from '#contracts/rest/v1/terminals';
import { wallMs } from '#tests/hub/attendance-bench';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';
import { ManualClock } from '#tests/terminal/manual-clock';

const MONDAY = '2026-03-02';
const PATIENCE = { timeout: 10_000 };
const TUESDAY = '2026-03-03';
const ANN = { employeeNo: 'A1', name: 'Ann', greetingName: 'Ann', locale: 'en', manager: false };

let folder: string;
let clock: ManualClock;
let hub: RunningHub;
let ann: string;
let siteId: string;
let here: RawTerminal;
let gone: RawTerminal;
const terminals: RawTerminal[] = [];

beforeEach(async () => {
  folder = temporaryFolder();
  clock = new ManualClock(instantOf(`${MONDAY}T20:00`));
  hub = await runHub(folder, {}, { clock });
  ann = person.parse((await hub.ask('POST', '/api/v1/people', ANN)).body).personId;
  ({ siteId } = site.parse((await hub.ask('GET', '/api/v1/site')).body));
  const sections = [{ on: '09:00', off: '18:00' }];
  await hub.ask('PUT', '/api/v1/attendance/rules/office', { sections });
  await hub.ask('POST', '/api/v1/attendance/rules/office/publish', { effectiveFrom: MONDAY });
  [here, gone] = [await door(), await door()];
  clock.setWall(instantOf(`${TUESDAY}T05:00`));
  await here.send('state', here.state({ atMs: wallMs(`${TUESDAY}T05:00`) }));
  await gone.send('state', gone.state({ atMs: wallMs(`${MONDAY}T12:00`), state: 'sleeping' }));
  await vi.waitFor(async () => {
    if ((await stateOfMonday()) !== 'pendingSync') throw new Error('not computed yet');
  }, PATIENCE);
});
afterEach(async () => {
  for (const terminal of terminals.splice(0)) await terminal.close();
  await hub.stop();
  removeFolder(folder);
});

function instantOf(wall: string): string {
  return Temporal.Instant.fromEpochMilliseconds(wallMs(wall)).toString();
}

async function door(id?: string): Promise<RawTerminal> {
  const terminal = new RawTerminal(hub, id);
  terminals.push(terminal);
  await terminal.join();
  await terminal.sendBatch([terminal.genesis()]);
  return terminal;
}

async function monday() {
  const path = `/api/v1/attendance/days?from=${MONDAY}&to=${MONDAY}&personId=${ann}`;
  return attendanceDays.parse((await hub.ask('GET', path)).body).days[0];
}

async function stateOfMonday(): Promise<string | undefined> {
  return (await monday())?.state;
}

async function shown({ id }: RawTerminal): Promise<Terminal | undefined> {
  const listed = terminalList.parse((await hub.ask('GET', '/api/v1/terminals')).body);
  return listed.terminals.find((each) => each.terminalId === id);
}

function retirementOf({ id }: RawTerminal): string {
  return `/api/v1/terminals/${id}/retirement`;
}

test('its days are settled, its keys are refused, and it stays in the records', async () => {
  const answer = await hub.ask('POST', retirementOf(gone), {});
  expect(retired.parse(answer.body)).toMatchObject({ terminalId: gone.id, days: 1 });
  await expect.poll(stateOfMonday, PATIENCE).toBe('provisional');
  expect((await monday())?.outcome.code).toBe('absent');

  const late = gone.punch(ann, siteId, wallMs(`${MONDAY}T08:57`));
  expect((await gone.sendBatch([late])).refused?.reason).toBe('not-joined');
  await gone.send('state', gone.state());
  await expect.poll(async () => (await shown(gone))?.refusals.lastReason).toBe('not-joined');
  expect(await shown(gone)).toMatchObject({ name: 'Front door', retiredAt: expect.any(String) });
  expect((await hub.ask('POST', retirementOf(gone), {})).status).toBe(404);
});

test('one that is still heard of is struck off only by saying so', async () => {
  const answer = await hub.ask('POST', retirementOf(here), {}, { 'accept-language': 'zh-CN' });
  expect(answer.status).toBe(409);
  expect(problem.parse(answer.body).errors).toMatchObject([{ path: 'online' }]);
  expect(await shown(here)).not.toHaveProperty('retiredAt');
  expect((await hub.ask('POST', retirementOf(here), { online: 'accept' })).status).toBe(200);
  expect(await shown(here)).toMatchObject({ online: false, retiredAt: expect.any(String) });
});

test('taken back, it proves the code anew, and what it still held counts', async () => {
  expect((await hub.ask('DELETE', retirementOf(gone))).status).toBe(404);
  await hub.ask('POST', retirementOf(gone), {});
  await expect.poll(stateOfMonday, PATIENCE).toBe('provisional');
  expect((await hub.ask('DELETE', retirementOf(gone))).status).toBe(204);
  await gone.send('state', gone.state({ atMs: wallMs(`${MONDAY}T12:00`) }));
  await expect.poll(async () => (await shown(gone))?.retiredAt).toBeUndefined();
  const punches = ['08:57', '18:02'].map((time) =>
    gone.punch(ann, siteId, wallMs(`${MONDAY}T${time}`)),
  );
  expect((await gone.sendBatch(punches)).refused).toBeUndefined();
  await gone.send('state', gone.state({ atMs: wallMs(`${TUESDAY}T05:00`) }));
  await expect.poll(async () => (await monday())?.outcome.code, PATIENCE).toBe('normal');
});

test('its place can be taken by a new terminal with keys of its own', async () => {
  await hub.ask('POST', retirementOf(gone), {});
  await gone.close();
  const other = await door(gone.id);
  expect(await shown(other)).toMatchObject({ online: true });
  expect(await shown(other)).not.toHaveProperty('retiredAt');
});
