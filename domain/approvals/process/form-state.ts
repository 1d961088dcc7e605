import type { ResolvedStep } from '#domain/approvals/chain/resolve-chain';
import type { Decision, FormEvent } from '#domain/approvals/process/form-event';

export type FormStatus =
  | 'none'
  | 'draft'
  | 'submitted'
  | 'approved'
  | 'rejected'
  | 'withdrawn'
  | 'revoked';

/** One vote. */
export interface Vote {
  readonly by: string;
  readonly for: string;
  readonly decision: Decision;
  readonly at: number;
}

export interface StepState extends ResolvedStep {
  readonly votes: readonly Vote[];
}

/** Where a form stands: nothing but the sum of its events. */
export interface FormState {
  readonly status: FormStatus;
  readonly origin: 'own' | 'foreign';
  readonly applicantId: string | null;
  readonly resubmits: string | null;
  /** The version it was submitted on, for good. */
  readonly templateVersion: number | null;
  readonly steps: readonly StepState[];
  /** Epoch seconds. An import counts as handed in when it came. */
  readonly submittedAt: number | null;
  readonly endedAt: number | null;
  /** How many events counted; whoever writes says which one they saw last. */
  readonly revision: number;
}

export const NO_FORM: FormState = {
  status: 'none',
  origin: 'own',
  applicantId: null,
  resubmits: null,
  templateVersion: null,
  steps: [],
  submittedAt: null,
  endedAt: null,
  revision: 0,
};

/** Where a form stands after its events. What could not happen is passed over, never obeyed. */
export function formStateOf(events: readonly FormEvent[]): FormState {
  return events.reduce(after, NO_FORM);
}

/** The state after one more event; unchanged when the event could not happen. */
export function after(state: FormState, event: FormEvent): FormState {
  if (!isLawful(state, event)) return state;
  const next = move(state, event);
  const ends = isEnded(next) && next.status !== state.status;
  return { ...next, endedAt: ends ? event.at : state.endedAt, revision: state.revision + 1 };
}

/** Whether a form has come to an end; only an approved one can still be revoked. */
export function isEnded({ status }: FormState): boolean {
  return status !== 'none' && status !== 'draft' && status !== 'submitted';
}

/** The step that is being asked, while the form waits. */
export function currentStep(state: FormState): StepState | undefined {
  if (state.status !== 'submitted') return undefined;
  return state.steps.find((step) => outcomeOf(step) === 'open');
}

/** Those whose vote the form waits for now. */
export function waitingFor(state: FormState): readonly string[] {
  const step = currentStep(state);
  if (step === undefined) return [];
  return step.approverIds.filter((id) => step.votes.every((vote) => vote.for !== id));
}

/** Whether an event may happen in a state. Everything a form must never come to is refused here. */
export function isLawful(state: FormState, event: FormEvent): boolean {
  switch (event.kind) {
    case 'drafted':
    case 'imported':
      return state.status === 'none';
    case 'submitted':
      return state.status === 'draft' && isLawfulChain(state, event);
    case 'decided':
      return isLawfulVote(state, event);
    case 'transferred':
      return isLawfulTransfer(state, event);
    case 'commented':
      return state.status !== 'none';
    case 'withdrawn':
      return state.status === 'draft' || state.status === 'submitted';
    case 'revoked':
      return state.status === 'approved' && event.by !== state.applicantId;
    case 'amended':
      return state.status === 'approved' && state.origin === 'foreign';
  }
}

type Of<K extends FormEvent['kind']> = Extract<FormEvent, { kind: K }>;

function isLawfulChain(
  { applicantId }: FormState,
  { steps, unattended }: Of<'submitted'>,
): boolean {
  if (steps.length === 0) return unattended === 'approve';
  const isOnce = new Set(steps.map(({ id }) => id)).size === steps.length;
  return isOnce && steps.every((step) => isLawfulStep(step, applicantId));
}

function isLawfulStep({ approverIds }: ResolvedStep, applicantId: string | null): boolean {
  const isOnce = new Set(approverIds).size === approverIds.length;
  return isOnce && approverIds.length > 0 && approverIds.every((id) => id !== applicantId);
}

function isLawfulVote(state: FormState, vote: Of<'decided'>): boolean {
  const asked = currentStep(state)?.id === vote.stepId && waitingFor(state).includes(vote.for);
  return asked && vote.by !== state.applicantId;
}

function isLawfulTransfer(state: FormState, { stepId, from, to }: Of<'transferred'>): boolean {
  const step = state.steps.find(({ id }) => id === stepId);
  if (state.status !== 'submitted' || step === undefined) return false;
  const voted = step.votes.some((vote) => vote.for === from);
  const fits = outcomeOf(step) === 'open' && step.approverIds.includes(from) && !voted;
  return fits && to !== state.applicantId && !step.approverIds.includes(to);
}

function move(state: FormState, event: FormEvent): FormState {
  switch (event.kind) {
    case 'drafted':
      return {
        ...state,
        status: 'draft',
        applicantId: event.applicantId,
        resubmits: event.resubmits,
      };
    case 'imported':
      return {
        ...state,
        status: 'approved',
        origin: 'foreign',
        applicantId: event.applicantId,
        submittedAt: event.at,
      };
    case 'submitted':
      return {
        ...state,
        status: event.steps.length === 0 ? 'approved' : 'submitted',
        templateVersion: event.templateVersion,
        submittedAt: event.at,
        steps: event.steps.map((step) => ({ ...step, votes: [] })),
      };
    case 'decided':
      return withVote(state, event);
    case 'transferred':
      return { ...state, steps: state.steps.map((step) => handOver(step, event)) };
    case 'withdrawn':
      return { ...state, status: 'withdrawn' };
    case 'revoked':
      return { ...state, status: 'revoked' };
    case 'commented':
    case 'amended':
      return state;
  }
}

function withVote(state: FormState, event: Of<'decided'>): FormState {
  const { by, at, decision } = event;
  const steps = state.steps.map((step) =>
    step.id === event.stepId
      ? { ...step, votes: [...step.votes, { by, for: event.for, decision, at }] }
      : step,
  );
  const outcomes = steps.map(outcomeOf);
  if (outcomes.includes('rejected')) return { ...state, steps, status: 'rejected' };
  return outcomes.includes('open') ? { ...state, steps } : { ...state, steps, status: 'approved' };
}

function handOver(step: StepState, { stepId, from, to }: Of<'transferred'>): StepState {
  if (step.id !== stepId) return step;
  return { ...step, approverIds: step.approverIds.map((id) => (id === from ? to : id)) };
}

type StepOutcome = 'open' | 'passed' | 'rejected';

/** One yes of an any-of step decides it, one no of an all-of step; else everybody's word is needed. */
function outcomeOf({ mode, approverIds, votes }: StepState): StepOutcome {
  const decisive: Decision = mode === 'any' ? 'approve' : 'reject';
  const settled = votes.some(({ decision }) => decision === decisive);
  if (!settled && votes.length < approverIds.length) return 'open';
  return settled === (mode === 'any') ? 'passed' : 'rejected';
}
