import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { DelegationText, newDelegation } from '#contracts/rest/v1/approvals';
import { bilingual } from '#domain/approvals/bilingual';
import { checkDelegation, type Delegation } from '#domain/approvals/delegation/delegation';
import { fault } from '#domain/approvals/fault';
import type { Reach } from '#domain/authority/reach';
import { failed, ok, type Result } from '#domain/result';
import type { Caller } from '#hub/approvals/caller';
import type { ApprovalFailure } from '#hub/approvals/form-failure';
import type { ApproverRepository } from '#hub/storage/approver-repository';
import type { DelegationRepository } from '#hub/storage/delegation-repository';
import type { HubDatabase } from '#hub/storage/hub-database';
import type { Clock } from '#platform/clock/clock';

interface DelegationDeskDeps {
  readonly db: HubDatabase;
  readonly delegations: DelegationRepository;
  readonly approvers: ApproverRepository;
  readonly clock: Clock;
}

/** Where votes are lent. One's own always; somebody else's by whoever is in charge of them. */
export class DelegationDesk {
  readonly #deps: DelegationDeskDeps;

  constructor(deps: DelegationDeskDeps) {
    this.#deps = deps;
  }

  /** Those in force or to come: of oneself, or of somebody in reach. */
  async list(
    caller: Caller,
    personId: string | undefined,
  ): Promise<Result<DelegationText[], ApprovalFailure>> {
    const whose = personId ?? caller.personId;
    if (whose === null) return ok([]);
    const isKnown = await this.#isWithin(whose, caller, caller.reach);
    if (!isKnown) return failed({ kind: 'absent' });
    const found = await this.#deps.delegations.touching([whose], this.#now());
    return ok(found.map(shown));
  }

  async add(
    caller: Caller,
    given: z.output<typeof newDelegation>,
  ): Promise<Result<DelegationText, ApprovalFailure>> {
    const { db, delegations, approvers, clock } = this.#deps;
    const fromPersonId = given.fromPersonId ?? caller.personId;
    if (fromPersonId === null) return failed({ kind: 'invalid', faults: [NO_LENDER] });
    const delegation: Delegation = {
      id: randomUUID(),
      fromPersonId,
      toPersonId: given.toPersonId,
      from: secondOf(given.from),
      to: secondOf(given.to),
      kinds: given.kinds === null ? null : new Set(given.kinds),
      revokedAt: null,
    };
    return await db.transaction(async () => {
      const isLender = await this.#isWithin(fromPersonId, caller, caller.office);
      const holder = await approvers.applicant(given.toPersonId, ANYBODY);
      if (!isLender || holder === undefined) return failed({ kind: 'absent' });
      const now = this.#now();
      const others = await delegations.touching([fromPersonId], now);
      const faults = checkDelegation(delegation, others, now);
      if (faults.length > 0) return failed({ kind: 'conflict', faults });
      await delegations.add(delegation, {
        byId: caller.by,
        atMs: clock.now().epochMilliseconds,
      });
      return ok(shown(delegation));
    });
  }

  async revoke(caller: Caller, delegationId: string): Promise<Result<undefined, ApprovalFailure>> {
    const { db, delegations } = this.#deps;
    return await db.transaction(async () => {
      const { office: reach, personId } = caller;
      const found = await delegations.get(delegationId, { reach, personId });
      if (found === undefined) return failed({ kind: 'absent' });
      await delegations.revoke(delegationId, this.#now());
      return ok(undefined);
    });
  }

  async #isWithin(personId: string, caller: Caller, reach: Reach): Promise<boolean> {
    const within = personId === caller.personId ? ANYBODY : reach;
    return (await this.#deps.approvers.applicant(personId, within)) !== undefined;
  }

  #now(): number {
    return Math.floor(this.#deps.clock.now().epochMilliseconds / 1000);
  }
}

const ANYBODY: Reach = { kind: 'everybody', except: new Set() };

function secondOf(text: string): number {
  return Math.floor(Temporal.Instant.from(text).epochMilliseconds / 1000);
}

function shown(delegation: Delegation): DelegationText {
  const { id: delegationId, fromPersonId, toPersonId, from, to, kinds, revokedAt } = delegation;
  return {
    delegationId,
    fromPersonId,
    toPersonId,
    from: textOf(from),
    to: textOf(to),
    kinds: kinds === null ? null : [...kinds],
    revokedAt: revokedAt === null ? null : textOf(revokedAt),
  };
}

function textOf(at: number): string {
  return Temporal.Instant.fromEpochMilliseconds(at * 1000).toString();
}

const NO_LENDER = fault(
  'lender',
  'fromPersonId',
  bilingual(
    '此账号没有对应的员工，请写明是谁的审批权',
    'this account belongs to no member of staff; say whose vote is lent',
  ),
);
