/** Goal: files are what they are, and seen by whoever sees their form. Method: real files, desks and store. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Caller } from '#hub/approvals/caller';
import { ApprovalBench, contentFor, done } from '#tests/approvals/approval-bench';

const MONDAY = '2026-03-02';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const OUTING = { kind: 'outing', from: `${MONDAY}T10:00`, to: `${MONDAY}T11:00` };

let bench: ApprovalBench;
let staff: Caller;
let leader: Caller;

beforeEach(async () => {
  bench = await ApprovalBench.open(`${MONDAY}T07:00`);
  const lead = await bench.person('Lead');
  const ann = await bench.person('Ann', lead);
  await bench.days.rule({}, MONDAY);
  [staff, leader] = [await bench.staff(ann), await bench.staff(lead)];
});
afterEach(() => bench.close());

async function sent(caller: Caller, content: Uint8Array = PNG, name = 'proof.png') {
  const { attachmentDesk } = bench.approvals;
  const taken = await attachmentDesk.take(caller, { name, content });
  if (taken.ok) await attachmentDesk.enter(taken.value);
  return taken;
}

async function formWith(attachmentIds: string[]) {
  const content = { ...contentFor(OUTING), attachmentIds };
  return await bench.approvals.formDesk.begin(staff, { templateId: 'outing', content });
}

function kept(): string[] {
  const names = readdirSync(join(bench.folder, 'attachments'), { recursive: true });
  return names.map(String).filter((name) => name.length > 64);
}

test('a file is seen by whoever sees its form, and comes back as it was', async () => {
  const file = done(await sent(staff));
  const { attachmentDesk, formDesk } = bench.approvals;
  const form = done(await formWith([file.id]));
  expect(await attachmentDesk.read(leader, file.id)).toMatchObject({ failure: { kind: 'absent' } });
  done(await formDesk.submit(staff, { formId: form.formId, revision: 1 }));
  const read = done(await attachmentDesk.read(leader, file.id));
  expect(read).toMatchObject({ name: 'proof.png', mediaType: 'image/png' });
  expect(Buffer.from(read.content).equals(PNG)).toBe(true);
  const [view] = await bench.approvals.views.of([form]);
  expect(view?.attachments).toMatchObject([{ attachmentId: file.id, name: 'proof.png' }]);
});

test('a file that lies about what it is, or is nothing that is taken, is refused', async () => {
  expect(await sent(staff, PNG, 'salary.pdf')).toMatchObject({
    failure: { faults: [{ code: 'attachmentNamedWrong' }] },
  });
  expect(await sent(staff, Buffer.from('<script>'), 'a.png')).toMatchObject({
    failure: { faults: [{ code: 'attachmentUnknown' }] },
  });
  expect(await sent(staff, Buffer.alloc(0))).toMatchObject({
    failure: { faults: [{ code: 'attachmentEmpty' }] },
  });
});

test('nobody puts a file of somebody else into their form', async () => {
  const file = done(await sent(leader));
  expect(await formWith([file.id])).toMatchObject({
    failure: { faults: [{ code: 'attachmentAbsent' }] },
  });
});

test('the same content lies there once; it goes when nothing names it any more', async () => {
  const [used, loose] = [done(await sent(staff)), done(await sent(leader))];
  expect(used.digest).toBe(loose.digest);
  expect(kept()).toHaveLength(1);
  done(await formWith([used.id]));
  bench.days.setTime('2026-03-05T07:00');
  await bench.approvals.attachmentDesk.sweep();
  const { attachmentDesk } = bench.approvals;
  expect(await attachmentDesk.read(leader, loose.id)).toMatchObject({ ok: false });
  expect((await attachmentDesk.read(staff, used.id)).ok).toBe(true);
  expect(kept()).toHaveLength(1);
});
