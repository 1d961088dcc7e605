/** Goal: who came to an event is read from signed punches, and every version of it is kept. Method: a real hub. */
import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type GroupEventAnswer,
  groupEvent,
  groupEventAttendance,
  groupEvents,
} from '#contracts/rest/v1/group-events';
import { person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import { punches } from '#contracts/rest/v1/punches';
import { site } from '#contracts/rest/v1/terminals';
import { wallMs } from '#tests/hub/attendance-bench';
import { RawTerminal } from '#tests/hub/raw-terminal';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';
import { ManualClock } from '#tests/terminal/manual-clock';

const EVENTS = '/api/v1/attendance/events';
const MONDAY = '2026-03-02';

let folder: string;
let clock: ManualClock;
let hub: RunningHub;
let door: RawTerminal;
let siteId: string;
let people: string[];

beforeEach(async () => {
  folder = temporaryFolder();
  clock = new ManualClock(instantOf(`${MONDAY}T09:00`));
  hub = await runHub(folder, {}, { clock });
  ({ siteId } = site.parse((await hub.ask('GET', '/api/v1/site')).body));
  people = [];
  for (const name of ['Ann', 'Bob', 'Cai', 'Dan']) {
    const body = { employeeNo: name, name, greetingName: name, locale: 'en', manager: false };
    people.push(person.parse((await hub.ask('POST', '/api/v1/people', body)).body).personId);
  }
  door = await new RawTerminal(hub).join();
  await door.sendBatch([door.genesis()]);
  clock.setWall(instantOf(`${MONDAY}T20:00`));
});
afterEach(async () => {
  await door.close();
  await hub.stop();
  removeFolder(folder);
});

function instantOf(wall: string): string {
  return Temporal.Instant.fromEpochMilliseconds(wallMs(wall)).toString();
}

function drill(change: object = {}): object {
  return {
    name: '消防演习',
    from: `${MONDAY}T10:00`,
    to: `${MONDAY}T11:00`,
    lateAfter: `${MONDAY}T10:15`,
    sites: [siteId],
    methods: ['face'],
    roster: people.slice(0, 3),
    ...change,
  };
}

async function announce(change: object = {}): Promise<GroupEventAnswer> {
  const answer = await hub.ask('POST', EVENTS, drill(change));
  expect(answer.status).toBe(201);
  return groupEvent.parse(answer.body);
}

/** Face at the door unless said otherwise. */
async function punch(personId: string | undefined, wall: string, change: object = {}) {
  const body = { personId: personId ?? '', method: 'face', siteId, galleryRev: 0, ...change };
  const entry = door.entry('punch', body, wallMs(`${MONDAY}T${wall}`));
  await door.sendBatch([entry]);
  return entry;
}

async function attendance({ eventId }: GroupEventAnswer) {
  const answer = await hub.ask('GET', `${EVENTS}/${eventId}/attendance`);
  return groupEventAttendance.parse(answer.body);
}

describe('the list', () => {
  test('says who came, late, not at all, and unasked, by the punches of its terminal', async () => {
    const [ann, bob, cai, dan] = people;
    const event = await announce();
    await punch(ann, '10:05');
    await punch(bob, '10:20');
    await punch(cai, '10:05', { method: 'pin' });
    await punch(dan, '10:30');
    const read = await attendance(event);
    expect(read.list.map(({ personId, status }) => [personId, status])).toEqual([
      [ann, 'present'],
      [bob, 'late'],
      [cai, 'absent'],
      [dan, 'uninvited'],
    ]);
    expect(read).toMatchObject({
      version: 1,
      settled: false,
      counts: { present: 1, late: 1, absent: 1, uninvited: 1 },
      leftOut: 0,
    });
    expect(read.list[0]?.at).toBe(`${MONDAY}T10:05:00+08:00`);
    await door.send('state', door.state({ atMs: wallMs(`${MONDAY}T20:00`) }));
    await expect.poll(async () => (await attendance(event)).settled).toBe(true);
  });

  test('a punch named by the terminal belongs to that event, and to no other', async () => {
    const [ann] = people;
    const [one, other] = [await announce(), await announce({ name: '另一场' })];
    const entry = await punch(ann, '10:05', { groupEventId: one.eventId });
    expect((await attendance(one)).counts).toMatchObject({ present: 1, absent: 2 });
    expect((await attendance(other)).counts).toMatchObject({ present: 0, absent: 3 });
    const listed = punches.parse((await hub.ask('GET', `/api/v1/punches?date=${MONDAY}`)).body);
    expect(listed.punches[0]).toMatchObject({
      id: `${door.logId}:${entry.seq}`,
      groupEventId: one.eventId,
    });
  });

  test('a withdrawn punch proves nothing, and one that arrives after the close still counts', async () => {
    const [ann, bob] = people;
    const event = await announce();
    const gone = await punch(ann, '10:05');
    await door.sendBatch([door.entry('void', { punchSeq: gone.seq, reason: 'not-me' })]);
    await hub.ask('POST', `${EVENTS}/${event.eventId}/close`, undefined, { 'if-match': '"1"' });
    await punch(bob, '10:10');
    expect((await attendance(event)).counts).toMatchObject({ present: 1, absent: 2 });
  });
});

describe('an event', () => {
  test('is changed by whoever has seen it, and not once it is closed', async () => {
    const { eventId } = await announce();
    const path = `${EVENTS}/${eventId}`;
    const longer = drill({ to: `${MONDAY}T12:00` });
    expect((await hub.ask('PUT', path, longer)).status).toBe(428);
    expect((await hub.ask('PUT', path, longer, { 'if-match': '"7"' })).status).toBe(412);
    const changed = await hub.ask('PUT', path, longer, { 'if-match': '"1"' });
    expect(groupEvent.parse(changed.body)).toMatchObject({
      version: 2,
      state: 'open',
      to: `${MONDAY}T12:00:00+08:00`,
    });
    expect(changed.headers.get('etag')).toBe('"2"');
    const closed = await hub.ask('POST', `${path}/close`, undefined, { 'if-match': '"2"' });
    expect(groupEvent.parse(closed.body)).toMatchObject({ version: 3, state: 'closed' });
    expect((await hub.ask('PUT', path, longer, { 'if-match': '"3"' })).status).toBe(409);
    expect(groupEvent.parse((await hub.ask('GET', path)).body).version).toBe(3);
  });

  test('keeps its moments when the site moves to another zone', async () => {
    const { eventId } = await announce();
    await hub.ask('PATCH', '/api/v1/site', { zone: 'Asia/Tokyo' }, { 'if-match': '*' });
    const moved = groupEvent.parse((await hub.ask('GET', `${EVENTS}/${eventId}`)).body);
    expect(moved.from).toBe(`${MONDAY}T11:00:00+09:00`);
  });

  test('stands in the list once, the latest first, page by page', async () => {
    const first = await announce();
    const second = await announce({
      from: '2026-03-03T10:00',
      to: '2026-03-03T11:00',
      lateAfter: undefined,
    });
    await hub.ask('POST', `${EVENTS}/${first.eventId}/close`, undefined, { 'if-match': '"1"' });
    const page = groupEvents.parse((await hub.ask('GET', `${EVENTS}?limit=1`)).body);
    expect(page.events.map((each) => each.eventId)).toEqual([second.eventId]);
    const next = await hub.ask('GET', `${EVENTS}?limit=1&cursor=${page.next}`);
    expect(groupEvents.parse(next.body)).toMatchObject({
      events: [{ eventId: first.eventId, version: 2, state: 'closed' }],
      next: null,
    });
  });

  test.each([
    ['ends before it begins', { to: `${MONDAY}T09:00` }, 'to'],
    ['lasts a month', { to: '2026-04-02T09:00' }, 'to'],
    ['is late before it begins', { lateAfter: `${MONDAY}T09:00` }, 'lateAfter'],
    ['is held where nobody knows', { sites: ['nowhere'] }, 'sites'],
    ['expects a stranger', { roster: [randomUUID()] }, 'roster[0]'],
  ])('that %s is refused with path and reason', async (_what, change, path) => {
    const answer = await hub.ask('POST', EVENTS, drill(change), { 'accept-language': 'zh-CN' });
    expect(answer.status).toBe(400);
    const { errors = [] } = problem.parse(answer.body);
    expect(errors[0]?.path).toBe(path);
    expect(errors[0]?.reason).toMatch(/[一-鿿]/);
    expect(groupEvents.parse((await hub.ask('GET', EVENTS)).body).events).toEqual([]);
  });

  test('that ends by another clock is compared as moments, not as texts', async () => {
    const event = await announce({ to: `${MONDAY}T03:30:00Z` });
    expect(event.to).toBe(`${MONDAY}T11:30:00+08:00`);
  });
});
