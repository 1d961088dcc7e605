import { z } from 'zod';
import type { Upload } from '#contracts/rest/v1/content';
import {
  headerParametersOf,
  headersNamed,
  successHeadersOf,
} from '#contracts/rest/v1/open-api/headers';
import type { Json, ShapeBook } from '#contracts/rest/v1/open-api/shape-book';
import {
  PROBLEM_STATUS,
  PROBLEM_TYPE,
  type ProblemKind,
  problem,
} from '#contracts/rest/v1/problem';
import {
  type AnswerContent,
  type AnyObject,
  isChange,
  type RouteContract,
} from '#contracts/rest/v1/route';
import { paramsOf, problemsOf, queryOf } from '#contracts/rest/v1/route-shape';

const BYTES = { schema: { type: 'string', format: 'binary' } };

/** One route as an OpenAPI operation, but for its name. */
export function operationOf(route: RouteContract, shapes: ShapeBook): Json {
  const { body } = route;
  return {
    summary: route.summary,
    'x-lintel-authority': route.authority,
    security: securityOf(route),
    parameters: [
      ...parametersOf(paramsOf(route), 'path', shapes),
      ...parametersOf(queryOf(route), 'query', shapes),
      ...headerParametersOf(route),
    ],
    ...(body === undefined ? {} : { requestBody: requestBodyOf(body, shapes) }),
    responses: { ...successesOf(route, shapes), ...refusalsOf(route, shapes) },
  };
}

function securityOf(route: RouteContract): readonly Json[] {
  const { authority } = route;
  if (authority === 'public') return [];
  const session = { session: [], ...(isChange(route) ? { sessionToken: [] } : {}) };
  return typeof authority === 'object' ? [session, { client: [] }] : [session];
}

function parametersOf(
  { shape }: AnyObject,
  place: 'path' | 'query',
  shapes: ShapeBook,
): readonly Json[] {
  return Object.entries(shape).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path' || !z.safeParse(schema, undefined).success,
    schema: shapes.schemaOf(schema, 'input'),
  }));
}

function requestBodyOf(body: z.ZodType | Upload, shapes: ShapeBook): Json {
  const content =
    'kind' in body
      ? Object.fromEntries(body.mediaTypes.map((type) => [type, BYTES]))
      : { 'application/json': { schema: shapes.schemaOf(body, 'input') } };
  return { required: true, content };
}

function successesOf(route: RouteContract, shapes: ShapeBook): Json {
  const description = route.summary;
  const headers = successHeadersOf(route);
  const answers: Record<string, Json> = {};
  for (const [status, content] of Object.entries(route.answers)) {
    answers[status] = { description, ...headers, ...contentOf(content, shapes) };
  }
  if (route.concurrency !== undefined && !isChange(route)) {
    answers['304'] = { description: 'The version that is held is still the newest.', ...headers };
  }
  return answers;
}

function contentOf(content: AnswerContent, shapes: ShapeBook): Json {
  if (!('kind' in content)) {
    return { content: { 'application/json': { schema: shapes.schemaOf(content, 'output') } } };
  }
  switch (content.kind) {
    case 'nothing':
      return {};
    case 'redirect':
      return headersNamed(['Location']);
    case 'stream':
      return { content: { [content.mediaType]: { schema: { type: 'string' } } } };
    case 'file':
      return { content: Object.fromEntries(content.mediaTypes.map((type) => [type, BYTES])) };
  }
}

/** Several kinds may share a status; which it is stands in `type`. */
function refusalsOf(route: RouteContract, shapes: ShapeBook): Json {
  const byStatus = Map.groupBy(problemsOf(route), (kind) => PROBLEM_STATUS[kind]);
  const told = [...byStatus].map(([status, kinds]) => [status, refusalOf(kinds, shapes)] as const);
  return Object.fromEntries(told);
}

const WAITING: readonly ProblemKind[] = ['too-many', 'sign-in-locked', 'key-under-way'];

function refusalOf(kinds: readonly ProblemKind[], shapes: ShapeBook): Json {
  const isWaiting = kinds.some((kind) => WAITING.includes(kind));
  return {
    description: kinds.map((kind) => `${PROBLEM_TYPE}${kind}`).join(', '),
    ...headersNamed(isWaiting ? ['Retry-After'] : []),
    content: { 'application/problem+json': { schema: shapes.schemaOf(problem, 'output') } },
  };
}
