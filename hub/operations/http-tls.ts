import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { HubConfig } from '#contracts/config/hub-config';
import { failed, ok, type Result } from '#domain/result';
import { type HubStartFailure, httpTlsFailure } from '#hub/start-failure';
import type { Clock } from '#platform/clock/clock';
import type { Logger } from '#platform/log/logger';
import { loadTls, type TlsFiles, type TlsMaterial } from '#platform/tls/tls-files';
import { TlsWatch } from '#platform/tls/tls-watch';

interface HttpTlsDeps {
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How the console and the API are served: plain, or with a certificate that may be renewed meanwhile. */
export interface HttpTransport {
  readonly scheme: 'http' | 'https';
  readonly makeServer: (handler: RequestListener) => Server;
  /** Until when the certificate in use holds. */
  readonly expiresAt: () => Temporal.Instant | undefined;
  readonly stop: () => void;
}

const PLAIN: HttpTransport = {
  scheme: 'http',
  makeServer: (handler) => createPlainServer(handler),
  expiresAt: () => undefined,
  stop: () => undefined,
};

/** With only one of the two files the other is missed, instead of serving in the clear. */
export function openHttpTransport(
  { httpTlsCert, httpTlsKey }: HubConfig,
  deps: HttpTlsDeps,
): Result<HttpTransport, HubStartFailure> {
  if (httpTlsCert === undefined && httpTlsKey === undefined) return ok(PLAIN);
  const files = { certFile: httpTlsCert ?? '', keyFile: httpTlsKey ?? '' };
  if (httpTlsCert === undefined) return failed(httpTlsFailure('no-certificate'));
  if (httpTlsKey === undefined) return failed(httpTlsFailure('no-key'));
  const loaded = loadTls(files, deps.clock.now());
  if (!loaded.ok) return failed(httpTlsFailure(loaded.failure));
  return ok(tlsTransport(files, loaded.value, deps));
}

function tlsTransport(files: TlsFiles, first: TlsMaterial, deps: HttpTlsDeps): HttpTransport {
  const { clock, logger } = deps;
  const servers = new Set<TlsServer>();
  let inUse = first;
  const watch = new TlsWatch({
    files,
    clock,
    onRenewed: (material) => {
      inUse = material;
      for (const server of servers) server.setSecureContext(material);
      logger.info({ expiresAt: material.expiresAt.toString() }, 'a new certificate is in use');
    },
    onProblem: (problem) => logger.error(problem, 'the new certificate cannot be used'),
  });
  watch.start(first);
  return {
    scheme: 'https',
    makeServer: (handler) => {
      const server = createTlsServer(inUse, handler);
      servers.add(server);
      return server;
    },
    expiresAt: () => inUse.expiresAt,
    stop: () => watch.stop(),
  };
}
