import { isInForce } from '#domain/approvals/delegation/delegation';
import type { FormKind } from '#domain/approvals/template/template';
import type { Actor } from '#domain/authority/actor';
import type { Reach } from '#domain/authority/reach';
import type { DelegationRepository } from '#hub/storage/delegation-repository';
import type { FormViewer } from '#hub/storage/form-repository';
import type { Clock } from '#platform/clock/clock';

/** Somebody who asks about forms: what they may see, and about whom they may act by their office. */
export interface Caller extends FormViewer {
  readonly office: Reach;
}

interface CallersDeps {
  readonly delegations: DelegationRepository;
  readonly clock: Clock;
}

/** Finds out who asks. */
export class Callers {
  readonly #deps: CallersDeps;

  constructor(deps: CallersDeps) {
    this.#deps = deps;
  }

  async of(actor: Actor, { reach, office }: Pick<Caller, 'reach' | 'office'>): Promise<Caller> {
    const { delegations, clock } = this.#deps;
    const personId = personOf(actor);
    const now = Math.floor(clock.now().epochMilliseconds / 1000);
    const lent = personId === null ? [] : await delegations.touching([personId], now);
    const voices = lent
      .filter((each) => each.toPersonId === personId)
      .filter((each) => isInForce(each, now, firstOf(each.kinds)))
      .map(({ fromPersonId, kinds }) => ({
        personId: fromPersonId,
        kinds: kinds === null ? null : [...kinds],
      }));
    return { by: actorIdOf(actor), personId, voices, reach, office };
  }
}

/** Any kind that was lent: whether the time is right is what is asked. */
function firstOf(kinds: ReadonlySet<FormKind> | null): FormKind {
  return kinds?.values().next().value ?? 'leave';
}

function personOf(actor: Actor): string | null {
  return actor.kind === 'account' ? actor.personId : null;
}

/** As events name whoever acted: a person, else an account, a program, a part of the hub. */
export function actorIdOf(actor: Actor): string {
  switch (actor.kind) {
    case 'account':
      return actor.personId ?? `account:${actor.accountId}`;
    case 'client':
      return `client:${actor.clientId}`;
    case 'system':
      return `system:${actor.part}`;
  }
}
