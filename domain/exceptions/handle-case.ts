import { type Bilingual, bilingual } from '#domain/approvals/bilingual';
import { type Fault, fault } from '#domain/approvals/fault';
import {
  type CaseEvent,
  type CaseState,
  canHappen,
  type Resolution,
} from '#domain/exceptions/case-state';
import type { CaseKind } from '#domain/exceptions/exception-kind';
import type { KeyedEvent } from '#domain/exceptions/reconcile';
import { failed, ok, type Result } from '#domain/result';

/** What somebody does to a case, or to many. */
export type CaseAct =
  | { readonly kind: 'assign'; readonly to: string | null }
  | { readonly kind: 'resolve'; readonly resolution: Resolution; readonly note: string }
  | { readonly kind: 'reopen'; readonly reason: string };

export type CaseFaultCode =
  | 'caseAbsent'
  | 'caseOwn'
  | 'caseClosed'
  | 'caseNotResolved'
  | 'caseResolution'
  | 'caseNote';

/** Cases handled in one request; a department's month fits. */
export const BULK_CASES_MAX = 500;

const TIMES: readonly CaseKind[] = ['late', 'seriousLate', 'early', 'missing', 'absent'];
const PLACES: readonly CaseKind[] = ['outside', 'method'];
const DOUBTS: readonly CaseKind[] = [
  'clock',
  'impossibleTravel',
  'notMe',
  'lowScore',
  'unknownPerson',
  'strangers',
  'entry',
];

/** Which decisions make sense of which case. */
const FITTING: Readonly<Record<Resolution, readonly CaseKind[]>> = {
  explained: [...TIMES, ...PLACES, ...DOUBTS],
  excused: [...TIMES, ...PLACES],
  makeupAsked: TIMES,
  punchPlaced: ['clock', 'missing', 'absent'],
  confirmed: [...PLACES, ...DOUBTS],
  rejected: [...TIMES, ...PLACES, ...DOUBTS],
};

/** These are somebody's judgement, so they say why. */
const NOTED: ReadonlySet<Resolution> = new Set(['explained', 'excused', 'rejected']);

export function fits(resolution: Resolution, kind: CaseKind): boolean {
  return FITTING[resolution].includes(kind);
}

/** Handles one case, or says why not. Nobody handles a case about themselves. */
export function handleCase(
  state: CaseState,
  act: CaseAct,
  { by, at }: { readonly by: string; readonly at: number },
): Result<CaseEvent, Fault<CaseFaultCode>> {
  const { finding } = state;
  if (finding === null) return refused('caseAbsent');
  if (by === finding.personId || isGivenToOwner(state, act)) return refused('caseOwn');
  const event = eventOf(act, { by, at });
  if (!canHappen(state, event)) {
    return refused(act.kind === 'reopen' ? 'caseNotResolved' : 'caseClosed');
  }
  if (act.kind === 'resolve' && !fits(act.resolution, finding.kind)) {
    return refused('caseResolution');
  }
  return lacksNote(act) ? refused('caseNote') : ok(event);
}

/** What a bulk act comes to; those refused are told one by one, the others are done. */
export interface BulkOutcome {
  readonly events: readonly KeyedEvent[];
  readonly refused: readonly { readonly key: string; readonly fault: Fault<CaseFaultCode> }[];
}

/** Handles many cases alike; a key given twice is handled once. */
export function handleCases(
  cases: ReadonlyMap<string, CaseState>,
  act: CaseAct,
  actor: { readonly by: string; readonly at: number },
): BulkOutcome {
  const events: KeyedEvent[] = [];
  const rejected: BulkOutcome['refused'][number][] = [];
  for (const [key, state] of cases) {
    const handled = handleCase(state, act, actor);
    if (handled.ok) events.push({ key, event: handled.value });
    else rejected.push({ key, fault: handled.failure });
  }
  return { events, refused: rejected };
}

function isGivenToOwner({ finding }: CaseState, act: CaseAct): boolean {
  return act.kind === 'assign' && act.to !== null && act.to === finding?.personId;
}

function lacksNote(act: CaseAct): boolean {
  if (act.kind === 'assign') return false;
  if (act.kind === 'reopen') return act.reason.trim() === '';
  return NOTED.has(act.resolution) && act.note.trim() === '';
}

function eventOf(act: CaseAct, actor: { readonly by: string; readonly at: number }): CaseEvent {
  switch (act.kind) {
    case 'assign':
      return { kind: 'assigned', ...actor, to: act.to };
    case 'resolve':
      return { kind: 'resolved', ...actor, resolution: act.resolution, note: act.note };
    case 'reopen':
      return { kind: 'reopened', ...actor, reason: act.reason };
  }
}

function refused(code: CaseFaultCode): Result<never, Fault<CaseFaultCode>> {
  return failed(fault(code, '', TEXTS[code]));
}

const TEXTS: Readonly<Record<CaseFaultCode, Bilingual>> = {
  caseAbsent: bilingual('没有这条异常', 'there is no such exception'),
  caseOwn: bilingual(
    '不能处理自己的异常，请交给其他人',
    'nobody handles an exception of their own; give it to somebody else',
  ),
  caseClosed: bilingual(
    '这条异常已处理或已自动消除，请刷新；如需再处理请先重新打开',
    'this exception is resolved or gone; reload, and reopen it first if needed',
  ),
  caseNotResolved: bilingual(
    '只有已处理的异常才能重新打开',
    'only a resolved exception is opened again',
  ),
  caseResolution: bilingual(
    '这种处理方式不适用于此类异常，请选择其他方式',
    'this decision does not fit this kind of exception; choose another',
  ),
  caseNote: bilingual('请写明理由', 'say why'),
};
