/*
 * Goal: what is exported is what is stored, the same bytes whenever a locked period is asked for
 * again, and a job survives the death of its hub.
 * Method: a real store with computed and locked days, exports made by their own parts; then a hub over
 * HTTP for what only the wire shows.
 */
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ExportJob, exportJob, newExport } from '#contracts/rest/v1/export';
import { payrollRowsPage, storedPayrollTemplate } from '#contracts/rest/v1/payroll';
import { dayNumberOf } from '#domain/attendance/time/day-number';
import type { Reach } from '#domain/authority/reach';
import { type Exports, openExports } from '#hub/exports/open-exports';
import { EVERYBODY } from '#hub/storage/within-reach';
import { createLogger } from '#platform/log/logger';
import { AttendanceBench, type BenchDoor } from '#tests/hub/attendance-bench';
import { type RunningHub, removeFolder, runHub, temporaryFolder } from '#tests/hub/running-hub';

const MARCH = { from: '2026-03-01', to: '2026-03-31' };
const MONDAY = '2026-03-02';
const BOSS = { caller: 'account:boss', reach: EVERYBODY };

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => removeFolder(folder));

describe('an export of stored days', () => {
  let bench: AttendanceBench;
  let door: BenchDoor;
  let exports: Exports;
  let [ann, bob] = ['', ''];

  const open = (): Exports =>
    openExports({
      ...bench.store,
      ...bench.attendance,
      db: bench.db,
      dataDir: folder,
      clock: bench.clock,
      logger: createLogger('hub', 'silent'),
    });

  beforeEach(async () => {
    bench = await AttendanceBench.open(folder, '2026-03-01T08:00');
    ann = await bench.person('Ann', '22222222-0000-4000-8000-000000000001');
    bob = await bench.person('Bob', '11111111-0000-4000-8000-000000000002');
    await bench.rule({}, '2026-03-01');
    door = await bench.door();
    await bench.upload(door, [
      await bench.punch(door, ann, `${MONDAY}T09:20`),
      await bench.punch(door, ann, `${MONDAY}T18:00`),
    ]);
    bench.setTime('2026-04-02T08:00');
    await bench.report(door, '2026-04-02T08:00');
    const from = dayNumberOf(MONDAY);
    for (const personId of [ann, bob]) await bench.attendance.marks.around(personId, from);
    await bench.settle();
    exports = open();
  });
  afterEach(() => bench.close());

  const lock = async (): Promise<void> => {
    const terms = { pending: 'accept', exceptions: 'accept' } as const;
    const locked = await bench.attendance.periodLock.lock(MARCH.to, terms);
    expect(locked.ok).toBe(true);
    await bench.settle();
  };

  const made = async (
    change: object = {},
    viewer: { caller: string; reach: Reach } = BOSS,
  ): Promise<{ job: ExportJob; text: string }> => {
    const request = newExport.parse({
      kind: 'payroll',
      period: MARCH,
      format: 'csv',
      language: 'en',
      ...change,
    });
    const asked = await exports.exportDesk.request(request, viewer);
    if (!asked.ok) throw new Error(asked.failure);
    while (await exports.runner.next());
    const { exportId } = asked.value;
    const job = await exports.exportDesk.get(exportId, viewer);
    if (job === undefined) throw new Error('the export is gone');
    return { job, text: job.state === 'ready' ? await textOf(exportId) : '' };
  };

  const textOf = async (exportId: string): Promise<string> => {
    const file = await exports.exportDesk.file(exportId, BOSS);
    if (!file.ok) throw new Error(file.failure);
    const content = await exports.exportDesk.read(file.value);
    const chunks: Buffer[] = [];
    for await (const chunk of content ?? []) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks).toString('latin1');
  };

  test('has a row for each person with a day in it, by employee number, and says how far it is', async () => {
    await bench.person('Never here', '33333333-0000-4000-8000-000000000003');
    const { job, text } = await made();
    const lines = text.trim().split('\r\n');
    expect(lines.slice(1).map((line) => line.split(',')[1])).toEqual(['Bob', 'Ann']);
    expect(job).toMatchObject({
      state: 'ready',
      period: 'open',
      progress: { peopleDone: 2, peopleTotal: 2 },
      file: { rows: 2, bytes: text.length },
    });
    expect(job.file?.sha256).toBe(
      createHash('sha256').update(Buffer.from(text, 'latin1')).digest('hex'),
    );
  });

  test.each(['csv', 'xlsx', 'json', 'jsonl'])(
    'of a locked period is the same bytes as %s, also after what came late',
    async (format) => {
      await lock();
      const first = await made({ format });
      expect(first.job).toMatchObject({ state: 'ready', period: 'locked', file: { rows: 2 } });
      bench.setTime('2026-04-03T09:00');
      expect((await made({ format })).job.file?.sha256).toBe(first.job.file?.sha256);
      await bench.upload(door, [await bench.punch(door, ann, `${MONDAY}T08:55`)]);
      await bench.compute();
      const again = await made({ format });
      expect(again.text).toBe(first.text);
    },
  );

  test('of the period of booking has what came late for a locked one, apart', async () => {
    await lock();
    await bench.upload(door, [await bench.punch(door, ann, `${MONDAY}T08:55`)]);
    await bench.compute();
    const april = { from: '2026-04-01', to: '2026-04-30' };
    const { text } = await made({ kind: 'adjustments', period: april });
    const late = text.split('\r\n').find((line) => line.includes('late.count'));
    expect(late).toBe('22222222,Ann,,2026-03-02,Times late (late.count),1,0,-1,2026-04-02');
    expect((await made({ kind: 'adjustments' })).job.file?.rows).toBe(0);
  });

  test('has only those whom the asker may see', async () => {
    const none = new Set<string>();
    const reach: Reach = {
      kind: 'some',
      departments: none,
      sites: none,
      crossings: [],
      people: new Set([ann]),
      except: none,
    };
    const own = { caller: 'account:manager', reach };
    const { job } = await made({ kind: 'days' }, BOSS);
    const limited = await exports.exportDesk.request(
      newExport.parse({ kind: 'days', period: MARCH, format: 'csv', language: 'en' }),
      own,
    );
    while (await exports.runner.next());
    if (!limited.ok) throw new Error(limited.failure);
    const text = await textOf(limited.value.exportId);
    expect(text).toContain('Ann');
    expect(text).not.toContain('Bob');
    expect(await exports.exportDesk.get(job.exportId, own)).toBeUndefined();
    expect(await exports.exportDesk.file(job.exportId, own)).toEqual({
      ok: false,
      failure: 'absent',
    });
  });

  test('lists every punch on its business date, that of the door', async () => {
    const { text, job } = await made({ kind: 'punches', period: { from: MONDAY, to: MONDAY } });
    expect(job.file?.rows).toBe(2);
    expect(text).toContain('2026-03-02,09:20:00,face');
  });

  test.each(['approvals', 'exceptions'])('of %s without any has a heading only', async (kind) => {
    const { job } = await made({ kind, period: { from: '2025-01-01', to: '2025-01-31' } });
    expect(job).toMatchObject({ state: 'ready', file: { rows: 0 } });
  });

  test('is begun again by another hub when its own has died', async () => {
    const asked = await exports.exportDesk.request(
      newExport.parse({ kind: 'days', period: MARCH, format: 'csv', language: 'en' }),
      BOSS,
    );
    if (!asked.ok) throw new Error(asked.failure);
    // The first hub took it and was heard of no more.
    await bench.db.now
      .updateTable('export_jobs')
      .set({
        state: 'running',
        holder: 'gone',
        held_until_ms: bench.clock.now().epochMilliseconds + 60_000,
        attempts: 1,
      })
      .execute();
    const other = open();
    expect(await other.runner.next()).toBe(false);
    bench.setTime('2026-04-02T08:02');
    expect(await other.runner.next()).toBe(true);
    expect(await other.exportDesk.get(asked.value.exportId, BOSS)).toMatchObject({
      state: 'ready',
    });
  });

  test('that is given up says so after its hub died three times', async () => {
    const asked = await exports.exportDesk.request(
      newExport.parse({ kind: 'days', period: MARCH, format: 'csv', language: 'en' }),
      BOSS,
    );
    if (!asked.ok) throw new Error(asked.failure);
    await bench.db.now.updateTable('export_jobs').set({ attempts: 3 }).execute();
    await exports.runner.next();
    expect(await exports.exportDesk.get(asked.value.exportId, BOSS)).toMatchObject({
      state: 'failed',
      problem: { en: expect.stringContaining('again and again') },
    });
  });

  test('that was cancelled is made by nobody, and one that is over is not cancelled', async () => {
    const asked = await exports.exportDesk.request(
      newExport.parse({ kind: 'days', period: MARCH, format: 'csv', language: 'en' }),
      BOSS,
    );
    if (!asked.ok) throw new Error(asked.failure);
    const { exportId } = asked.value;
    expect(await exports.exportDesk.cancel(exportId, BOSS)).toMatchObject({
      ok: true,
      value: { state: 'cancelled' },
    });
    expect(await exports.runner.next()).toBe(false);
    expect(await exports.exportDesk.cancel(exportId, BOSS)).toEqual({ ok: false, failure: 'over' });
  });

  test('is gone from list and disk when its time is over', async () => {
    const { job } = await made();
    expect(readdirSync(join(folder, 'exports'))).toHaveLength(1);
    bench.setTime('2026-04-20T08:00');
    exports.runner.start();
    await exports.runner.stop();
    expect(readdirSync(join(folder, 'exports'))).toEqual([]);
    expect(await exports.exportDesk.get(job.exportId, BOSS)).toMatchObject({
      state: 'expired',
      file: null,
    });
  });
});

describe('over HTTP', () => {
  let hub: RunningHub;
  beforeEach(async () => {
    hub = await runHub(folder);
  });
  afterEach(() => hub.stop());

  const ready = async (exportId: string): Promise<ExportJob> => {
    for (let look = 0; look < 200; look += 1) {
      const job = exportJob.parse((await hub.ask('GET', `/api/v1/exports/${exportId}`)).body);
      if (job.state === 'ready') return job;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('it is not made');
  };

  test('a file is fetched whole, in parts, and not again when it is known', async () => {
    const asked = await hub.ask('POST', '/api/v1/exports', {
      kind: 'payroll',
      period: MARCH,
      format: 'csv',
      language: 'zh-CN',
    });
    expect(asked.status).toBe(202);
    const { exportId } = exportJob.parse(asked.body);
    const job = await ready(exportId);
    const path = `/api/v1/exports/${exportId}/file`;
    const whole = await hub.ask('GET', path);
    const etag = whole.headers.get('etag') ?? '';
    expect(etag).toBe(`"${job.file?.sha256}"`);
    expect(whole.headers.get('content-disposition')).toBe(
      `attachment; filename="____ 2026-03-01_2026-03-31.csv"; filename*=UTF-8''${encodeURIComponent('考勤月报 2026-03-01_2026-03-31.csv')}`,
    );
    const part = await hub.ask('GET', path, undefined, { range: 'bytes=3-8', 'if-range': etag });
    expect([part.status, part.body]).toEqual([206, '工号']);
    expect(part.headers.get('content-range')).toBe(`bytes 3-8/${job.file?.bytes}`);
    const other = { range: 'bytes=3-8', 'if-range': '"another"' };
    expect((await hub.ask('GET', path, undefined, other)).status).toBe(200);
    expect((await hub.ask('GET', path, undefined, { range: 'bytes=999999-' })).status).toBe(416);
    expect((await hub.ask('GET', path, undefined, { 'if-none-match': etag })).status).toBe(304);
  });

  test('a template grows by versions, and a stale change changes nothing', async () => {
    const late = { kind: 'figure', name: 'late_minute', unit: 'minutes', decimals: 0 };
    const added = await hub.ask('POST', '/api/v1/payroll/templates', {
      name: '月薪',
      columns: [late],
    });
    const { templateId } = storedPayrollTemplate.parse(added.body);
    const path = `/api/v1/payroll/templates/${templateId}`;
    const change = { name: '月薪', columns: [late, { ...late, name: 'late_sec' }] };
    const changed = await hub.ask('PUT', path, change, { 'if-match': '"1"' });
    expect(changed.body).toMatchObject({ version: 2 });
    expect((await hub.ask('PUT', path, change, { 'if-match': '"1"' })).status).toBe(412);
    expect((await hub.ask('GET', `${path}/versions`)).body).toMatchObject({
      templates: [{ version: 2 }, { version: 1 }],
    });
    const query = `from=${MARCH.from}&to=${MARCH.to}&templateId=${templateId}`;
    const rows = await hub.ask('GET', `/api/v1/payroll/rows?${query}`);
    expect(payrollRowsPage.parse(rows.body)).toMatchObject({ rows: [], next: null });
    const trial = { template: change, period: MARCH };
    expect((await hub.ask('POST', '/api/v1/payroll/trial', trial)).status).toBe(200);
    expect((await hub.ask('DELETE', path)).status).toBe(204);
    expect((await hub.ask('GET', path)).status).toBe(404);
  });

  test('what is wrong with a period or a template is said in both languages', async () => {
    const request = { kind: 'days', format: 'csv', language: 'en' };
    const period = { from: MARCH.to, to: MARCH.from };
    const refused = await hub.ask(
      'POST',
      '/api/v1/exports',
      { ...request, period },
      { 'accept-language': 'zh-CN' },
    );
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('结束日期不能早于开始日期');
  });
});
