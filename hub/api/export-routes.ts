import { exportRoutes } from '#contracts/rest/v1/export-routes';
import type { Bilingual } from '#contracts/wire/v1/down-log';
import type { Actor } from '#domain/authority/actor';
import type { Reach } from '#domain/authority/reach';
import { actorKey } from '#hub/api/answered-once';
import { etagOf } from '#hub/api/precondition';
import type { ProblemMore } from '#hub/api/problem';
import { EXPORT_NOT_READY, EXPORT_OVER } from '#hub/api/problem-texts';
import type { RouteBook } from '#hub/api/route-book';
import type { Exports } from '#hub/exports/open-exports';
import { rangeFrom } from '#hub/exports/range-header';
import type { ExportViewer } from '#hub/storage/export-job-repository';

const MEDIA_TYPES = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  json: 'application/json; charset=utf-8',
  jsonl: 'application/jsonl; charset=utf-8',
} as const;

/** Exports: asked for, looked at, stopped, fetched. */
export function serveExports(book: RouteBook, { exportDesk }: Exports): void {
  book.serve(exportRoutes, {
    listExports: async ({ page, ...asked }) => {
      const { exports, next } = await exportDesk.list(viewerOf(asked), page);
      return { body: { exports }, next };
    },
    requestExport: async ({ body, refuse, ...asked }) => {
      const requested = await exportDesk.request(body, viewerOf(asked));
      if (!requested.ok) {
        throw refuse(requested.failure === 'no-template' ? 'absent' : requested.failure);
      }
      return { body: requested.value, location: `/exports/${requested.value.exportId}` };
    },
    readExport: async ({ params, refuse, ...asked }) => {
      const found = await exportDesk.get(params.exportId, viewerOf(asked));
      if (found === undefined) throw refuse('absent');
      return { body: found };
    },
    cancelExport: async ({ params, refuse, ...asked }) => {
      const cancelled = await exportDesk.cancel(params.exportId, viewerOf(asked));
      if (cancelled.ok) return { body: cancelled.value };
      throw cancelled.failure === 'absent'
        ? refuse('absent')
        : refuse('conflict', about(EXPORT_OVER));
    },
    fetchExport: async ({ params, request, refuse, ...asked }) => {
      const found = await exportDesk.file(params.exportId, viewerOf(asked));
      if (!found.ok) {
        throw found.failure === 'absent'
          ? refuse('absent')
          : refuse('conflict', about(EXPORT_NOT_READY));
      }
      const { file, format } = found.value;
      const { range, 'if-range': ifRange } = request.headers;
      // RFC 9110 13.1.5: the rest of another file is of no use to a half of this one.
      const isSame = ifRange === undefined || ifRange === etagOf(file.sha256);
      const part = isSame ? rangeFrom(range, file.bytes) : undefined;
      if (part === 'unfit') throw refuse('range-unfit');
      const content = await exportDesk.read(found.value, part);
      if (content === undefined) throw refuse('conflict', about(EXPORT_NOT_READY));
      const { name: fileName, bytes, sha256 } = file;
      const mediaType = MEDIA_TYPES[format];
      return { body: { content, fileName, mediaType, bytes, part }, version: sha256 };
    },
  });
}

function viewerOf({
  actor,
  reach,
}: {
  readonly actor: Actor;
  readonly reach: Reach;
}): ExportViewer {
  return { caller: actorKey(actor), reach };
}

function about(reason: Bilingual): ProblemMore {
  return { errors: [{ path: 'exportId', reason }] };
}
