import { bilingual } from '#domain/approvals/bilingual';
import type { ApproverRule, Chain, ChainStep, StepMode } from '#domain/approvals/chain/chain';
import { type ConditionFacts, holds } from '#domain/approvals/chain/condition';
import {
  headsOf,
  isEligible,
  managersOf,
  type Organisation,
} from '#domain/approvals/chain/organisation';
import { type Fault, fault } from '#domain/approvals/fault';
import { failed, ok, type Result } from '#domain/result';

/** A step with names in it. The applicant is never one of them. */
export interface ResolvedStep {
  readonly id: string;
  readonly mode: StepMode;
  readonly approverIds: readonly string[];
  /** `fallback`: nobody the step names can decide, the template's stand-ins do. */
  readonly via: 'chain' | 'fallback';
}

/** Why a step of the template is not asked. */
export interface DroppedStep {
  readonly id: string;
  readonly why: 'condition' | 'missing' | 'repeated';
}

/** Whom a form will ask, in order; shown before submission and kept with the form. */
export interface ResolvedChain {
  readonly steps: readonly ResolvedStep[];
  readonly dropped: readonly DroppedStep[];
}

export type ChainFaultCode = 'noApprover' | 'unattended';

/** Puts names to the chain of a template for one applicant. */
export function resolveChain(
  chain: Chain,
  organisation: Organisation,
  facts: ConditionFacts & { readonly applicantId: string },
): Result<ResolvedChain, Fault<ChainFaultCode>> {
  const steps: ResolvedStep[] = [];
  const dropped: DroppedStep[] = [];
  for (const step of chain.steps) {
    const drop = (why: DroppedStep['why']): number => dropped.push({ id: step.id, why });
    if (!step.when.every((condition) => holds(condition, facts))) {
      drop('condition');
      continue;
    }
    const named = resolveStep(step, chain, { organisation, applicantId: facts.applicantId });
    if (named.approverIds.length === 0) {
      if (chain.fallback.kind !== 'skip') return failed(noApprover(step));
      drop('missing');
      continue;
    }
    const remaining = withoutRepeated(named, steps.at(-1));
    if (remaining === null) drop('repeated');
    else steps.push(remaining);
  }
  if (steps.length === 0 && chain.unattended === 'refuse') return failed(UNATTENDED);
  return ok({ steps, dropped });
}

interface Place {
  readonly organisation: Organisation;
  readonly applicantId: string;
}

function resolveStep(step: ChainStep, { fallback }: Chain, place: Place): ResolvedStep {
  const base = { id: step.id, mode: step.mode };
  const named = unique(step.approvers.flatMap((rule) => approversOf(rule, place)));
  if (named.length > 0) return { ...base, approverIds: named, via: 'chain' };
  const stand = fallback.kind === 'people' ? approversOf(fallback, place) : [];
  return { ...base, approverIds: unique(stand), via: 'fallback' };
}

function approversOf(rule: ApproverRule, { organisation, applicantId }: Place): readonly string[] {
  if (rule.kind === 'directManager') return managersOf(organisation, applicantId, applicantId);
  if (rule.kind === 'departmentHead') return headsOf(organisation, applicantId, rule.levelsUp);
  return rule.personIds.filter((id) => isEligible(organisation, id, applicantId));
}

/**
 * Nobody is asked twice in a row. Whoever must have agreed for the step before to pass (its only
 * approver, or each of an all-of step) is taken out of an all-of step and settles an any-of step.
 */
function withoutRepeated(
  step: ResolvedStep,
  before: ResolvedStep | undefined,
): ResolvedStep | null {
  if (before === undefined) return step;
  const asked = new Set(before.approverIds);
  const same =
    step.mode === before.mode &&
    asked.size === step.approverIds.length &&
    step.approverIds.every((id) => asked.has(id));
  if (same) return null;
  if (before.mode === 'any' && asked.size > 1) return step;
  const rest = step.approverIds.filter((id) => !asked.has(id));
  if (rest.length === 0 || (step.mode === 'any' && rest.length < step.approverIds.length)) {
    return null;
  }
  return { ...step, approverIds: rest };
}

function unique(ids: readonly string[]): readonly string[] {
  return [...new Set(ids)];
}

function noApprover({ id, name }: ChainStep): Fault<'noApprover'> {
  return fault(
    'noApprover',
    `chain.${id}`,
    bilingual(
      `“${name['zh-CN']}”这一步找不到审批人，请联系管理员补上审批人或备用审批人`,
      `nobody can take the step "${name.en}"; ask an administrator to name an approver or a stand-in`,
    ),
  );
}

const UNATTENDED = fault(
  'unattended',
  'chain',
  bilingual(
    '按当前条件没有任何人审批这张单，请联系管理员检查审批流程',
    'under its conditions nobody would approve this form; ask an administrator to check its chain',
  ),
);
