import { punchPlacementRoutes } from '#contracts/rest/v1/punch-placement';
import { actorName } from '#hub/api/actor-name';
import { requireMayJudge } from '#hub/api/limits-of-reach';
import { ProblemError } from '#hub/api/problem';
import type { RouteBook } from '#hub/api/route-book';
import type { PlacementDesk, PlacementFailure } from '#hub/attendance/placement-desk';

export function servePunchPlacement(book: RouteBook, desk: PlacementDesk): void {
  book.serve(punchPlacementRoutes, {
    listUnplaced: async ({ reach, page: { limit, after } }) => {
      const { punches, next } = await desk.waiting({ limit, after, reach });
      return { body: { punches }, next };
    },
    placePunch: async ({ params: { punchId }, body: { at, note }, ...asked }) => {
      const { actor, reach, reachBy } = asked;
      const personId = await desk.personOf(punchId, reachBy('exceptions', 'view'));
      if (personId !== undefined) requireMayJudge(actor, personId, 'punch');
      const { epochMilliseconds: atMs } = Temporal.Instant.from(at);
      const placed = await desk.place(punchId, { atMs, note, reach, by: actorName(actor) });
      if (!placed.ok) throw problemOf(placed.failure);
      return { body: placed.value };
    },
  });
}

function problemOf(failure: PlacementFailure): ProblemError {
  if (failure.kind === 'absent') return new ProblemError('absent');
  const errors = failure.refusals.map(({ path, ...reason }) => ({ path, reason }));
  return new ProblemError(failure.kind === 'refused' ? 'invalid' : 'conflict', { errors });
}
