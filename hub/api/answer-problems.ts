import type { FastifyInstance } from 'fastify';
import { invalid, localeOf, ProblemError, problemBody } from '#hub/api/problem';
import { NOT_JSON } from '#hub/api/problem-texts';
import { lineOf } from '#hub/api/request-lines';
import type { Logger } from '#platform/log/logger';
import { isStorageFailure } from '#platform/sql/sql-failure';
import { isDiskFull } from '#platform/sqlite/database';
import { loggedError } from '#platform/web/request-log';

/** Whatever goes wrong is answered as a problem, in the language of whoever asked. */
export function answerProblems(app: FastifyInstance, logger: Logger): void {
  app.setNotFoundHandler(() => {
    throw new ProblemError('absent');
  });
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    const locale = localeOf(request.headers['accept-language']);
    const body = problemBody(problem, locale);
    if (body.status >= 500)
      logger.error({ ...lineOf(request), ...loggedError(error) }, 'answer failed');
    if (problem.retryAfterSeconds !== undefined)
      void reply.header('retry-after', problem.retryAfterSeconds);
    return reply
      .code(body.status)
      .header('content-type', 'application/problem+json; charset=utf-8')
      .header('content-language', locale)
      .send(JSON.stringify(body));
  });
}

function problemOf(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (isDiskFull(error)) return new ProblemError('disk-full');
  if (isStorageFailure(error)) return new ProblemError('store-away');
  switch (statusOf(error)) {
    case 400:
      return isOfContent(error) ? invalid('', NOT_JSON) : new ProblemError('invalid');
    case 413:
      return new ProblemError('too-large');
    case 415:
      return new ProblemError('unsupported');
    case 429:
      return new ProblemError('too-many');
    default:
      return new ProblemError('failed');
  }
}

/** What fastify and its plugins say about a request they would not take. */
function statusOf(error: unknown): unknown {
  return error instanceof Error && 'statusCode' in error ? error.statusCode : undefined;
}

/** Thrown by what reads bodies, and by what reads JSON in them. */
function isOfContent(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  return error instanceof Error && 'code' in error && String(error.code).startsWith('FST_ERR_CTP');
}
