import type { Fallback } from '#domain/approvals/chain/chain';
import { isEligible, managersOf, type Organisation } from '#domain/approvals/chain/organisation';
import type { FormEvent } from '#domain/approvals/process/form-event';
import { after, type FormState } from '#domain/approvals/process/form-state';

/** What keeps forms going when an approver leaves. */
export interface Relief {
  /** Votes handed up, each an event. */
  readonly transfers: readonly FormEvent[];
  /** Approvers nobody could be found for; an administrator has to name somebody. */
  readonly stuck: readonly string[];
}

/**
 * Hands the open votes of those who have left to their manager, the next one up, or the template's
 * stand-ins. Run on what still waits whenever the organisation changes; running it again does nothing.
 */
export function relieve(
  state: FormState,
  organisation: Organisation,
  fallback: Fallback,
  act: { readonly by: string; readonly at: number; readonly reason: string },
): Relief {
  const transfers: FormEvent[] = [];
  const stuck = new Set<string>();
  let now = state;
  for (const { stepId, from } of orphanedVotes(state, organisation)) {
    const event = successorsOf(from, { state, organisation, fallback })
      .map((to): FormEvent => ({ kind: 'transferred', ...act, stepId, from, to }))
      .find((each) => after(now, each) !== now);
    if (event === undefined) stuck.add(from);
    else {
      transfers.push(event);
      now = after(now, event);
    }
  }
  return { transfers, stuck: [...stuck] };
}

interface OrphanedVote {
  readonly stepId: string;
  readonly from: string;
}

function orphanedVotes(state: FormState, { people }: Organisation): readonly OrphanedVote[] {
  if (state.status !== 'submitted') return [];
  return state.steps.flatMap(({ id, mode, approverIds, votes }) => {
    if (mode === 'any' && votes.some(({ decision }) => decision === 'approve')) return [];
    return approverIds
      .filter((person) => people.get(person)?.employed !== true)
      .filter((person) => votes.every((vote) => vote.for !== person))
      .map((from) => ({ stepId: id, from }));
  });
}

interface Search {
  readonly state: FormState;
  readonly organisation: Organisation;
  readonly fallback: Fallback;
}

function successorsOf(personId: string, search: Search): readonly string[] {
  const { organisation, fallback } = search;
  const { applicantId } = search.state;
  const standIns = fallback.kind === 'people' ? fallback.personIds : [];
  return [
    ...managersOf(organisation, personId, applicantId),
    ...standIns.filter((id) => isEligible(organisation, id, applicantId)),
  ];
}
