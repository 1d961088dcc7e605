/** Goal: a case is there exactly while there is something to look at. Method: real days and store, a clock by hand. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ExceptionAct, ExceptionsQuery } from '#contracts/rest/v1/exceptions';
import { exceptionCase, exceptionsQuery } from '#contracts/rest/v1/exceptions';
import type { Reach } from '#domain/authority/reach';
import type { CaseReach } from '#hub/storage/case-repository';
import { ApprovalBench, done } from '#tests/approvals/approval-bench';
import { type BenchDoor, wallMs } from '#tests/hub/attendance-bench';

const MONDAY = '2026-03-02';
const TUESDAY = '2026-03-03';
const EVERYBODY: CaseReach = {
  people: { kind: 'everybody', except: new Set() },
  places: { kind: 'everywhere' },
};
const PAGE = { limit: 50, after: undefined };

let bench: ApprovalBench;
let door: BenchDoor;
let lead: string;
let ann: string;

beforeEach(async () => {
  bench = await ApprovalBench.open(`${MONDAY}T07:00`);
  lead = await bench.person('Lead');
  ann = await bench.person('Ann', lead);
  await bench.days.rule({}, MONDAY);
  door = await bench.days.door();
});
afterEach(() => bench.close());

const exceptions = () => bench.days.attendance.exceptions;

async function listed(query: Partial<ExceptionsQuery> = {}, reach = EVERYBODY) {
  const asked = exceptionsQuery.parse(query);
  return (await exceptions().cases.list(asked, reach, PAGE)).cases;
}

async function kindsOf(personId: string): Promise<string[]> {
  return (await listed({ personId })).map(({ finding }) => finding.kind);
}

/** Ann comes late on Monday and leaves in time; it is Tuesday. */
async function lateMonday(): Promise<string> {
  const [on, off] = [`${MONDAY}T09:40`, `${MONDAY}T18:02`];
  await bench.days.upload(door, [
    await bench.days.punch(door, ann, on),
    await bench.days.punch(door, ann, off),
    await bench.days.punch(door, lead, `${MONDAY}T08:55`),
    await bench.days.punch(door, lead, off),
  ]);
  bench.days.setTime(`${TUESDAY}T08:00`);
  await bench.days.report(door, `${TUESDAY}T08:00`);
  await bench.days.settle();
  return `duty|${ann}|${MONDAY}|0|on`;
}

async function handled(key: string, act: ExceptionAct, by = lead) {
  return await exceptions().caseDesk.handle({ by, reach: EVERYBODY }, { key, act }, () => true);
}

describe('a late morning', () => {
  test('is found once, however often its day is computed', async () => {
    const key = await lateMonday();
    expect((await listed()).map(({ finding }) => finding.key)).toEqual([key]);
    await bench.days.attendance.marks.around(ann, 20_514);
    await bench.days.compute();
    const [found] = await listed();
    expect(found?.state.revision).toBe(1);
  });

  test('goes by itself with a leave, and says which form healed it', async () => {
    const key = await lateMonday();
    const subject = { kind: 'leave', leaveTypeId: 'personal' };
    const hour = { ...subject, from: `${MONDAY}T09:00`, to: `${MONDAY}T10:00` };
    const form = done(await bench.submitted(await bench.staff(ann), 'leave', hour));
    done(await bench.decided(await bench.staff(lead), form, 'approve'));
    await bench.days.compute();
    expect(await kindsOf(ann)).toEqual([]);
    const [gone] = await listed({ status: 'vanished' });
    expect(gone).toMatchObject({ finding: { key }, state: { healedBy: [form.formId] } });
  });

  test('is assigned, resolved and opened again, with its history kept', async () => {
    const key = await lateMonday();
    done(await handled(key, { kind: 'assign', to: lead }));
    done(await handled(key, { kind: 'resolve', resolution: 'excused', note: 'snow' }));
    expect(await kindsOf(ann)).toEqual([]);
    const again = done(await handled(key, { kind: 'reopen', reason: 'it did not snow' }));
    expect(again.state).toMatchObject({ status: 'assigned', reopened: 1, resolution: 'excused' });
    const [shown] = await exceptions().caseDesk.shown([again]);
    expect(exceptionCase.parse(shown)).toMatchObject({ severity: 'low', date: MONDAY });
    const log = bench.days.db.now.deleteFrom('exception_events').execute();
    await expect(log).rejects.toThrow('not removed');
  });

  test('is handled neither by whom it is about, nor out of reach, nor without a reason', async () => {
    const key = await lateMonday();
    const excuse = { kind: 'resolve', resolution: 'excused', note: '' } as const;
    expect(await handled(key, { ...excuse, note: 'x' }, ann)).toMatchObject({
      failure: { faults: [{ code: 'caseOwn' }] },
    });
    expect(await handled(key, excuse)).toMatchObject({
      failure: { faults: [{ code: 'caseNote' }] },
    });
    const nobody: Reach = { kind: 'nobody' };
    const reach = { people: nobody, places: { kind: 'nowhere' } } as const;
    const { caseDesk } = exceptions();
    const many = await caseDesk.handleAll({ by: lead, reach }, [key], excuse);
    expect(many).toMatchObject({ done: 0, refused: [{ key, fault: { code: 'caseAbsent' } }] });
    expect(await listed({}, reach)).toEqual([]);
  });

  test('is handled with others: what does not fit is told, the rest is done', async () => {
    const key = await lateMonday();
    const { caseDesk } = exceptions();
    const act = { kind: 'resolve', resolution: 'explained', note: 'train' } as const;
    const many = await caseDesk.handleAll(
      { by: lead, reach: EVERYBODY },
      [key, key, 'nothing'],
      act,
    );
    expect(many).toMatchObject({ done: 1, refused: [{ key: 'nothing' }] });
  });

  test('is not resolved by somebody who looked before it changed', async () => {
    const key = await lateMonday();
    const { caseDesk } = exceptions();
    const act = { kind: 'assign', to: lead } as const;
    const stale = caseDesk.handle({ by: lead, reach: EVERYBODY }, { key, act }, () => false);
    expect(await stale).toMatchObject({ failure: { kind: 'stale' } });
  });

  test('is counted in groups', async () => {
    await lateMonday();
    const groups = await exceptions().cases.groups(exceptionsQuery.parse({}), 'kind', EVERYBODY);
    expect(groups).toEqual([{ of: 'late', severity: 'low', oldest: MONDAY, count: 1 }]);
  });
});

describe('a lock', () => {
  test('warns of what stands open, until it is accepted', async () => {
    await lateMonday();
    const { periodLock } = bench.days.attendance;
    const terms = { pending: 'refuse', exceptions: 'refuse' } as const;
    expect(await exceptions().caseDesk.lockWarning(MONDAY)).toMatchObject({
      open: 1,
      oldest: MONDAY,
      byKind: [{ kind: 'late', count: 1 }],
    });
    expect(await periodLock.lock(MONDAY, terms)).toMatchObject({ failure: { path: 'exceptions' } });
    expect((await periodLock.lock(MONDAY, { ...terms, exceptions: 'accept' })).ok).toBe(true);
  });

  test('says nothing of what has been decided, and still counts a make-up that was asked for', async () => {
    const key = await lateMonday();
    const { caseDesk } = exceptions();
    done(await handled(key, { kind: 'resolve', resolution: 'makeupAsked', note: '' }));
    expect(await caseDesk.lockWarning(MONDAY)).toMatchObject({ open: 0, awaited: 1 });
    done(await handled(key, { kind: 'reopen', reason: 'a slip' }));
    done(await handled(key, { kind: 'resolve', resolution: 'excused', note: 'snow' }));
    expect(await caseDesk.lockWarning(MONDAY)).toBeNull();
  });
});

describe('a door', () => {
  test('reports a punch of somebody nobody knows, once', async () => {
    const stranger = '00000000-0000-4000-8000-000000000001';
    const entry = await bench.days.punch(door, stranger, `${MONDAY}T08:00`);
    await bench.days.upload(door, [entry]);
    await bench.days.upload(door, [entry]);
    const found = await listed();
    expect(found).toMatchObject([{ finding: { kind: 'unknownPerson', personId: null } }]);
    const places = { people: EVERYBODY.people, places: { kind: 'nowhere' } } as const;
    expect(await listed({}, places)).toEqual([]);
  });

  test('reports a face that was accepted narrowly', async () => {
    const { siteId } = await bench.days.store.site.get();
    const body = { personId: ann, method: 'face', siteId, galleryRev: 0, liveness: 0.3 };
    await bench.days.upload(door, [door.entry('punch', body, wallMs(`${MONDAY}T08:00`))]);
    expect(await listed()).toMatchObject([{ finding: { kind: 'lowScore', detail: 'liveness' } }]);
  });

  test('reports an entry that could not be acted on', async () => {
    await bench.days.upload(door, [door.entry('poem', {}, wallMs(`${MONDAY}T08:00`))]);
    expect(await listed()).toMatchObject([{ finding: { kind: 'entry', detail: 'unknown-kind' } }]);
  });
});

test('pages follow the order of urgency and lose nothing', async () => {
  for (const name of ['one', 'two', 'three']) await bench.person(name);
  bench.days.setTime(`${TUESDAY}T08:00`);
  await bench.days.report(door, `${TUESDAY}T08:00`);
  await bench.days.attendance.work.markEverybody(MONDAY, MONDAY);
  await bench.days.settle();
  const all = await listed();
  expect(all.length).toBeGreaterThan(4);
  const seen: string[] = [];
  let after: Parameters<ReturnType<typeof exceptions>['cases']['list']>[2]['after'];
  do {
    const page = await exceptions().cases.list(exceptionsQuery.parse({}), EVERYBODY, {
      limit: 2,
      after,
    });
    seen.push(...page.cases.map(({ finding }) => finding.key));
    after = page.next;
  } while (after !== undefined);
  expect(seen).toEqual(all.map(({ finding }) => finding.key));
});
