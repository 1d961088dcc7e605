import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import type { ResolvedChain } from '#domain/approvals/chain/resolve-chain';
import { type Delegation, principalsOf } from '#domain/approvals/delegation/delegation';
import { type Fault, fault } from '#domain/approvals/fault';
import type { Decision, FormEvent } from '#domain/approvals/process/form-event';
import {
  after,
  currentStep,
  type FormState,
  isEnded,
  isLawful,
  waitingFor,
} from '#domain/approvals/process/form-state';
import type { FormKind, Template } from '#domain/approvals/template/template';
import { failed, ok, type Result } from '#domain/result';

export type ActFaultCode =
  | 'formAbsent'
  | 'formEnded'
  | 'notDraft'
  | 'notSubmitted'
  | 'notApproved'
  | 'notEnded'
  | 'ownForm'
  | 'notYours'
  | 'notApplicant'
  | 'notTransferable'
  | 'reasonMissing';

/** Events to be stored in one transaction, or why nothing happens. */
export type Acted = Result<readonly FormEvent[], Fault<ActFaultCode>>;

interface Actor {
  readonly by: string;
  readonly at: number;
}

/** Longest reason or comment; a page of text. */
export const REMARK_LENGTH_MAX = 2000;

/** Hands a draft in. The chain was resolved, and the content judged, just before. */
export function submit(
  state: FormState,
  { by, at }: Actor,
  template: Pick<Template, 'version' | 'chain'>,
  chain: Pick<ResolvedChain, 'steps'>,
): Acted {
  return only(state, 'notDraft', {
    kind: 'submitted',
    at,
    by,
    templateVersion: template.version,
    steps: chain.steps,
    unattended: template.chain.unattended,
  });
}

/**
 * Votes for oneself and for everybody whose vote one holds at that moment. Each vote is an event of
 * its own that says whose it is; votes that no longer change anything are not cast.
 */
export function decide(
  state: FormState,
  act: Actor & { readonly decision: Decision; readonly comment: string },
  lent: { readonly delegations: readonly Delegation[]; readonly kind: FormKind },
): Acted {
  const { by, at, decision } = act;
  const step = currentStep(state);
  if (step === undefined) return refused(isEnded(state) ? 'formEnded' : 'notSubmitted');
  if (by === state.applicantId) return refused('ownForm');
  if (decision === 'reject' && act.comment.trim() === '') return refused('reasonMissing');
  const voices = [by, ...principalsOf(by, lent.delegations, { at, kind: lent.kind })];
  const events: FormEvent[] = [];
  let now = state;
  for (const voice of waitingFor(state).filter((id) => voices.includes(id))) {
    const vote: FormEvent = {
      kind: 'decided',
      at,
      by,
      stepId: step.id,
      for: voice,
      decision,
      comment: act.comment,
    };
    if (!isLawful(now, vote)) break;
    events.push(vote);
    now = after(now, vote);
  }
  return events.length === 0 ? refused('notYours') : ok(events);
}

/** Takes a form back before its end; only the applicant's own word does that. */
export function withdraw(state: FormState, act: Actor & { readonly reason: string }): Acted {
  if (isEnded(state)) return refused('formEnded');
  if (act.by !== state.applicantId) return refused('notApplicant');
  return only(state, 'formAbsent', { kind: 'withdrawn', ...written(act), reason: act.reason });
}

/**
 * Takes an approved form's effect back. Whoever voted on it may, and whoever has the office to; the
 * applicant asks one of them.
 *
 * @param act.office `approver`: no office beyond having voted
 */
export function revoke(
  state: FormState,
  act: Actor & { readonly reason: string; readonly office: 'approver' | 'administrator' },
): Acted {
  if (state.status !== 'approved') return refused('notApproved');
  if (act.by === state.applicantId) return refused('ownForm');
  if (act.reason.trim() === '') return refused('reasonMissing');
  const voted = state.steps.some(({ votes }) =>
    votes.some((vote) => vote.by === act.by || vote.for === act.by),
  );
  if (act.office === 'approver' && !voted) return refused('notYours');
  return ok([{ kind: 'revoked', ...written(act), reason: act.reason }]);
}

/** Says something about a form, at any time and after its end too. */
export function comment(state: FormState, act: Actor & { readonly text: string }): Acted {
  if (act.text.trim() === '') return refused('reasonMissing');
  return only(state, 'formAbsent', { kind: 'commented', ...written(act), text: act.text });
}

/** Hands a vote that was not cast to somebody else: the approver's own wish, or an administrator's. */
export function transfer(
  state: FormState,
  act: Actor & { readonly from: string; readonly to: string; readonly reason: string },
): Acted {
  const step = state.steps.find(
    ({ approverIds, votes }) =>
      approverIds.includes(act.from) && votes.every((vote) => vote.for !== act.from),
  );
  if (act.by === state.applicantId || act.to === state.applicantId) return refused('ownForm');
  return only(state, 'notTransferable', {
    kind: 'transferred',
    ...written(act),
    stepId: step?.id ?? '',
    from: act.from,
    to: act.to,
    reason: act.reason,
  });
}

/** Begins a form again after its end: a new one, linked to the old, which stays as it was. */
export function resubmit(state: FormState, act: Actor & { readonly formId: string }): Acted {
  const { status, applicantId } = state;
  if (status !== 'rejected' && status !== 'withdrawn' && status !== 'revoked') {
    return refused('notEnded');
  }
  if (applicantId === null || act.by !== applicantId) return refused('notApplicant');
  return ok([{ kind: 'drafted', ...written(act), applicantId, resubmits: act.formId }]);
}

function written({ by, at }: Actor): Actor {
  return { by, at };
}

function only(state: FormState, otherwise: ActFaultCode, event: FormEvent): Acted {
  return isLawful(state, event) ? ok([event]) : refused(otherwise);
}

function refused(code: ActFaultCode): Acted {
  return failed(fault(code, '', TEXTS[code]));
}

const TEXTS: Readonly<Record<ActFaultCode, Bilingual>> = {
  formAbsent: bilingual('没有这张单', 'there is no such form'),
  formEnded: bilingual(
    '这张单已经结束，不能再改；如有需要请重新提交一张',
    'this form has come to its end; hand in a new one if needed',
  ),
  notDraft: bilingual('这张单已经提交过了', 'this form was handed in already'),
  notSubmitted: bilingual('这张单还没有提交', 'this form has not been handed in yet'),
  notApproved: bilingual('只有已通过的单才能撤销', 'only an approved form can be revoked'),
  notEnded: bilingual(
    '只有被驳回、撤回或撤销的单才能重新提交',
    'only a rejected, withdrawn or revoked form is handed in again',
  ),
  ownForm: bilingual(
    '不能审批、转交或撤销自己的单，请由其他审批人处理',
    'nobody decides on their own form; somebody else has to',
  ),
  notYours: bilingual(
    '现在不需要您审批这张单，可能已由他人处理，请刷新',
    'this form does not wait for you; somebody may have decided it, reload',
  ),
  notApplicant: bilingual('只有申请人本人可以这样做', 'only the applicant can do this'),
  notTransferable: bilingual(
    '这一票不能转交：可能已经投过，或对方已在审批人之中',
    'this vote cannot be handed over: it is cast already, or the other is an approver too',
  ),
  reasonMissing: bilingual('请写明理由', 'say why'),
};
