/** Goal: people, departments and their tables over HTTP, as somebody in personnel asks for them. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { auditPage } from '#contracts/rest/v1/audit';
import { department, departments } from '#contracts/rest/v1/departments';
import { person } from '#contracts/rest/v1/people';
import { problem } from '#contracts/rest/v1/problem';
import { importReport } from '#contracts/rest/v1/sheet-import';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';

let hub: RunningHub;
let folder: string;
const ANN = {
  employeeNo: 'A001',
  name: '林晓梅',
  greetingName: '晓梅',
  locale: 'zh-CN',
  manager: false,
};
const TABLE = '工号,姓名,部门\r\nA001,林晓梅,总部/研发部\r\nA002,王小明,总部\r\n';

beforeEach(async () => {
  folder = temporaryFolder();
  hub = await runHub(folder);
});
afterEach(async () => {
  await hub.stop();
  removeFolder(folder);
});

async function added(more: object = {}) {
  return person.parse((await hub.ask('POST', '/api/v1/people', { ...ANN, ...more })).body);
}

async function send(path: string, file: string | Uint8Array<ArrayBuffer>, type?: string) {
  return await hub.upload(`/api/v1${path}`, file, type);
}

async function checked(file: string, query = '') {
  return importReport.parse((await send(`/people/import/check${query}`, file)).body);
}

test('departments are made, moved with what is below, and removed when empty', async () => {
  const ask = async (body: object) =>
    department.parse((await hub.ask('POST', '/api/v1/departments', body)).body);
  const [top, other] = [
    await ask({ name: '总部' }),
    await ask({ name: '工厂', nameEn: 'Factory' }),
  ];
  const low = await ask({ name: '研发部', parentId: top.departmentId });
  const path = `/api/v1/departments/${low.departmentId}`;
  const read = await hub.ask('GET', path);
  const seen = { 'if-match': read.headers.get('etag') ?? '' };
  const moved = await hub.ask('PATCH', path, { parentId: other.departmentId }, seen);
  expect(department.parse(moved.body)).toMatchObject({ parentId: other.departmentId });
  expect((await hub.ask('PATCH', path, { name: 'x' }, seen)).status).toBe(412);
  const refused = await hub.ask('DELETE', `/api/v1/departments/${other.departmentId}`, undefined, {
    'accept-language': 'zh-CN',
  });
  expect(refused.status).toBe(409);
  expect(problem.parse(refused.body).errors?.[0]?.reason).toContain('1 个下级部门');
  expect((await hub.ask('DELETE', path)).status).toBe(204);
  const left = departments.parse((await hub.ask('GET', '/api/v1/departments')).body);
  expect(left.departments.map(({ name }) => name)).toEqual(['工厂', '总部']);
});

test('a PIN is set and taken away by an administrator', async () => {
  const { personId } = await added();
  const path = `/api/v1/people/${personId}`;
  expect((await hub.ask('PUT', `${path}/pin`, { pin: '12' })).status).toBe(400);
  expect((await hub.ask('PUT', `${path}/pin`, { pin: '482913' })).status).toBe(204);
  expect(person.parse((await hub.ask('GET', path)).body).hasPin).toBe(true);
  expect((await hub.ask('DELETE', `${path}/pin`)).status).toBe(204);
  expect(person.parse((await hub.ask('GET', path)).body).hasPin).toBe(false);
});

test('somebody leaves, comes back, leaves again and is erased; removing is for mistakes', async () => {
  const { personId } = await added({ employedFrom: '2025-01-01', employedTo: '2025-06-30' });
  const path = `/api/v1/people/${personId}`;
  const back = await hub.ask('POST', `${path}/employments`, { from: '2025-09-01' });
  expect(person.parse(back.body)).toMatchObject({
    state: 'active',
    earlier: [{ to: '2025-06-30' }],
  });
  expect((await hub.ask('POST', `${path}/erasure`)).status).toBe(409);
  await hub.ask('PATCH', path, { employedTo: '2025-12-31' }, { 'if-match': '*' });
  const erased = await hub.ask('POST', `${path}/erasure`);
  expect(person.parse(erased.body)).toMatchObject({ erased: true, state: 'left' });
  const mistake = await added({ employeeNo: 'A002' });
  expect((await hub.ask('DELETE', `/api/v1/people/${mistake.personId}`)).status).toBe(204);
});

test('people are moved together', async () => {
  const made = await hub.ask('POST', '/api/v1/departments', { name: '总部' });
  const { departmentId } = department.parse(made.body);
  const personIds = [(await added()).personId, (await added({ employeeNo: 'A002' })).personId];
  const moved = await hub.ask('POST', '/api/v1/people/moves', { personIds, departmentId });
  expect(moved.body).toEqual({ departmentId, moved: 2 });
  const list = await hub.ask('GET', `/api/v1/people?departmentId=${departmentId}`);
  expect(list.body).toMatchObject({ total: 2 });
});

describe('a table', () => {
  test('is tried, imported as shown, written into the audit log, and exported', async () => {
    const report = await checked(TABLE, '?departments=create');
    expect(report).toMatchObject({ mode: 'checked', added: 2, faulty: 0 });
    const order = `/people/import?departments=create&digest=${report.digest}`;
    const done = importReport.parse((await send(order, TABLE)).body);
    expect(done).toMatchObject({ mode: 'imported', added: 2, digest: report.digest });
    const acts = auditPage.parse((await hub.ask('GET', '/api/v1/audit?action=people')).body);
    expect(acts.entries[0]?.act).toMatchObject({
      action: 'people.imported',
      subject: { id: report.digest },
      changes: expect.arrayContaining([{ field: 'added', before: null, after: 2 }]) as unknown,
    });
    const path = '/api/v1/people/export?format=csv&language=zh-CN';
    const file = await hub.ask('GET', path);
    expect(file.headers.get('content-disposition')).toContain('.csv');
    expect(await checked(String(file.body))).toMatchObject({ unchanged: 2, changed: 0, faulty: 0 });
  });

  test('that was not shown is not imported', async () => {
    const { digest } = await checked(TABLE, '?departments=create');
    const other = await send(`/people/import?digest=${digest}`, '工号,姓名\nB1,王\n');
    expect(other.status).toBe(412);
    const faulty = await checked('工号,姓名\nB 1,王\n');
    const refused = await send(`/people/import?digest=${faulty.digest}`, '工号,姓名\nB 1,王\n');
    expect(refused.status).toBe(409);
    expect(problem.parse(refused.body).errors?.[0]?.path).toBe('accept');
    expect((await hub.ask('GET', '/api/v1/people')).body).toMatchObject({ total: 0 });
  });

  test('that is none, too large or of no known kind is refused', async () => {
    const page = await send('/people/import/check', '<html><table></table></html>');
    expect(page.status).toBe(400);
    expect(problem.parse(page.body).errors?.[0]?.path).toBe('file');
    expect((await send('/people/import/check', '{}', 'application/json')).status).toBe(415);
    const large = Buffer.alloc(17 * 1024 * 1024, 65);
    expect((await send('/people/import/check', large)).status).toBe(413);
  });

  test('of faults is answered as a file too, and an empty one to fill in', async () => {
    const faults = await send('/people/import/report?language=en', '工号,姓名\nB 1,王\n');
    expect(String(faults.body)).toContain('an employee number is 1 to 20 letters');
    const template = await hub.ask(
      'GET',
      '/api/v1/people/import/template?format=xlsx&language=zh-CN',
    );
    expect(template.status).toBe(200);
    expect(template.headers.get('content-type')).toContain('spreadsheetml');
  });

  test('of departments goes the same way', async () => {
    const file = '部门,排序\n总部,1\n总部/研发部,2\n';
    const tried = importReport.parse((await send('/departments/import/check', file)).body);
    expect(tried).toMatchObject({ added: 2, faulty: 0 });
    const done = await send(`/departments/import?digest=${tried.digest}`, file);
    expect(importReport.parse(done.body)).toMatchObject({ mode: 'imported', added: 2 });
    const again = await hub.ask('GET', '/api/v1/departments/export?format=csv&language=en');
    const report = await send('/departments/import/check', String(again.body));
    expect(importReport.parse(report.body)).toMatchObject({ unchanged: 2, changed: 0 });
  });
});
