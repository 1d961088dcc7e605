import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { HubMetrics } from '#hub/operations/hub-figures';
import type { Logger } from '#platform/log/logger';
import { loggedRequest, type RequestLine } from '#platform/web/request-log';

const QUIET = new Set(['/health', '/ready']); // asked every few seconds by programs

/** A line for each request that was answered, without anything that says who or about whom. */
export function logRequests(
  app: FastifyInstance,
  { logger, metrics }: { readonly logger: Logger; readonly metrics: HubMetrics },
): void {
  app.addHook('onResponse', async (request, reply) => {
    const line = lineOf(request);
    const { statusCode: status, elapsedTime: tookMs } = reply;
    const labels = { method: line.method, route: line.route, status: String(status) };
    metrics.observe('requests', labels, tookMs / 1000);
    const level = QUIET.has(line.route) ? 'debug' : 'info';
    logger[level]({ ...line, status, tookMs: Math.round(tookMs) }, 'request');
  });
}

export function lineOf(request: FastifyRequest): RequestLine {
  const { id, method, url } = request;
  return loggedRequest({ id, method, url, routePattern: request.routeOptions.url });
}
