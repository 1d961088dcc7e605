import type { HubConfig } from '#contracts/config/hub-config';
import { failed, ok, type Result } from '#domain/result';
import type { ServerOperations } from '#hub/api/server';
import { type HttpTransport, openHttpTransport } from '#hub/operations/http-tls';
import { type HubMetrics, lookUpFigures, newHubMetrics } from '#hub/operations/hub-figures';
import { serveMetrics } from '#hub/operations/metrics-server';
import { type Networks, networksOf } from '#hub/operations/networks';
import { type HubStartFailure, metricsFailure, portTaken } from '#hub/start-failure';
import type { HubDatabase } from '#hub/storage/hub-database';
import { OperationRepository } from '#hub/storage/operation-repository';
import type { Clock } from '#platform/clock/clock';
import { diskProbe } from '#platform/health/readiness';
import type { Logger } from '#platform/log/logger';

const FREE_BYTES_MIN = 64 * 1024 * 1024; // below it a database soon cannot write its log

export interface OperationsDeps {
  readonly config: HubConfig;
  readonly db: HubDatabase;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** What running this hub needs beside its matter: how it is served, watched and asked whether it is well. */
export interface Operations {
  readonly transport: HttpTransport;
  readonly networks: Networks;
  readonly metrics: HubMetrics;
  readonly server: ServerOperations;
  readonly close: () => Promise<void>;
}

/** Says what is wrong with the settings before anything is opened to anybody. */
export async function openOperations(
  deps: OperationsDeps,
): Promise<Result<Operations, HubStartFailure>> {
  const { config, db, clock, logger } = deps;
  const networks = networksOf(config);
  if (!networks.ok) return networks;
  const transport = openHttpTransport(config, { clock, logger });
  if (!transport.ok) return transport;
  const { expiresAt, stop } = transport.value;
  const operations = new OperationRepository(db);
  const metrics = newHubMetrics();
  const figures = { operations, clock, dataDir: config.dataDir, certificateUntil: expiresAt };
  const page = async () => {
    await lookUpFigures(metrics, figures);
    return await metrics.page();
  };
  const opened = await openMetrics(deps, page);
  if (!opened.ok) {
    stop();
    return opened;
  }
  const probes = [
    { name: 'database', check: () => operations.ping() },
    diskProbe(config.dataDir, FREE_BYTES_MIN),
  ];
  return ok({
    transport: transport.value,
    networks: networks.value,
    metrics,
    server: { metrics, probes },
    close: async () => {
      stop();
      await opened.value();
    },
  });
}

type Close = () => Promise<void>;

async function openMetrics(
  { config, logger }: OperationsDeps,
  page: Parameters<typeof serveMetrics>[1],
): Promise<Result<Close, HubStartFailure>> {
  const { metricsHost: host, metricsPort: port, metricsToken: token } = config;
  if (port === undefined) return ok(async () => undefined);
  if (token === undefined && !isLoopback(host)) return failed(metricsFailure(host));
  try {
    const { url, close } = await serveMetrics({ host, port, token }, page, logger);
    logger.info({ url }, 'metrics can be read');
    return ok(close);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (isTaken) return failed(portTaken(port, { flag: '--metrics-port', of: 'metrics' }));
    throw error;
  }
}

/** Reached from this machine alone. */
export function isLoopback(host: string): boolean {
  return /^(localhost|127\..*|\[?::1\]?)$/.test(host);
}
