import { type FormContentText, formContent } from '#contracts/rest/v1/approval-form';
import { decide } from '#domain/approvals/process/act';
import type { Reach } from '#domain/authority/reach';
import type { Caller } from '#hub/approvals/caller';
import type { FormAnswer } from '#hub/approvals/form-desk';
import { type Approvals, openApprovals } from '#hub/approvals/open-approvals';
import type { StoredFormRow } from '#hub/storage/form-repository';
import { createLogger } from '#platform/log/logger';
import { AttendanceBench } from '#tests/hub/attendance-bench';
import { removeFolder, temporaryFolder } from '#tests/hub/running-hub';

const NOBODY: Reach = { kind: 'nobody' };

/** Forms over a real database, wired as the hub wires them, at a time the test sets. */
export class ApprovalBench {
  readonly days: AttendanceBench;
  readonly approvals: Approvals;
  readonly folder: string;

  static async open(now: string): Promise<ApprovalBench> {
    const folder = temporaryFolder();
    const bench = new ApprovalBench(await AttendanceBench.open(folder, now), folder);
    await bench.approvals.found();
    return bench;
  }

  private constructor(days: AttendanceBench, folder: string) {
    this.days = days;
    this.folder = folder;
    const { db, clock, attendance } = days;
    this.approvals = openApprovals({
      ...attendance,
      db,
      clock,
      logger: createLogger('hub', 'silent'),
      dataDir: folder,
    });
  }

  async close(): Promise<void> {
    await this.days.close();
    removeFolder(this.folder);
  }

  /** Somebody who reports to somebody. */
  async person(name: string, managerId: string | null = null): Promise<string> {
    const personId = await this.days.person(name);
    const { now } = this.days.db;
    await now
      .updateTable('people')
      .set({ manager_id: managerId, employed_from: '2020-03-01' })
      .where('person_id', '=', personId)
      .execute();
    return personId;
  }

  /** A member of staff, signed in. */
  async staff(personId: string, change: Partial<Caller> = {}): Promise<Caller> {
    const actor = {
      kind: 'account',
      accountId: personId,
      personId,
      standings: [],
      onBehalfOf: null,
    } as const;
    const own: Reach = { ...EVERYBODY, kind: 'some', ...ONLY, people: new Set([personId]) };
    const caller = await this.approvals.callers.of(actor, { reach: own, office: NOBODY });
    return { ...caller, ...change };
  }

  /** Somebody in charge of everybody but themselves. */
  async office(personId: string | null = null): Promise<Caller> {
    const actor = {
      kind: 'account',
      accountId: personId ?? 'admin',
      personId,
      standings: [],
      onBehalfOf: null,
    } as const;
    const except = new Set(personId === null ? [] : [personId]);
    const office: Reach = { kind: 'everybody', except };
    return await this.approvals.callers.of(actor, { reach: EVERYBODY, office });
  }

  /** Written and handed in. */
  async submitted(caller: Caller, templateId: string, subject: object): Promise<FormAnswer> {
    const { formDesk } = this.approvals;
    const begun = await formDesk.begin(caller, { templateId, content: contentFor(subject) });
    if (!begun.ok) return begun;
    const { formId, state } = begun.value;
    return await formDesk.submit(caller, { formId, revision: state.revision });
  }

  async decided(
    caller: Caller,
    form: StoredFormRow,
    decision: 'approve' | 'reject',
  ): Promise<FormAnswer> {
    const { formId, kind, state } = form;
    const seen = { formId, revision: state.revision };
    return await this.approvals.formDesk.act(caller, seen, (now, { by, at, delegations }) =>
      decide(now.state, { by, at, decision, comment: 'no cover' }, { delegations, kind }),
    );
  }
}

const EVERYBODY = { kind: 'everybody', except: new Set<string>() } as const;
const ONLY = {
  departments: new Set<string>(),
  sites: new Set<string>(),
  crossings: [],
} as const;

export function contentFor(subject: object): FormContentText {
  return formContent.parse({ subject, reason: '', answers: {}, attachmentIds: [] });
}

/** What came of it; a refusal fails the test and says why. */
export function done<T>(answer: { ok: true; value: T } | { ok: false; failure: unknown }): T {
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
  return answer.value;
}
