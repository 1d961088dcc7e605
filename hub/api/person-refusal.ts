import type { Result } from '#domain/result';
import { ProblemError } from '#hub/api/problem';
import type { PersonFailure } from '#hub/people/person-failure';

/** What came of it. @throws ProblemError that says why nothing did */
export function accepted<T>(result: Result<T, PersonFailure>): T {
  if (result.ok) return result.value;
  const { kind, refusals = [] } = result.failure;
  const errors = refusals.map(({ path, ...reason }) => ({ path, reason }));
  throw new ProblemError(kind, { errors });
}
