import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { grant, NewGrant, Quotas } from '#contracts/rest/v1/approvals';
import { bilingual } from '#domain/approvals/bilingual';
import { fault } from '#domain/approvals/fault';
import { balanceOn } from '#domain/approvals/quota/leave-balance';
import { makeupBalance } from '#domain/approvals/quota/makeup-quota';
import type { LeaveType } from '#domain/approvals/template/leave-type';
import { type DayNumber, dayNumberOf, isoOf } from '#domain/attendance/time/day-number';
import type { ZoneClock } from '#domain/attendance/time/zone-clock';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { Caller } from '#hub/approvals/caller';
import type { ApprovalFailure } from '#hub/approvals/form-failure';
import type { LeaveAccounts } from '#hub/approvals/leave-accounts';
import type { SubmissionReader } from '#hub/approvals/submission-reader';
import type { AttendanceWorld } from '#hub/attendance/attendance-world';
import type { ApprovalTemplateRepository } from '#hub/storage/approval-template-repository';
import type { Applicant, ApproverRepository } from '#hub/storage/approver-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { LeaveGrantRepository, StoredGrant } from '#hub/storage/leave-grant-repository';
import type { Clock } from '#platform/clock/clock';

interface QuotaDeskDeps {
  readonly db: HubDatabase;
  readonly approvers: ApproverRepository;
  readonly templates: ApprovalTemplateRepository;
  readonly grants: LeaveGrantRepository;
  readonly accounts: LeaveAccounts;
  readonly submissions: SubmissionReader;
  readonly world: AttendanceWorld;
  readonly clock: Clock;
}

type GrantText = z.output<typeof grant>;

/** What people have left, and what is granted them by hand. */
export class QuotaDesk {
  readonly #deps: QuotaDeskDeps;

  constructor(deps: QuotaDeskDeps) {
    this.#deps = deps;
  }

  async quotas(
    caller: Caller,
    asked: { readonly personId?: string | undefined; readonly date?: string | undefined },
  ): Promise<Result<Quotas, ApprovalFailure>> {
    const { db, world } = this.#deps;
    const personId = asked.personId ?? caller.personId;
    if (personId === null) return failed({ kind: 'absent' });
    return await db.transaction(async () => {
      const applicant = await this.#within(personId, caller, caller.reach);
      if (applicant === undefined) return failed({ kind: 'absent' });
      const { day: today } = await world.today();
      const date = asked.date === undefined ? today : dayNumberOf(asked.date);
      const { world: now } = await world.now();
      const clock = now.clockOf(now.zone);
      return ok({
        personId,
        date: isoOf(date),
        leave: await this.#leave(applicant, date, clock),
        makeup: await this.#makeup(personId, date, clock),
      });
    });
  }

  async grantsOf(caller: Caller, personId: string): Promise<Result<GrantText[], ApprovalFailure>> {
    const applicant = await this.#within(personId, caller, caller.reach);
    if (applicant === undefined) return failed({ kind: 'absent' });
    return ok((await this.#deps.grants.of(personId)).map(shown));
  }

  /** Of a leave that keeps an account; whole days where it is taken by whole days. */
  async grant(caller: Caller, given: NewGrant): Promise<Result<GrantText, ApprovalFailure>> {
    const { db, approvers, grants, clock } = this.#deps;
    return await db.transaction(async () => {
      const applicant = await approvers.applicant(given.personId, caller.office);
      if (applicant === undefined) return failed({ kind: 'absent' });
      const type = (await this.#leaveTypes()).find(({ type: { id } }) => id === given.leaveTypeId);
      if (type === undefined || type.type.allowance === null) {
        return failed({ kind: 'conflict', faults: [NO_ACCOUNT] });
      }
      if (type.type.unit === 'day' && given.amount % 2 !== 0) {
        return failed({ kind: 'conflict', faults: [WHOLE_DAYS] });
      }
      const atMs = clock.now().epochMilliseconds;
      const stored = { ...given, grantId: randomUUID(), by: caller.by, atMs };
      await grants.add(stored);
      return ok(shown(stored));
    });
  }

  async #leave(applicant: Applicant, date: DayNumber, clock: ZoneClock): Promise<Quotas['leave']> {
    const balances: Quotas['leave'] = [];
    for (const { templateId, type } of await this.#leaveTypes()) {
      const facts = await this.#deps.accounts.of(applicant, type, { templateId, clock });
      const { id: leaveTypeId, name, unit } = type;
      const balance = facts === null ? null : balanceOn(facts, date);
      const lapses = balance?.lapses ?? null;
      const lapsing = lapses === null ? null : { on: isoOf(lapses.on), amount: lapses.amount };
      balances.push({
        leaveTypeId,
        name: { ...name },
        unit,
        balance: balance === null ? null : { ...balance, lapses: lapsing },
      });
    }
    return balances;
  }

  async #makeup(personId: string, date: DayNumber, clock: ZoneClock): Promise<Quotas['makeup']> {
    const { submissions } = this.#deps;
    const subject = {
      kind: 'makeup',
      date,
      duty: 'on',
      section: 0,
      at: 0,
      reason: 'other',
    } as const;
    const { timeline } = await submissions.timelineOf(personId, subject);
    const policy = timeline.rulingOn(date).rule?.makeup;
    if (policy === undefined) return { limit: 0, used: 0, reserved: 0, left: 0 };
    return makeupBalance(policy, await submissions.makeupsOf(personId, date, clock), date);
  }

  async #leaveTypes(): Promise<{ templateId: string; type: LeaveType }[]> {
    const offered = await this.#deps.templates.offered();
    return offered.flatMap(({ id: templateId, template }) =>
      template.leaveTypes.map((type) => ({ templateId, type })),
    );
  }

  async #within(personId: string, caller: Caller, reach: Reach): Promise<Applicant | undefined> {
    const within = personId === caller.personId ? ANYBODY : reach;
    return await this.#deps.approvers.applicant(personId, within);
  }
}

const ANYBODY: Reach = { kind: 'everybody', except: new Set() };

function shown({ atMs, ...grant }: StoredGrant): GrantText {
  return { ...grant, at: Temporal.Instant.fromEpochMilliseconds(atMs).toString() };
}

const NO_ACCOUNT = fault(
  'noAccount',
  'leaveTypeId',
  bilingual(
    '没有这种假期，或这种假期不计额度',
    'there is no such leave, or no account of it is kept',
  ),
);
const WHOLE_DAYS = fault(
  'wholeDays',
  'amount',
  bilingual(
    '按天请的假，额度应为整天（2 个半天为一天）',
    'this leave is granted in whole days: an even number of half-days',
  ),
);
