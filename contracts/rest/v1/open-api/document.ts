import { API, type Area } from '#contracts/rest/v1/api';
import { HEADERS } from '#contracts/rest/v1/open-api/headers';
import { operationOf } from '#contracts/rest/v1/open-api/operation';
import { type Json, ShapeBook } from '#contracts/rest/v1/open-api/shape-book';
import { API_PATH, type RouteContract } from '#contracts/rest/v1/route';

/** A session is a cookie, and every change wants its token beside it; a program has a token only. */
const SECURITY_SCHEMES = {
  session: { type: 'apiKey', in: 'cookie', name: 'lintel_session' },
  sessionToken: {
    type: 'apiKey',
    in: 'header',
    name: 'x-lintel-csrf',
    description: 'The csrfToken of the session, on everything that changes something.',
  },
  client: { type: 'http', scheme: 'bearer', description: 'The token of an API client.' },
};

/** The REST interface as OpenAPI 3.1, made from the contracts and from nothing else. */
export function openApiDocument(areas: readonly Area[] = API): Json {
  const shapes = new ShapeBook();
  const paths = pathsOf(areas, shapes);
  return {
    openapi: '3.1.0',
    info: {
      title: 'Lintel hub',
      version: '1',
      summary: 'People, terminals, punches, and what the days of everybody come to.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/' }],
    tags: areas.map(({ name }) => ({ name })),
    paths,
    components: {
      schemas: shapes.components(),
      headers: HEADERS,
      securitySchemes: SECURITY_SCHEMES,
    },
  };
}

/** The path of a route as OpenAPI writes it. */
export function templateOf({ path }: Pick<RouteContract, 'path'>): string {
  return `${API_PATH}${path.replace(/:(\w+)/g, '{$1}')}`;
}

function pathsOf(areas: readonly Area[], shapes: ShapeBook): Json {
  const paths: Record<string, Json> = {};
  for (const { name, routes } of areas) {
    for (const [operationId, route] of Object.entries(routes)) {
      const operation = { operationId, tags: [name], ...operationOf(route, shapes) };
      const path = templateOf(route);
      paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation };
    }
  }
  return paths;
}
