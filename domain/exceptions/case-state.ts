import type { Finding } from '#domain/exceptions/finding';

/**
 * What somebody decided about a case. It changes no day: days change by forms, punches and a manager's
 * word over a result, and the case then goes by itself.
 */
export type Resolution =
  /** There was a reason; the day stays as it is. */
  | 'explained'
  | 'excused'
  /** A make-up was asked for; the case goes when it is approved. */
  | 'makeupAsked'
  /** A punch whose time was unknown got its time. */
  | 'punchPlaced'
  /** Looked at, and right: the face was theirs, the strangers were visitors. */
  | 'confirmed'
  /** The explanation was not accepted: it stands. */
  | 'rejected';

/** One thing that happened to a case. */
export type CaseEvent = { readonly at: number } & (
  | { readonly kind: 'found'; readonly finding: Finding }
  /** Recomputing found it changed; `worse` reopens what was resolved. */
  | { readonly kind: 'changed'; readonly finding: Finding; readonly worse: boolean }
  | { readonly kind: 'vanished'; readonly healedBy: readonly string[] }
  | { readonly kind: 'assigned'; readonly by: string; readonly to: string | null }
  | {
      readonly kind: 'resolved';
      readonly by: string;
      readonly resolution: Resolution;
      readonly note: string;
    }
  | { readonly kind: 'reopened'; readonly by: string; readonly reason: string }
);

export type CaseStatus = 'none' | 'open' | 'assigned' | 'resolved' | 'vanished';

/** Where a case stands: the sum of its events. */
export interface CaseState {
  readonly status: CaseStatus;
  /** As it was found last; null before it was. */
  readonly finding: Finding | null;
  readonly assigneeId: string | null;
  /** The last one, kept when the case goes or is opened again. */
  readonly resolution: Resolution | null;
  readonly note: string;
  readonly reopened: number;
  /** Forms that acted when it went. */
  readonly healedBy: readonly string[];
  readonly revision: number;
}

export const NO_CASE: CaseState = {
  status: 'none',
  finding: null,
  assigneeId: null,
  resolution: null,
  note: '',
  reopened: 0,
  healedBy: [],
  revision: 0,
};

/** Where a case stands after its events; what could not happen is passed over. */
export function caseStateOf(events: readonly CaseEvent[]): CaseState {
  return events.reduce(afterEvent, NO_CASE);
}

export function afterEvent(state: CaseState, event: CaseEvent): CaseState {
  return canHappen(state, event) ? { ...move(state, event), revision: state.revision + 1 } : state;
}

/** Whether somebody still has to look at it. */
export function isPending({ status }: CaseState): boolean {
  return status === 'open' || status === 'assigned';
}

/** Whether an event may happen in a state. */
export function canHappen(state: CaseState, { kind }: CaseEvent): boolean {
  const { status } = state;
  switch (kind) {
    case 'found':
      return status === 'none' || status === 'vanished';
    case 'changed':
    case 'vanished':
      return isPending(state) || status === 'resolved';
    case 'assigned':
    case 'resolved':
      return isPending(state);
    case 'reopened':
      return status === 'resolved';
  }
}

function move(state: CaseState, event: CaseEvent): CaseState {
  switch (event.kind) {
    case 'found':
      return state.status === 'none'
        ? { ...state, status: 'open', finding: event.finding }
        : { ...again(state), finding: event.finding, healedBy: [] };
    case 'changed': {
      const reopens = event.worse && state.status === 'resolved';
      return { ...(reopens ? again(state) : state), finding: event.finding };
    }
    case 'vanished':
      return { ...state, status: 'vanished', healedBy: event.healedBy };
    case 'assigned':
      return { ...state, status: event.to === null ? 'open' : 'assigned', assigneeId: event.to };
    case 'resolved':
      return { ...state, status: 'resolved', resolution: event.resolution, note: event.note };
    case 'reopened':
      return again(state);
  }
}

/** Back to whoever had it. */
function again(state: CaseState): CaseState {
  const status = state.assigneeId === null ? 'open' : 'assigned';
  return { ...state, status, reopened: state.reopened + 1 };
}
