import { auditRoutes } from '#contracts/rest/v1/audit';
import type { RouteBook } from '#hub/api/route-book';
import type { AuditKeeper } from '#hub/audit/audit-keeper';
import type { AuditRepository } from '#hub/storage/audit-repository';

export interface AuditRoutesDeps {
  readonly audit: AuditRepository;
  readonly auditKeeper: AuditKeeper;
}

/** The log of who did what. Its entries name people by id alone, and it is not divided among places. */
export function serveAudit(book: RouteBook, { audit, auditKeeper }: AuditRoutesDeps): void {
  book.serve(auditRoutes, {
    listAudit: async ({ query, page, reach }) => {
      const { from, until, ...conditions } = query;
      const entries = await audit.list({
        ...conditions,
        fromMs: from === undefined ? undefined : Temporal.Instant.from(from).epochMilliseconds,
        untilMs: until === undefined ? undefined : Temporal.Instant.from(until).epochMilliseconds,
        reach,
        limit: page.limit + 1,
        after: page.after?.[0],
      });
      const shown = entries.slice(0, page.limit);
      const last = shown.at(-1);
      const next: [number] | undefined =
        entries.length > page.limit && last !== undefined ? [last.seq] : undefined;
      return { body: { entries: [...shown] }, next };
    },
    verifyAudit: async () => ({ body: await auditKeeper.verify() }),
    auditCheckpoints: async () => ({
      body: { checkpoints: [...(await auditKeeper.checkpoints())] },
    }),
  });
}
