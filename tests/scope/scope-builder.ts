import { randomUUID } from 'node:crypto';
import { computeDocument } from '#contracts/attendance/compute-document';
import { attachment } from '#contracts/rest/v1/approval-form';
import { templates } from '#contracts/rest/v1/approval-template';
import { delegation, form, grant as leaveGrant } from '#contracts/rest/v1/approvals';
import {
  administratorInvited,
  apiClientToken,
  type GrantText,
  passwordResetMade,
} from '#contracts/rest/v1/authority';
import { department } from '#contracts/rest/v1/departments';
import { exportJob } from '#contracts/rest/v1/export';
import { groupEvent } from '#contracts/rest/v1/group-events';
import { person } from '#contracts/rest/v1/people';
import { session } from '#contracts/rest/v1/session';
import { site } from '#contracts/rest/v1/terminals';
import { CAPABILITIES } from '#domain/authority/capability';
import { AttendanceDayRepository } from '#hub/storage/attendance-day-repository';
import { CaseRepository } from '#hub/storage/case-repository';
import { type BuiltServer, put } from '#tests/hub/built-server';
import {
  type Asked,
  type Callers,
  DATE,
  employeeNoOf,
  type Headers,
  NOW,
  type Side,
  type Told,
} from '#tests/scope/scope-shapes';

const CHOSEN = 'mango tram window quiet';
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

export function grantOf(of: Partial<GrantText>): GrantText {
  return { capability: 'people', access: 'change', departments: null, sites: null, ...of };
}

/** Puts a half of the company together, as its administrators would. */
export class Builder {
  readonly #hub: BuiltServer;
  #count = 0;

  constructor(hub: BuiltServer) {
    this.#hub = hub;
  }

  async ask({ method, path, query, payload, headers = {} }: Asked, who: Headers): Promise<Told> {
    const url = `/api/v1${path}`;
    const { app } = this.#hub;
    this.#count += 1;
    const remoteAddress = `10.${this.#count >> 16}.${(this.#count >> 8) & 255}.${this.#count & 255}`;
    const answer = await put(app, {
      method,
      url,
      remoteAddress,
      headers: { ...who, ...headers },
      ...(query === undefined ? {} : { query: { ...query } }),
      ...(payload === undefined ? {} : { payload }),
    });
    const fileName = answer.headers['content-disposition'] ?? '';
    return { ...answer, text: JSON.stringify(answer.body) + fileName };
  }

  /** What has to succeed for there to be a world at all. */
  async must(asked: Asked, who: Headers = this.#hub.session): Promise<unknown> {
    const { status, body, text } = await this.ask(asked, who);
    if (status >= 300) throw new Error(`${asked.method} ${asked.path}: ${status} ${text}`);
    return body;
  }

  /** What is worked on and waits for whoever may publish it. */
  async drafts(): Promise<void> {
    const rule = { sections: [{ on: '09:00', off: '18:00' }] };
    await this.must({ method: 'PUT', path: '/attendance/rules/office', payload: rule });
    const path = '/approvals/templates';
    const offered = templates.parse(await this.must({ method: 'GET', path })).templates;
    const outing = offered.find(({ id }) => id === 'outing');
    if (outing === undefined) throw new Error('there are templates from the first start on');
    const { id, version: _version, publishedAt: _publishedAt, ...payload } = outing;
    await this.must({ method: 'PUT', path: `${path}/${id}`, payload });
  }

  async side(name: string): Promise<{ side: Side; callers: Callers }> {
    const place = await this.#place(name);
    const { siteId, departmentId } = place;
    const managerId = await this.#person(`${name}-boss`, place);
    const personId = await this.#person(`${name}-subject`, place, managerId);
    const staffId = await this.#person(`${name}-staff`, place);
    const manager = await this.#staff(`${name}-boss`, managerId);
    const subject = await this.#staff(`${name}-subject`, personId);
    const over = CAPABILITIES.map((capability) => grantOf({ capability, sites: [siteId] }));
    const within = CAPABILITIES.filter((each) => each !== 'fleet').map((capability) =>
      grantOf({ capability, departments: [departmentId] }),
    );
    const bySite = await this.administrator(`${name} by site`, over);
    const byDepartment = await this.administrator(`${name} by department`, within);
    const program = await this.program(`${name} program`, over);
    const side = {
      name,
      ...place,
      managerId,
      personId,
      employeeNo: employeeNoOf(`${name}-subject`),
      ...(await this.#punches(place, personId)),
      ...(await this.#days(place, personId)),
      ...(await this.#papers({ subject, manager }, { name, personId, staffId })),
      ...(await this.#eventOf(personId)),
      accountId: bySite.accountId,
      clientId: program.clientId,
    };
    const callers = {
      staff: await this.#staff(`${name}-staff`, staffId),
      manager,
      bySite: bySite.headers,
      byDepartment: byDepartment.headers,
      program: program.headers,
    };
    return { side, callers };
  }

  async #place(name: string) {
    const { db } = this.#hub;
    const own = site.parse(await this.must({ method: 'GET', path: '/site' }));
    const isFirst = name === 'harbour';
    const siteId = isFirst ? own.siteId : randomUUID();
    if (!isFirst) {
      const row = { site_id: siteId, name_zh: name, name_en: name, zone: 'Asia/Shanghai' };
      await db.now
        .insertInto('sites')
        .values({ ...row, created_at_ms: 9 })
        .execute();
    }
    const terminalId = `t-${(isFirst ? 'a' : 'b').repeat(16)}`;
    const joined = { sign_key: name, seal_key: name, joined_at_ms: 0, name: `${name} door` };
    const terminal = { terminal_id: terminalId, site_id: siteId, ...joined };
    await db.now.insertInto('terminals').values(terminal).execute();
    const made = await this.must({
      method: 'POST',
      path: '/departments',
      payload: { name: `${name} department` },
    });
    return { siteId, terminalId, departmentId: department.parse(made).departmentId };
  }

  async #person(
    name: string,
    { siteId, departmentId }: { siteId: string; departmentId: string },
    managerId: string | null = null,
  ): Promise<string> {
    const employeeNo = employeeNoOf(name);
    const words = { employeeNo, name, greetingName: name, locale: 'en', manager: false };
    const where = { siteIds: [siteId], departmentId, managerId };
    const payload = { ...words, ...where, email: `${name}@example.com` };
    return person.parse(await this.must({ method: 'POST', path: '/people', payload })).personId;
  }

  async #staff(name: string, personId: string): Promise<Headers> {
    const invited = await this.must({ method: 'POST', path: `/people/${personId}/invitation` });
    return await this.#entered(employeeNoOf(name), passwordResetMade.parse(invited).token);
  }

  async administrator(name: string, grants: readonly GrantText[]) {
    const rank = { kind: 'administrator', grants };
    const payload = { name, locale: 'en', rank };
    const made = await this.must({ method: 'POST', path: '/administrators', payload });
    const { token, administrator } = administratorInvited.parse(made);
    return { accountId: administrator.accountId, headers: await this.#entered(name, token) };
  }

  async program(name: string, grants: readonly GrantText[], expiresAt = '2026-12-31T00:00:00Z') {
    const payload = { name, grants, expiresAt };
    const made = await this.must({ method: 'POST', path: '/api-clients', payload });
    const { client, token } = apiClientToken.parse(made);
    return { clientId: client.clientId, headers: { authorization: `Bearer ${token}` } };
  }

  async #entered(name: string, token: string): Promise<Headers> {
    const reset = { token, next: CHOSEN };
    await this.must({ method: 'POST', path: '/session/password-reset', payload: reset }, {});
    const answer = await put(this.#hub.app, {
      method: 'POST',
      url: '/api/v1/session',
      payload: { name, password: CHOSEN },
      remoteAddress: '192.0.2.1',
    });
    const cookie = String(answer.headers['set-cookie']).split(';')[0] ?? '';
    return { cookie, 'x-lintel-csrf': session.parse(answer.body).csrfToken };
  }

  /** One whose time is known, and one whose terminal did not know it. */
  async #punches({ terminalId, siteId }: { terminalId: string; siteId: string }, personId: string) {
    const { db } = this.#hub;
    const logId = randomUUID();
    const atMs = Temporal.Instant.from(NOW).epochMilliseconds;
    await db.now.insertInto('up_logs').values({ log_id: logId, terminal_id: terminalId }).execute();
    for (const [seq, clock_trust] of [
      [1, 'synced'],
      [2, 'lost'],
    ] as const) {
      const entry = { log_id: logId, seq, hash: `${seq}`, received_at_ms: atMs };
      await db.now
        .insertInto('up_entries')
        .values({ ...entry, kind: 'punch', prev: '', entry: '{}' })
        .execute();
      await db.now
        .insertInto('punches')
        .values({
          ...entry,
          hash: 'a'.repeat(64),
          terminal_id: terminalId,
          site_id: siteId,
          person_id: personId,
          method: 'face',
          clock_trust,
          punched_at_ms: atMs,
          at_ms: atMs,
        })
        .execute();
    }
    return { punchId: `${logId}:1`, lostPunchId: `${logId}:2` };
  }

  /** A computed day with a difference booked beside it, and a case to look at. */
  async #days(
    { terminalId, siteId }: { readonly terminalId: string; readonly siteId: string },
    personId: string,
  ) {
    const { db } = this.#hub;
    const computed = computeDocument({
      zone: 'Asia/Shanghai',
      period: { from: DATE, to: DATE },
      rule: { sections: [{ on: '09:00', off: '18:00' }] },
      punches: [],
    });
    const result = computed.ok ? computed.value.days[0] : undefined;
    if (result === undefined) throw new Error('one day is asked for');
    const days = new AttendanceDayRepository(db);
    const stored = { personId, date: DATE, inputsHash: personId };
    await days.save([
      {
        ...stored,
        state: 'provisional',
        ruleVersion: null,
        figures: {},
        result: { ...result, personId },
        settlesAt: null,
        reviewAt: null,
      },
    ]);
    const difference = { figure: 'late.count', locked: 0, now: 1, difference: 1, bookedAtMs: 0 };
    await days.book([{ ...stored, ...difference }]);
    const caseKey = `duty|${personId}|${DATE}|1|on`;
    const finding = {
      key: caseKey,
      kind: 'missing',
      detail: null,
      personId,
      date: 20_514,
      terminalId,
      siteId,
      duty: { section: 0, kind: 'on' },
      punchId: null,
      seconds: 0,
      count: 1,
    } as const;
    const event = { kind: 'found', at: 0, finding } as const;
    await new CaseRepository(db).record([{ key: caseKey, event }], new Map(), 'day');
    return { caseKey };
  }

  /** What somebody writes and is given: a form that was handed in, a file, a vote lent, days of leave. */
  async #papers(
    { subject, manager }: { readonly subject: Headers; readonly manager: Headers },
    { name, personId, staffId }: Record<'name' | 'personId' | 'staffId', string>,
  ) {
    const path = '/approvals/forms';
    const extent = { kind: 'outing', from: '2026-03-03T10:00', to: '2026-03-03T11:00' };
    const attachmentId = await this.#file(name, subject);
    const content = {
      subject: extent,
      reason: 'bank',
      answers: {},
      attachmentIds: [attachmentId],
    };
    const payload = { templateId: 'outing', content };
    const begun = form.parse(await this.must({ method: 'POST', path, payload }, subject));
    const { formId, revision } = begun;
    const handed = { method: 'POST', path: `${path}/${formId}/submission` } as const;
    await this.must({ ...handed, payload: { revision } }, subject);
    const lent = {
      toPersonId: staffId,
      from: '2026-04-01T00:00:00Z',
      to: '2026-04-02T00:00:00Z',
      kinds: null,
    };
    const lending = { method: 'POST', path: '/approvals/delegations', payload: lent } as const;
    const made = delegation.parse(await this.must(lending, manager));
    const days = { from: '2026-01-01', to: '2026-12-31', amount: 480, reason: 'carried over' };
    const given = { personId, leaveTypeId: 'annual', ...days };
    const granting = { method: 'POST', path: '/approvals/grants', payload: given } as const;
    const leave = leaveGrant.parse(await this.must(granting));
    return {
      formId,
      attachmentId,
      delegationId: made.delegationId,
      leaveGrantId: leave.grantId,
    };
  }

  async #file(name: string, subject: Headers): Promise<string> {
    const headers = { 'content-type': 'image/png' };
    const path = `/approvals/attachments?name=${name}.png`;
    const file = await this.must({ method: 'POST', path, payload: PNG, headers }, subject);
    return attachment.parse(file).attachmentId;
  }

  async #eventOf(personId: string) {
    const window = { from: '2026-03-03T09:00', to: '2026-03-03T10:00' };
    const payload = { name: 'meeting', ...window, roster: [personId] };
    const event = await this.must({ method: 'POST', path: '/attendance/events', payload });
    const wanted = {
      kind: 'days',
      period: { from: DATE, to: DATE },
      format: 'csv',
      language: 'en',
    };
    const job = await this.must({ method: 'POST', path: '/exports', payload: wanted });
    return {
      eventId: groupEvent.parse(event).eventId,
      exportId: exportJob.parse(job).exportId,
    };
  }
}
