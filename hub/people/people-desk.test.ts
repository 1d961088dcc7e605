/** Goal: what becomes of people is whole, is told to the doors it concerns, and is refused with a reason. */
import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  ADMINISTRATOR,
  askerOver,
  EVERYBODY,
  PersonnelBench,
  refusalOf,
  valueOf,
} from '#tests/hub/personnel-bench';

type Given = Parameters<PersonnelBench['tryToAdd']>[0];

let bench: PersonnelBench;
beforeEach(async () => {
  bench = await PersonnelBench.open();
});
afterEach(() => bench.close());

describe('the terminals', () => {
  test('of each site of somebody are told, and of no other', async () => {
    await bench.add({ siteIds: [bench.vancouver] });
    expect(await bench.told(bench.vancouver)).toEqual(['person']);
    expect(await bench.told(bench.shanghai)).toEqual([]);
  });

  test('of a new site learn the face too; those of the old one forget', async () => {
    const { personId } = await bench.add({ siteIds: [bench.shanghai] });
    await bench.enrol(personId);
    await bench.change(personId, { siteIds: [bench.vancouver] });
    expect(await bench.told(bench.vancouver)).toEqual(['person', 'template']);
    expect(await bench.told(bench.shanghai)).toEqual(['person', 'forget person']);
    expect(await bench.store.people.toldAt(bench.shanghai, personId)).toBeUndefined();
  });

  test('hear nothing of what no door has to know', async () => {
    const { personId } = await bench.add({});
    const before = bench.tellings;
    await bench.change(personId, { phone: '+86 21 5555 0000', tags: ['night'] });
    expect(await bench.told(bench.shanghai)).toEqual(['person']);
    expect(bench.tellings).toBe(before);
    await bench.change(personId, { greetingName: 'Annie' });
    expect(await bench.told(bench.shanghai)).toEqual(['person', 'person']);
    expect(bench.tellings).toBe(before + 1);
  });
});

describe('leaving', () => {
  test('terminals forget at the end of the last day at home, not before', async () => {
    const { personId } = await bench.add({
      siteIds: [bench.vancouver, bench.shanghai],
      employedTo: '2026-03-02',
    });
    expect(await bench.view(personId)).toMatchObject({ state: 'leaving' });
    bench.clock.setWall('2026-03-03T07:59:00Z'); // a minute before midnight in Vancouver
    await bench.people.leaving.look();
    expect(await bench.view(personId)).toMatchObject({ state: 'leaving' });
    bench.clock.setWall('2026-03-03T08:01:00Z');
    await bench.people.leaving.look();
    await bench.people.leaving.look();
    expect(await bench.view(personId)).toMatchObject({ state: 'left' });
    for (const site of [bench.vancouver, bench.shanghai]) {
      expect(await bench.told(site)).toEqual(['person', 'forget person']);
    }
  });

  test('a last day that is over already is forgotten at once, and nothing brings them back', async () => {
    const { personId } = await bench.add({});
    await bench.change(personId, { employedTo: '2026-02-27' });
    expect(await bench.view(personId)).toMatchObject({ state: 'left' });
    await bench.change(personId, { greetingName: 'Annie' });
    expect(await bench.told(bench.shanghai)).toEqual(['person', 'forget person']);
    expect(await bench.store.people.idsToldAt(bench.shanghai)).toEqual([]);
  });

  test('a last day that is moved takes it back', async () => {
    const { personId } = await bench.add({ employedTo: '2026-02-27' });
    await bench.enrol(personId);
    await bench.change(personId, { employedTo: null });
    expect(await bench.view(personId)).toMatchObject({ state: 'active' });
    expect(await bench.told(bench.shanghai)).toEqual(['person', 'template']);
  });

  test('faces are erased here a month later', async () => {
    const { personId } = await bench.add({});
    await bench.enrol(personId);
    await bench.change(personId, { employedTo: '2026-03-01' });
    bench.clock.setWall('2026-03-31T00:00:00Z');
    await bench.people.leaving.look();
    expect(await bench.view(personId)).toMatchObject({ templates: 1 });
    bench.clock.setWall('2026-04-02T00:00:00Z');
    await bench.people.leaving.look();
    expect(await bench.view(personId)).toMatchObject({ templates: 0, state: 'left' });
  });

  test('coming back keeps the time before, and leaves the days between out', async () => {
    const { personId } = await bench.add({ employedFrom: '2025-01-01', employedTo: '2025-06-30' });
    const back = await bench.people.desk.rehire(
      personId,
      { from: '2026-03-01', to: null },
      ADMINISTRATOR,
    );
    expect(valueOf(back)).toMatchObject({
      state: 'active',
      employedFrom: '2026-03-01',
      employedTo: null,
      earlier: [{ from: '2025-01-01', to: '2025-06-30' }],
    });
    expect(await bench.records.member(personId)).toMatchObject({
      activeFrom: '2025-01-01',
      breaks: [{ from: '2025-07-01', to: '2026-02-28' }],
    });
    const again = await bench.people.desk.rehire(
      personId,
      { from: '2026-04-01', to: null },
      ADMINISTRATOR,
    );
    expect(refusalOf(again)).toBe('conflict from');
  });

  test.each([
    [{ employedFrom: '2026-03-02', employedTo: '2026-03-01' }, 'invalid employedTo'],
    [{ employedFrom: '2026-03-02', employedTo: '2026-03-02' }, 'accepted'],
  ])('%j is %s', async (dates, expected) => {
    expect(refusalOf(await bench.tryToAdd(dates))).toBe(expected);
  });
});

describe('removing', () => {
  test('takes back what was added by mistake, days that nobody punched on included', async () => {
    const { personId } = await bench.add({ tags: ['night'] });
    const boss = await bench.add({ managerId: personId });
    await bench.day(personId, '2026-03-01');
    expect(refusalOf(await bench.people.desk.remove(personId, EVERYBODY))).toBe('accepted');
    expect(await bench.view(personId)).toBeUndefined();
    expect(await bench.view(boss.personId)).toMatchObject({ managerId: null });
    expect(await bench.told(bench.shanghai)).toEqual(['person', 'person', 'forget person']);
  });

  test('is refused once a day is locked, and nothing is changed', async () => {
    const { personId } = await bench.add({ tags: ['night'] });
    await bench.day(personId, '2026-03-01', 'final');
    const before = await bench.view(personId);
    const refused = await bench.people.desk.remove(personId, EVERYBODY);
    expect(refusalOf(refused)).toBe('conflict');
    expect(await bench.view(personId)).toEqual(before);
  });

  test('is refused where another matter speaks of them, which no list of ours names', async () => {
    const { personId } = await bench.add({ tags: ['night'] });
    await sql`CREATE TABLE matter (person_id TEXT REFERENCES people)`.execute(bench.db.now);
    await sql`INSERT INTO matter VALUES (${personId})`.execute(bench.db.now);
    const before = await bench.view(personId);
    expect(refusalOf(await bench.people.desk.remove(personId, EVERYBODY))).toBe('conflict');
    expect(await bench.view(personId)).toEqual(before);
  });
});

describe('erasing', () => {
  test('takes name, contacts, PIN and face of somebody who left, and keeps the record', async () => {
    const { personId } = await bench.add({ email: 'ann@example.com', phone: '+1 604 555' });
    await bench.people.desk.setPin(personId, '$argon2id$', ADMINISTRATOR);
    await bench.enrol(personId);
    await bench.day(personId, '2026-03-01', 'final');
    expect(refusalOf(await bench.people.desk.erase(personId, EVERYBODY))).toBe('conflict');
    const left = valueOf(await bench.change(personId, { employedTo: '2026-03-01' }));
    const erased = valueOf(await bench.people.desk.erase(personId, EVERYBODY));
    expect(erased).toMatchObject({
      employeeNo: left.employeeNo,
      name: `Erased ${personId.slice(0, 6).toUpperCase()}`,
      email: null,
      phone: null,
      hasPin: false,
      templates: 0,
      erased: true,
    });
    const days = await bench.db.now.selectFrom('attendance_days').select('person_id').execute();
    expect(days).toHaveLength(1);
    expect(JSON.stringify(await bench.store.people.record(personId))).not.toContain('Ann');
    expect(valueOf(await bench.people.desk.erase(personId, EVERYBODY))).toEqual(erased);
    expect(refusalOf(await bench.change(personId, { name: 'Ann Lee' }))).toBe('conflict');
  });
});

describe('what cannot be is refused, and nothing is changed:', () => {
  test.each([
    [{ employeeNo: 'a001' }, 'conflict employeeNo', 'a number in other letters'],
    [{ departmentId: 'gone' }, 'invalid departmentId', 'a department that is not there'],
    [{ siteIds: [randomUUID()] }, 'invalid siteIds', 'a site that is not there'],
    [{ managerId: randomUUID() }, 'invalid managerId', 'a manager who is not there'],
    [{ rule: 'unheard-of' }, 'invalid rule', 'a rule nobody published'],
  ])('%j is %s: %s', async (given: Given, expected, _reason) => {
    await bench.add({ employeeNo: 'A001' });
    expect(refusalOf(await bench.tryToAdd(given))).toBe(expected);
    const { total } = await bench.people.views.list({ limit: 9, reach: EVERYBODY });
    expect(total).toBe(1);
  });

  test('reporting to oneself, in a circle, or to somebody who left', async () => {
    const top = await bench.add({});
    const middle = await bench.add({ managerId: top.personId });
    const low = await bench.add({ managerId: middle.personId });
    const gone = await bench.add({ employedTo: '2026-02-01' });
    for (const managerId of [top.personId, low.personId, gone.personId]) {
      expect(refusalOf(await bench.change(top.personId, { managerId }))).toBe('invalid managerId');
    }
    expect(refusalOf(await bench.change(low.personId, { managerId: top.personId }))).toBe(
      'accepted',
    );
  });

  test('a change of somebody as they were before', async () => {
    const { personId, version } = await bench.add({});
    await bench.change(personId, { name: 'Ann Li' });
    const late = await bench.people.desk.change(
      personId,
      { change: { name: 'Bob' }, isSeen: (now) => now === version },
      ADMINISTRATOR,
    );
    expect(refusalOf(late)).toBe('stale');
    expect(await bench.view(personId)).toMatchObject({ name: 'Ann Li' });
  });
});

describe('a scoped administrator', () => {
  let [factory, office] = ['', ''];
  beforeEach(async () => {
    factory = await bench.department('Factory');
    office = await bench.department('Office');
  });

  test('takes on and changes people within, sees no other, and moves nobody out', async () => {
    const asker = askerOver([factory]);
    const own = await bench.add({ departmentId: factory }, asker);
    const other = await bench.add({ departmentId: office });
    expect(refusalOf(await bench.tryToAdd({ departmentId: office }, asker))).toBe(
      'not-allowed departmentId',
    );
    expect(refusalOf(await bench.change(own.personId, { departmentId: office }, asker))).toBe(
      'not-allowed departmentId',
    );
    expect(refusalOf(await bench.change(other.personId, { name: 'x' }, asker))).toBe('absent');
    expect(refusalOf(await bench.people.desk.remove(other.personId, asker.people))).toBe('absent');
    const both = [own.personId, other.personId];
    expect(refusalOf(await bench.people.desk.move(both, factory, asker))).toBe('absent');
    const seen = await bench.people.views.list({ limit: 9, reach: asker.people });
    expect(seen.people.map(({ personId }) => personId)).toEqual([own.personId]);
  });

  test('names rules and tags only with the right to', async () => {
    const own = await bench.add({ departmentId: factory });
    const asker = askerOver([factory]);
    const tags = { tags: ['night'] };
    expect(refusalOf(await bench.change(own.personId, tags, asker))).toBe('not-allowed rule');
    const ruling = askerOver([factory], { rules: asker.people });
    expect(refusalOf(await bench.change(own.personId, tags, ruling))).toBe('accepted');
    expect(refusalOf(await bench.change(own.personId, { name: 'x', ...tags }, asker))).toBe(
      'accepted',
    );
  });
});

describe('days', () => {
  test('of somebody are in doubt when their department, rule, tags or dates change, not otherwise', async () => {
    const lab = await bench.department('Lab');
    const { personId } = await bench.add({});
    await bench.day(personId, '2026-02-27');
    await bench.change(personId, { name: 'Ann Li', phone: '12345' });
    expect(await bench.marked(personId)).toEqual([]);
    await bench.change(personId, { departmentId: lab });
    expect(await bench.marked(personId)).toEqual(['2026-02-27']);
  });

  test('since a first day that was entered late are begun, as far as days are kept', async () => {
    await bench.attendance.work.saveSeeded('2026-03-02');
    const { personId } = await bench.add({ employedFrom: '2026-02-27' });
    expect(await bench.marked(personId)).toEqual([
      '2026-02-27',
      '2026-02-28',
      '2026-03-01',
      '2026-03-02',
    ]);
    const later = await bench.add({ employedFrom: '2026-03-09' });
    expect(await bench.marked(later.personId)).toEqual([]);
  });

  test('of a department that is moved are in doubt with everybody below', async () => {
    const top = await bench.department('Top');
    const moved = await bench.department('Moved');
    const below = await bench.department('Below', moved);
    const { personId } = await bench.add({ departmentId: below });
    const other = await bench.add({ departmentId: top });
    for (const id of [personId, other.personId]) await bench.day(id, '2026-02-27');
    const change = { change: { parentId: top }, isSeen: () => true };
    valueOf(await bench.people.departmentDesk.change(moved, change, EVERYBODY));
    expect(await bench.marked(personId)).toEqual(['2026-02-27']);
    expect(await bench.marked(other.personId)).toEqual([]);
    const member = await bench.records.member(personId);
    expect(member?.departments).toEqual([below, moved, top]);
  });
});

test('people are moved together, and whoever is there already is not counted', async () => {
  const lab = await bench.department('Lab');
  const ids = [
    (await bench.add({})).personId,
    (await bench.add({})).personId,
    (await bench.add({ departmentId: lab })).personId,
  ];
  expect(await bench.people.desk.move(ids, lab, ADMINISTRATOR)).toEqual({ ok: true, value: 2 });
  const listed = await bench.people.views.list({ departmentId: lab, limit: 9, reach: EVERYBODY });
  expect(listed.total).toBe(3);
  const gone = await bench.people.desk.move([...ids, randomUUID()], null, ADMINISTRATOR);
  expect(refusalOf(gone)).toBe('absent');
});

test('a list is narrowed by what is asked for, and the conditions add up', async () => {
  const company = await bench.department('Company');
  const lab = await bench.department('Lab', company);
  const boss = await bench.add({ employeeNo: 'B1', departmentId: company });
  await bench.add({
    employeeNo: 'B2',
    departmentId: lab,
    tags: ['night'],
    managerId: boss.personId,
    siteIds: [bench.vancouver, bench.shanghai],
  });
  await bench.add({ employeeNo: 'B3', departmentId: lab, employedTo: '2026-02-01' });
  await bench.enrol(boss.personId);
  const cases = [
    [{}, 'B1 B2'],
    [{ state: 'all' }, 'B1 B2 B3'],
    [{ state: 'left' }, 'B3'],
    [{ departmentId: company }, 'B1 B2'],
    [{ departmentId: company, below: 'exclude' }, 'B1'],
    [{ departmentId: lab, state: 'all' }, 'B2 B3'],
    [{ tag: 'night' }, 'B2'],
    [{ managerId: boss.personId }, 'B2'],
    [{ siteId: bench.vancouver }, 'B2'],
    [{ face: 'with' }, 'B1'],
    [{ face: 'without', departmentId: lab }, 'B2'],
    [{ pin: 'with' }, ''],
  ] as const;
  for (const [filter, numbers] of cases) {
    const { people } = await bench.people.views.list({ ...filter, limit: 9, reach: EVERYBODY });
    expect(people.map(({ employeeNo }) => employeeNo).join(' ')).toBe(numbers);
  }
});
