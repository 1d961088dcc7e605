/** Goal: a form acts on days exactly while it is approved. Method: real desks and store, a clock by hand. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { comment, revoke, transfer, withdraw } from '#domain/approvals/process/act';
import type { Caller } from '#hub/approvals/caller';
import type { FormAnswer } from '#hub/approvals/form-desk';
import type { StoredFormRow } from '#hub/storage/form-repository';
import { ApprovalBench, contentFor, done } from '#tests/approvals/approval-bench';

const MONDAY = '2026-03-02';
let bench: ApprovalBench;
let boss: string;
let lead: string;
let ann: string;
let staff: Caller;
let leader: Caller;

beforeEach(async () => {
  bench = await ApprovalBench.open(`${MONDAY}T07:00`);
  boss = await bench.person('Boss');
  lead = await bench.person('Lead', boss);
  ann = await bench.person('Ann', lead);
  await bench.days.rule({}, MONDAY);
  [staff, leader] = [await bench.staff(ann), await bench.staff(lead)];
});
afterEach(() => bench.close());

const AFTERNOON = {
  kind: 'leave',
  leaveTypeId: 'personal',
  from: `${MONDAY}T13:00`,
  to: `${MONDAY}T18:00`,
};

const day = (date: string) => ({ kind: 'leave', leaveTypeId: 'annual', from: date, to: date });
const makeup = (date: string) => ({ kind: 'makeup', date, duty: 'on', at: `${date}T09:00` });
const lent = (toPersonId: string) => ({
  toPersonId,
  from: '2026-03-01T00:00:00+08:00',
  to: '2026-03-09T00:00:00+08:00',
  kinds: null,
});

const codesOf = (answer: FormAnswer): string[] =>
  !answer.ok && 'faults' in answer.failure ? answer.failure.faults.map(({ code }) => code) : [];

async function withdrawn(caller: Caller, { formId, state }: StoredFormRow): Promise<FormAnswer> {
  const seen = { formId, revision: state.revision };
  return await bench.approvals.formDesk.act(caller, seen, (now, { by, at }) =>
    withdraw(now.state, { by, at, reason: '' }),
  );
}

async function mondayOf(personId: string) {
  await bench.days.settle();
  const { result } = await bench.days.day(personId, MONDAY);
  return { outcome: result.outcome.code, forms: result.approvals.length };
}

describe('a leave of an afternoon', () => {
  test('waits for the manager, and heals the day once it is approved', async () => {
    const door = await bench.days.door();
    const morning = await bench.days.punch(door, ann, `${MONDAY}T08:55`);
    const noon = await bench.days.punch(door, ann, `${MONDAY}T13:00`);
    await bench.days.upload(door, [morning, noon]);
    const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
    expect(form.state).toMatchObject({ status: 'submitted', templateVersion: 1 });
    expect(form.length).toEqual({ unit: 'minutes', minutes: 300 });
    bench.days.setTime('2026-03-03T08:00');
    await bench.days.report(door, '2026-03-03T08:00');
    expect((await mondayOf(ann)).outcome).not.toBe('normal');
    const approved = done(await bench.decided(leader, form, 'approve'));
    expect(approved.state.status).toBe('approved');
    expect((await mondayOf(ann)).outcome).toBe('normal');
    const seen = { formId: form.formId, revision: approved.state.revision };
    const taken = await bench.approvals.formDesk.act(leader, seen, (now, { by, at }) =>
      revoke(now.state, { by, at, reason: 'by mistake', office: 'approver' }),
    );
    expect(done(taken).state.status).toBe('revoked');
    expect((await mondayOf(ann)).outcome).not.toBe('normal');
  });

  test('marks nothing while it is a draft, and its days in the unit that hands it in', async () => {
    await bench.days.compute();
    const { formDesk } = bench.approvals;
    const begun = done(
      await formDesk.begin(staff, { templateId: 'leave', content: contentFor(AFTERNOON) }),
    );
    expect(await bench.days.marked()).toEqual([]);
    await formDesk.submit(staff, { formId: begun.formId, revision: 1 });
    expect(await bench.days.marked()).toContain(`${ann} ${MONDAY}`);
  });

  test('is not decided by its applicant, nor by somebody who is not asked', async () => {
    const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
    expect(codesOf(await bench.decided(staff, form, 'approve'))).toEqual(['ownForm']);
    expect(codesOf(await bench.decided(await bench.office(), form, 'approve'))).toEqual([
      'notYours',
    ]);
    expect(await bench.decided(await bench.staff(boss), form, 'approve')).toMatchObject({
      failure: { kind: 'absent' },
    });
  });

  test('is not decided by somebody who looked at it before it moved on', async () => {
    const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
    done(await bench.decided(leader, form, 'reject'));
    expect(await bench.decided(leader, form, 'approve')).toMatchObject({
      failure: { kind: 'stale' },
    });
  });

  test('is taken back by the applicant alone', async () => {
    const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
    expect(codesOf(await withdrawn(leader, form))).toEqual(['notApplicant']);
    expect(done(await withdrawn(staff, form)).state.status).toBe('withdrawn');
  });

  test('meets another one at the same time, and is refused', async () => {
    done(await bench.submitted(staff, 'leave', AFTERNOON));
    expect(codesOf(await bench.submitted(staff, 'leave', AFTERNOON))).toEqual(['overlap']);
  });

  test('may be commented, and its vote handed on', async () => {
    const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
    const { formDesk } = bench.approvals;
    const seen = { formId: form.formId, revision: undefined };
    await formDesk.act(staff, seen, (now, { by, at }) =>
      comment(now.state, { by, at, text: 'hm' }),
    );
    const handed = await formDesk.act(leader, seen, (now, { by, at }) =>
      transfer(now.state, { by, at, from: lead, to: boss, reason: 'away' }),
    );
    expect(done(handed).events.map(({ kind }) => kind)).toEqual([
      'drafted',
      'submitted',
      'commented',
      'transferred',
    ]);
    const boxes = { box: 'waiting' } as const;
    const page = { limit: 10, after: undefined };
    const { forms } = bench.approvals;
    expect((await forms.list(boxes, await bench.staff(boss), page)).forms).toHaveLength(1);
    expect((await forms.list(boxes, leader, page)).forms).toHaveLength(0);
  });
});

describe('a quota', () => {
  test('is shown before, reserved by what waits, and used by what is approved', async () => {
    const { quotaDesk } = bench.approvals;
    const annual = async () =>
      done(await quotaDesk.quotas(staff, {})).leave.find((each) => each.leaveTypeId === 'annual')
        ?.balance;
    expect(await annual()).toMatchObject({ granted: 10, used: 0, reserved: 0, left: 10 });
    const form = done(await bench.submitted(staff, 'leave', day('2026-03-04')));
    expect(await annual()).toMatchObject({ reserved: 2, left: 8 });
    done(await bench.decided(leader, form, 'approve'));
    expect(await annual()).toMatchObject({ used: 2, reserved: 0, left: 8 });
  });

  test('refuses what it does not cover, until more is granted by hand', async () => {
    const long = { ...day('2026-03-02'), to: '2026-03-09' };
    expect(codesOf(await bench.submitted(staff, 'leave', long))).toEqual(['balance']);
    const grant = {
      personId: ann,
      leaveTypeId: 'annual',
      from: '2026-01-01',
      to: '2026-12-31',
      amount: 2,
      reason: 'for the weekend in December',
    };
    const { quotaDesk } = bench.approvals;
    expect(await quotaDesk.grant(staff, grant)).toMatchObject({ failure: { kind: 'absent' } });
    done(await quotaDesk.grant(await bench.office(), grant));
    done(await bench.submitted(staff, 'leave', long));
  });

  test('is not granted to oneself', async () => {
    const grant = { personId: ann, leaveTypeId: 'annual', from: MONDAY, to: MONDAY, amount: 2 };
    const own = await bench.office(ann);
    expect(
      await bench.approvals.quotaDesk.grant(own, { ...grant, reason: 'for me' }),
    ).toMatchObject({ failure: { kind: 'absent' } });
  });

  test('two at once share one quota', async () => {
    const week = { ...day('2026-03-02'), to: '2026-03-05' };
    const next = { ...day('2026-03-09'), to: '2026-03-12' };
    const both = await Promise.all([
      bench.submitted(staff, 'leave', week),
      bench.submitted(staff, 'leave', next),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });
});

describe('a make-up', () => {
  test('asks the rule of its date', async () => {
    await bench.days.rule({ makeup: { allowed: true, countPerMonth: 1 } }, MONDAY);
    done(await bench.submitted(staff, 'makeup', makeup(MONDAY)));
    bench.days.setTime('2026-03-03T10:00');
    expect(codesOf(await bench.submitted(staff, 'makeup', makeup('2026-03-03')))).toEqual([
      'quota',
    ]);
  });
});

describe('a lent vote', () => {
  test('shows the form and votes for whoever lent it', async () => {
    const { delegationDesk, forms } = bench.approvals;
    done(await delegationDesk.add(leader, lent(boss)));
    const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
    const holder = await bench.staff(boss);
    const page = { limit: 10, after: undefined };
    expect((await forms.list({ box: 'waiting' }, holder, page)).forms).toHaveLength(1);
    const approved = done(await bench.decided(holder, form, 'approve'));
    expect(approved.events.at(-1)).toMatchObject({ kind: 'decided', by: boss, for: lead });
  });

  test('is lent once at a time, by its owner or whoever is in charge', async () => {
    const { delegationDesk } = bench.approvals;
    const other = { ...lent(boss), fromPersonId: lead };
    expect(await delegationDesk.add(staff, other)).toMatchObject({ failure: { kind: 'absent' } });
    const made = done(await delegationDesk.add(await bench.office(), other));
    expect(await delegationDesk.add(leader, lent(ann))).toMatchObject({
      failure: { kind: 'conflict' },
    });
    expect(await delegationDesk.revoke(staff, made.delegationId)).toMatchObject({
      failure: { kind: 'absent' },
    });
    done(await delegationDesk.revoke(leader, made.delegationId));
    const later = { ...lent(ann), from: '2026-03-02T07:00:00+08:00' };
    done(await delegationDesk.add(leader, later));
  });
});

test('a vote of somebody who has left is handed to whoever is above, once', async () => {
  const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
  await bench.days.db.now
    .updateTable('people')
    .set({ employed_to: '2026-03-01' })
    .where('person_id', '=', lead)
    .execute();
  expect(await bench.approvals.relief.handOn()).toBe(0);
  expect(await bench.approvals.relief.handOn()).toBe(0);
  const seen = await bench.approvals.forms.seen(form.formId, staff);
  expect(seen?.events.slice(2)).toMatchObject([{ kind: 'transferred', from: lead, to: boss }]);
});

test('a form is seen by whom it concerns, and by nobody else', async () => {
  const { forms } = bench.approvals;
  const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
  const stranger = await bench.staff(await bench.person('Eve'));
  for (const caller of [staff, leader, await bench.office()]) {
    expect(await forms.seen(form.formId, caller)).toBeDefined();
  }
  expect(await forms.seen(form.formId, stranger)).toBeUndefined();
  const draft = done(
    await bench.approvals.formDesk.begin(staff, {
      templateId: 'outing',
      content: contentFor({ kind: 'outing', from: `${MONDAY}T10:00`, to: `${MONDAY}T11:00` }),
    }),
  );
  expect(await forms.seen(draft.formId, await bench.office())).toBeUndefined();
  const page = { limit: 1, after: undefined };
  const first = await forms.list({ box: 'mine' }, staff, page);
  const second = await forms.list({ box: 'mine' }, staff, { limit: 1, after: first.next });
  expect([...first.forms, ...second.forms].map(({ formId }) => formId).toSorted()).toEqual(
    [form.formId, draft.formId].toSorted(),
  );
  expect(second.next).toBeUndefined();
});

test('a form that nobody could decide is refused and says which step lacks somebody', async () => {
  const top = await bench.staff(boss);
  expect(codesOf(await bench.submitted(top, 'leave', AFTERNOON))).toEqual(['noApprover']);
});

test('a date that nobody can have meant never gets in', async () => {
  const far = { kind: 'leave', leaveTypeId: 'annual', from: '9999-12-31', to: '9999-12-31' };
  expect(codesOf(await bench.submitted(staff, 'leave', far))).toEqual(['horizon']);
});

test('its log cannot be rewritten', async () => {
  const form = done(await bench.submitted(staff, 'leave', AFTERNOON));
  const { now } = bench.days.db;
  const forged = now.updateTable('form_events').set({ by_id: boss }).execute();
  await expect(forged).rejects.toThrow('not changed');
  const removed = now.deleteFrom('form_events').where('form_id', '=', form.formId).execute();
  await expect(removed).rejects.toThrow('not removed');
});
