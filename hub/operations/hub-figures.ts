import { hubMetrics } from '#contracts/metrics/hub-metrics';
import { NOTICE_CHANNELS } from '#domain/notice/notice-kind';
import type { OperationRepository } from '#hub/storage/operation-repository';
import type { Clock } from '#platform/clock/clock';
import { freeBytesOf } from '#platform/health/readiness';
import { MetricRegistry } from '#platform/metrics/metric-registry';

export type HubMetrics = MetricRegistry<typeof hubMetrics>;

interface FiguresDeps {
  readonly operations: OperationRepository;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly certificateUntil: () => Temporal.Instant | undefined;
}

export function newHubMetrics(): HubMetrics {
  const metrics = new MetricRegistry(hubMetrics);
  metrics.watchProcess();
  return metrics;
}

/** What is counted as it happens is there already; what is a state is looked up when somebody asks. */
export async function lookUpFigures(metrics: HubMetrics, deps: FiguresDeps): Promise<void> {
  const { operations, clock, dataDir, certificateUntil } = deps;
  const counts = await operations.counts();
  metrics.set('terminals', { state: 'online' }, counts.terminalsOnline);
  metrics.set('terminals', { state: 'offline' }, counts.terminalsOffline);
  metrics.set('terminalQueue', {}, counts.terminalQueue);
  metrics.set('recomputeWaiting', {}, counts.daysWaiting);
  metrics.set('diskFree', {}, await freeBytesOf(dataDir));
  const now = clock.now();
  const until = certificateUntil();
  if (until !== undefined) metrics.set('certificateLeft', {}, now.until(until).total('seconds'));
  for (const channel of ['webhook', ...NOTICE_CHANNELS]) {
    const outbox = counts.outbox.find((each) => each.channel === channel);
    const oldestMs = outbox?.oldestMs ?? now.epochMilliseconds;
    metrics.set('outboxWaiting', { channel }, outbox?.waiting ?? 0);
    metrics.set('outboxOldest', { channel }, (now.epochMilliseconds - oldestMs) / 1000);
  }
}
