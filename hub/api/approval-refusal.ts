import type { Fault } from '#domain/approvals/fault';
import type { Result } from '#domain/result';
import { type FieldFault, ProblemError } from '#hub/api/problem';
import type { ApprovalFailure } from '#hub/approvals/form-failure';

const ERRORS_MAX = 100; // of a template of fifty fields the first are enough

/** What came of it. @throws ProblemError that says why nothing did, in both languages */
export function accepted<T>(result: Result<T, ApprovalFailure>): T {
  if (result.ok) return result.value;
  const { failure } = result;
  if (failure.kind === 'absent' || failure.kind === 'stale') throw new ProblemError(failure.kind);
  throw new ProblemError(failure.kind, { errors: errorsOf(failure.faults) });
}

function errorsOf(faults: readonly Fault[]): FieldFault[] {
  return faults.slice(0, ERRORS_MAX).map(({ path, 'zh-CN': zh, en }) => ({
    path,
    reason: { 'zh-CN': zh, en },
  }));
}
