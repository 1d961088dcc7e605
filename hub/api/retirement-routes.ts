import { retirementRoutes } from '#contracts/rest/v1/retirement';
import { actorName } from '#hub/api/actor-name';
import { TERMINAL_ONLINE } from '#hub/api/problem-texts';
import type { RouteBook } from '#hub/api/route-book';
import type { RetirementDesk } from '#hub/site/retirement-desk';

const ONLINE = { errors: [{ path: 'online', reason: TERMINAL_ONLINE }] };

export function serveRetirement(book: RouteBook, desk: RetirementDesk): void {
  book.serve(retirementRoutes, {
    retireTerminal: async ({ params: { terminalId }, body: { online }, actor, places, refuse }) => {
      const retired = await desk.retire(terminalId, { by: actorName(actor), online, places });
      if (retired.ok) return { body: { terminalId, ...retired.value } };
      throw retired.failure === 'absent' ? refuse('absent') : refuse('conflict', ONLINE);
    },
    readmitTerminal: async ({ params: { terminalId }, actor, places, refuse }) => {
      const readmitted = await desk.readmit(terminalId, { by: actorName(actor), places });
      if (!readmitted.ok) throw refuse('absent');
      return {};
    },
  });
}
