import { exceptionRoutes } from '#contracts/rest/v1/exception-routes';
import { accepted } from '#hub/api/approval-refusal';
import type { RouteBook } from '#hub/api/route-book';
import { actorIdOf } from '#hub/approvals/caller';
import type { Exceptions } from '#hub/exceptions/case-desk';
import type { StoredCase } from '#hub/storage/case-repository';

/** What somebody may have to look at, and what they decided about it. */
export function serveExceptions(book: RouteBook, { cases, caseDesk }: Exceptions): void {
  book.serve(exceptionRoutes, {
    listExceptions: async ({ query, page, reach: people, places }) => {
      const found = await cases.list(query, { people, places }, page);
      return { body: { exceptions: await caseDesk.shown(found.cases) }, next: found.next };
    },
    groupExceptions: async ({ query: { by, ...query }, reach: people, places }) => ({
      body: { groups: await cases.groups(query, by, { people, places }) },
    }),
    readLockWarning: async ({ query }) => ({
      body: { warning: await caseDesk.lockWarning(query.through) },
    }),
    handleExceptions: async ({ body, actor, reach: people, places }) => {
      const handler = { by: actorIdOf(actor), reach: { people, places } };
      return { body: await caseDesk.handleAll(handler, body.keys, body.act) };
    },
    readException: async ({ params: { key }, reach: people, places, refuse }) => {
      const found = (await cases.within([key], { people, places })).get(key);
      const [body] = found === undefined ? [] : await caseDesk.shown([found]);
      if (found === undefined || body === undefined) throw refuse('absent');
      return { body, version: caseVersion(found) };
    },
    handleException: async (asked) => {
      const { params, body: act, actor, reach: people, places, refuse } = asked;
      const handler = { by: actorIdOf(actor), reach: { people, places } };
      const isExpected = (found: StoredCase): boolean => asked.isExpected(caseVersion(found));
      const handled = accepted(await caseDesk.handle(handler, { ...params, act }, isExpected));
      const [body] = await caseDesk.shown([handled]);
      if (body === undefined) throw refuse('absent');
      return { body, version: caseVersion(handled) };
    },
  });
}

function caseVersion({ state }: StoredCase): string {
  return `r${state.revision}`;
}
