import { describe, expect, test } from 'vitest';
import { hubMetrics } from '#contracts/metrics/hub-metrics';
import { MetricRegistry } from '#platform/metrics/metric-registry';

describe('the metrics of a hub', () => {
  test('come out as Prometheus reads them', async () => {
    const metrics = new MetricRegistry(hubMetrics);
    metrics.count('punchesReceived', {}, 3);
    metrics.count('punchesReceived', {});
    metrics.set('recomputeWaiting', {}, 7);
    metrics.observe(
      'requests',
      { method: 'GET', route: '/api/v1/people/:id', status: '200' },
      0.03,
    );
    const { contentType, text } = await metrics.page();
    expect(contentType).toMatch(/^text\/plain; version=0\.0\.4/);
    expect(text).toContain('# TYPE lintel_hub_punches_received_total counter');
    expect(text).toMatch(/^lintel_hub_punches_received_total 4$/m);
    expect(text).toMatch(/^lintel_hub_recompute_waiting_days 7$/m);
    expect(text).toContain(
      'lintel_hub_request_seconds_bucket{le="0.05",method="GET",route="/api/v1/people/:id",status="200"} 1',
    );
  });

  test('have names of their own, a help each, and no label that could name a person', () => {
    const declared = Object.values(hubMetrics);
    expect(new Set(declared.map(({ name }) => name)).size).toBe(declared.length);
    const labels = new Set(declared.flatMap((metric): readonly string[] => metric.labels));
    expect([...labels].toSorted()).toEqual([
      'channel',
      'kind',
      'method',
      'outcome',
      'reason',
      'route',
      'state',
      'status',
    ]);
    for (const { name, help, kind } of declared) {
      expect(name).toMatch(/^lintel_hub_[a-z_]+$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      expect(help).toMatch(/\.$/);
    }
  });

  test('of two registries do not meet', async () => {
    const [one, other] = [new MetricRegistry(hubMetrics), new MetricRegistry(hubMetrics)];
    one.count('punchesReceived', {});
    expect((await other.page()).text).toMatch(/^lintel_hub_punches_received_total 0$/m);
  });

  test('that come and go leave nothing behind', async () => {
    const metrics = new MetricRegistry(hubMetrics);
    metrics.set('exceptionsOpen', { kind: 'late' }, 2);
    metrics.clear('exceptionsOpen');
    metrics.set('exceptionsOpen', { kind: 'missing' }, 1);
    const { text } = await metrics.page();
    expect(text).not.toContain('kind="late"');
    expect(text).toContain('lintel_hub_exceptions_open{kind="missing"} 1');
  });

  test('do not grow without end when a label turns out to hold ids', async () => {
    const metrics = new MetricRegistry(hubMetrics);
    for (let id = 0; id < 2500; id += 1)
      metrics.count('entriesRefused', { reason: `id-${id}${'x'.repeat(200)}` });
    const { text } = await metrics.page();
    const series = text.split('\n').filter((line) => line.startsWith('lintel_hub_entries_refused'));
    expect(series).toHaveLength(2001);
    expect(text).toMatch(/reason="other"} 500$/m);
    expect(Math.max(...series.map((line) => line.length))).toBeLessThan(160);
  });

  test('show the process when asked to', async () => {
    const metrics = new MetricRegistry({});
    metrics.watchProcess();
    expect((await metrics.page()).text).toContain('process_resident_memory_bytes');
  });

  test.each([
    [{ kind: 'counter', name: 'lintel_hub_punches' }],
    [{ kind: 'gauge', name: 'lintel_hub_punches_total' }],
    [{ kind: 'histogram', name: 'lintel_hub_speed', buckets: [1] }],
  ] as const)('a name that ends as another kind does is a bug: %j', (wrong) => {
    const declaration = { ...wrong, help: 'Wrong.', labels: [] };
    expect(() => new MetricRegistry({ declaration })).toThrow('ends as a');
  });
});
