/** Goal: forms over the wire, by people who have accounts. Method: a real hub, real HTTP, real sessions. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { attachment } from '#contracts/rest/v1/approval-form';
import { importReport } from '#contracts/rest/v1/approval-import';
import { form, formPreview, forms, quotas } from '#contracts/rest/v1/approvals';
import { passwordResetMade } from '#contracts/rest/v1/authority';
import { exceptionCases, exceptionGroups, lockWarningAnswer } from '#contracts/rest/v1/exceptions';
import { person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import {
  type Ask,
  type RunningHub,
  removeFolder,
  request,
  runHub,
  sessionHeaders,
  temporaryFolder,
} from '#tests/hub/running-hub';

const API = '/api/v1/approvals';
const PASSWORD = 'quite another long password';
const OUTING = { kind: 'outing', from: '2099-03-02T10:00', to: '2099-03-02T11:00' };
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

let hub: RunningHub;
let folder: string;
let ann: Staff;
let lead: Staff;
let eve: Staff;

interface Staff {
  readonly personId: string;
  readonly headers: Record<string, string>;
  readonly ask: Ask;
}

beforeAll(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder);
  lead = await staffMember('L1');
  ann = await staffMember('A1', { managerId: lead.personId });
  eve = await staffMember('E1');
});
afterAll(async () => {
  await hub.stop();
  removeFolder(folder);
});

/** Taken on, invited, and signed in. */
async function staffMember(employeeNo: string, more: object = {}): Promise<Staff> {
  const name = { name: employeeNo, greetingName: employeeNo, locale: 'en', manager: false };
  const added = await hub.ask('POST', '/api/v1/people', { employeeNo, ...name, ...more });
  const { personId } = person.parse(added.body);
  const invited = await hub.ask('POST', `/api/v1/people/${personId}/invitation`);
  const { token } = passwordResetMade.parse(invited.body);
  const set = await hub.ask('POST', '/api/v1/session/password-reset', { token, next: PASSWORD });
  expect(set.status).toBeLessThan(300);
  const signedIn = await request(hub.httpUrl, {
    method: 'POST',
    path: '/api/v1/session',
    body: { name: employeeNo, password: PASSWORD },
  });
  const headers = sessionHeaders(signedIn);
  const ask: Ask = (method, path, body, extra = {}) =>
    request(hub.httpUrl, { method, path, body, headers: { ...headers, ...extra } });
  return { personId, headers, ask };
}

function content(subject: object, attachmentIds: string[] = []) {
  return { subject, reason: 'to the bank', answers: {}, attachmentIds };
}

async function upload(by: Staff, path: string, type: string, bytes: Uint8Array) {
  const response = await fetch(`${hub.httpUrl}${API}/${path}`, {
    method: 'POST',
    headers: { ...by.headers, 'content-type': type },
    body: Buffer.from(bytes),
  });
  return { status: response.status, body: (await response.json()) as unknown };
}

async function begun(subject: object, attachmentIds: string[] = []) {
  const given = { templateId: 'outing', content: content(subject, attachmentIds) };
  const answer = await ann.ask('POST', `${API}/forms`, given);
  expect(answer.status).toBe(201);
  return form.parse(answer.body);
}

describe('a form', () => {
  test('goes from its draft to its approval, and is nobody else’s business', async () => {
    const given = { templateId: 'outing', content: content(OUTING) };
    const preview = formPreview.parse((await ann.ask('POST', `${API}/forms/preview`, given)).body);
    expect(preview).toMatchObject({
      faults: [],
      length: { minutes: 60 },
      chain: { steps: [{ approverIds: [lead.personId], name: { en: 'Direct manager' } }] },
    });
    const { formId, revision } = await begun(OUTING);
    const submitted = await ann.ask('POST', `${API}/forms/${formId}/submission`, { revision });
    expect(form.parse(submitted.body)).toMatchObject({
      status: 'submitted',
      waitingFor: [{ personId: lead.personId }],
    });
    expect((await eve.ask('GET', `${API}/forms/${formId}`)).status).toBe(404);
    const waiting = await lead.ask('GET', `${API}/forms?box=waiting`);
    expect(forms.parse(waiting.body).forms).toMatchObject([{ formId }]);
    const vote = { revision: 2, decision: 'approve' };
    expect((await eve.ask('POST', `${API}/forms/${formId}/decision`, vote)).status).toBe(404);
    const own = await ann.ask('POST', `${API}/forms/${formId}/decision`, vote);
    expect(own.status).toBe(409);
    expect(problem.parse(own.body).errors?.[0]?.reason).toMatch(/own form/);
    const approved = await lead.ask('POST', `${API}/forms/${formId}/decision`, vote);
    expect(form.parse(approved.body)).toMatchObject({ status: 'approved', revision: 3 });
    const late = await lead.ask('POST', `${API}/forms/${formId}/decision`, vote);
    expect(late.status).toBe(412);
    const read = await ann.ask('GET', `${API}/forms/${formId}`);
    expect(form.parse(read.body).history.map(({ kind }) => kind)).toEqual([
      'drafted',
      'submitted',
      'decided',
    ]);
  });

  test('is rewritten only by whoever has seen it as it is', async () => {
    const { formId } = await begun({ ...OUTING, to: '2099-03-02T12:00' });
    const path = `${API}/forms/${formId}`;
    const etag = (await ann.ask('GET', path)).headers.get('etag') ?? '';
    const given = { content: content({ ...OUTING, to: '2099-03-02T13:00' }) };
    expect((await ann.ask('PUT', path, given)).status).toBe(428);
    expect((await ann.ask('PUT', path, given, { 'if-match': etag })).status).toBe(200);
    expect((await ann.ask('PUT', path, given, { 'if-match': etag })).status).toBe(412);
  });

  test('made twice under one key is one form', async () => {
    const key = { 'idempotency-key': 'form-1' };
    const given = { templateId: 'outing', content: content({ ...OUTING, to: '2099-03-02T10:30' }) };
    const [one, two] = [
      await ann.ask('POST', `${API}/forms`, given, key),
      await ann.ask('POST', `${API}/forms`, given, key),
    ];
    expect(form.parse(two.body).formId).toBe(form.parse(one.body).formId);
  });

  test('that runs backwards, or for somebody else, changes nothing', async () => {
    const back = content({ ...OUTING, from: '2099-03-02T12:00' });
    const preview = await ann.ask('POST', `${API}/forms/preview`, {
      templateId: 'outing',
      content: back,
    });
    expect(formPreview.parse(preview.body).faults[0]).toMatchObject({ code: 'extentReversed' });
    const forLead = { templateId: 'outing', applicantId: lead.personId, content: content(OUTING) };
    expect((await ann.ask('POST', `${API}/forms`, forLead)).status).toBe(404);
  });
});

test('a file goes with its form, under headers that run nothing', async () => {
  const sent = await upload(ann, 'attachments?name=..%2Fproof.png', 'image/png', PNG);
  expect(sent.status).toBe(201);
  const { attachmentId, name } = attachment.parse(sent.body);
  expect(name).toBe('proof.png');
  const { formId } = await begun(OUTING, [attachmentId]);
  const path = `${API}/attachments/${attachmentId}`;
  const read = await fetch(`${hub.httpUrl}${path}`, { headers: ann.headers });
  expect(Buffer.from(await read.arrayBuffer()).equals(PNG)).toBe(true);
  expect(read.headers.get('content-disposition')).toContain('attachment;');
  expect(read.headers.get('x-content-type-options')).toBe('nosniff');
  expect((await eve.ask('GET', path)).status).toBe(404);
  const shown = form.parse((await ann.ask('GET', `${API}/forms/${formId}`)).body);
  expect(shown.attachments).toMatchObject([{ attachmentId }]);
  const lie = await upload(ann, 'attachments?name=a.png', 'image/png', Buffer.from('<svg/>'));
  expect(lie.status).toBe(400);
  const audit = JSON.stringify((await hub.ask('GET', '/api/v1/audit?limit=50')).body);
  expect(audit).toContain('attachment.seen');
});

test('quotas are shown to oneself and to whoever is in charge, and to nobody else', async () => {
  const own = quotas.parse((await ann.ask('GET', `${API}/quotas`)).body);
  expect(own.leave.map((each) => each.leaveTypeId)).toContain('annual');
  const path = `${API}/quotas?personId=${ann.personId}`;
  expect((await lead.ask('GET', path)).status).toBe(200);
  expect((await eve.ask('GET', path)).status).toBe(404);
});

test('a table of another system is tried first, and taken by whoever may', async () => {
  const csv = Buffer.from(
    'source,foreignId,employeeNo,kind,from,to\noa,T-1,A1,trip,2099-03-04,2099-03-05\n',
  );
  expect((await upload(ann, 'imports/sheet', 'text/csv', csv)).status).toBe(403);
  const admin = { ...ann, headers: await administratorHeaders() };
  const tried = await upload(admin, 'imports/sheet?mode=try', 'text/csv', csv);
  expect(importReport.parse(tried.body)).toMatchObject({ mode: 'try', created: 1, faults: [] });
  const taken = await upload(admin, 'imports/sheet', 'text/csv', csv);
  expect(importReport.parse(taken.body)).toMatchObject({ mode: 'import', created: 1 });
  const mine = await ann.ask('GET', `${API}/forms?kind=trip`);
  expect(forms.parse(mine.body).forms).toMatchObject([{ origin: 'foreign', status: 'approved' }]);
});

async function administratorHeaders(): Promise<Record<string, string>> {
  const body = { name: 'admin', password: 'a longer password' };
  return sessionHeaders(
    await request(hub.httpUrl, { method: 'POST', path: '/api/v1/session', body }),
  );
}

test('exceptions are asked for as they stand', async () => {
  const listed = await hub.ask('GET', '/api/v1/exceptions');
  expect(exceptionCases.parse(listed.body).next).toBeNull();
  const grouped = await hub.ask('GET', '/api/v1/exceptions/groups?by=person');
  expect(exceptionGroups.safeParse(grouped.body).success).toBe(true);
  const warning = await hub.ask('GET', '/api/v1/exceptions/lock-warning?through=2026-01-01');
  expect(lockWarningAnswer.parse(warning.body)).toEqual({ warning: null });
  const act = { keys: ['nothing'], act: { kind: 'assign', to: null } };
  expect((await ann.ask('POST', '/api/v1/exceptions/acts', act)).status).toBe(403);
  expect((await hub.ask('POST', '/api/v1/exceptions/acts', act)).body).toMatchObject({ done: 0 });
});
