import { openApiDocument } from '#contracts/rest/v1/open-api/document';
import { openApiRoutes } from '#contracts/rest/v1/open-api-route';
import type { RouteBook } from '#hub/api/route-book';

export function serveOpenApi(book: RouteBook): void {
  let document: ReturnType<typeof openApiDocument> | undefined;
  book.serve(openApiRoutes, {
    openApi: () => {
      document ??= openApiDocument(); // some milliseconds, and nobody may ever ask
      return { body: { ...document, openapi: '3.1.0' } };
    },
  });
}
