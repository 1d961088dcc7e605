import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Logger } from '#platform/log/logger';

const CONNECTIONS_MAX = 20; // Prometheus comes alone; two of them and a curious administrator
const REQUEST_TIMEOUT_MS = 10_000;

export interface MetricsPlace {
  readonly host: string;
  readonly port: number;
  readonly token: string | undefined;
}

export interface MetricsServer {
  readonly url: string;
  readonly close: () => Promise<void>;
}

type Page = () => Promise<{ readonly contentType: string; readonly text: string }>;

/**
 * `/metrics` on a port of its own, so that a firewall can tell it from the console.
 *
 * @throws when the port is taken
 */
export async function serveMetrics(
  { host, port, token }: MetricsPlace,
  page: Page,
  logger: Logger,
): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    answer(request, response, { page, token }).catch((error: unknown) => {
      logger.error({ err: error }, 'the metrics could not be read');
      if (!response.headersSent) response.writeHead(503);
      response.end();
    });
  });
  server.maxConnections = CONNECTIONS_MAX;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address: AddressInfo | string | null = server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}/metrics`, close };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { page, token }: { readonly page: Page; readonly token: string | undefined },
): Promise<void> {
  const isLooking = request.method === 'GET' || request.method === 'HEAD';
  if (request.url?.split('?', 1)[0] !== '/metrics' || !isLooking) {
    response.writeHead(404).end();
    return;
  }
  if (token !== undefined && !isToken(request.headers.authorization, token)) {
    response.writeHead(401, { 'www-authenticate': 'Bearer' }).end();
    return;
  }
  const { contentType, text } = await page();
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' });
  response.end(request.method === 'HEAD' ? undefined : text);
}

/** Digests are of one length, whatever was sent. */
function isToken(given: string | undefined, token: string): boolean {
  return timingSafeEqual(digestOf(given ?? ''), digestOf(`Bearer ${token}`));
}

function digestOf(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
