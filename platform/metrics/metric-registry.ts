import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { assert } from '#domain/assert';

/** One metric as it is declared: pure data, so that names can be looked up without running anything. */
export type MetricDeclaration = {
  /** Unit last: `lintel_hub_request_seconds`; counters end in `_total`. */
  readonly name: string;
  readonly help: string;
  readonly labels: readonly string[];
} & (
  | { readonly kind: 'counter' | 'gauge' }
  | { readonly kind: 'histogram'; readonly buckets: readonly number[] }
);

export type MetricDeclarations = Readonly<Record<string, MetricDeclaration>>;

type LabelsOf<D extends MetricDeclaration> = Readonly<Record<D['labels'][number], string>>;
type NamesOf<D extends MetricDeclarations, K extends MetricDeclaration['kind']> = {
  readonly [N in keyof D]: D[N]['kind'] extends K ? N : never;
}[keyof D] &
  string;

/** How a name of each kind ends, so that whoever reads it knows what it counts. */
const ENDINGS = { counter: /_total$/, gauge: /(?<!_total)$/, histogram: /_(?:seconds|bytes)$/ };
const LABEL_CHARACTERS_MAX = 80; // the longest pattern of a route; anything longer is somebody's text
const SERIES_MAX = 2000; // per metric: beyond this a label holds ids, and Prometheus suffers

/**
 * The metrics of one process, typed by their declarations: a wrong name or label does not compile.
 *
 * A label that turns out to hold ids would grow without end; beyond a limit new combinations are
 * dropped and counted under one name, and the process lives on.
 */
export class MetricRegistry<D extends MetricDeclarations> {
  readonly #registry = new Registry();
  readonly #metrics = new Map<string, Counter | Gauge | Histogram>();
  readonly #series = new Map<string, Set<string>>();

  constructor(declarations: D) {
    for (const [key, declaration] of Object.entries(declarations)) {
      const { kind, name } = declaration;
      assert(ENDINGS[kind].test(name), `${name} ends as a ${kind} does`);
      this.#metrics.set(key, metricOf(declaration, this.#registry));
    }
  }

  /** Memory, event loop and garbage collection of the process, as every Node dashboard knows them. */
  watchProcess(): void {
    collectDefaultMetrics({ register: this.#registry });
  }

  count<N extends NamesOf<D, 'counter'>>(name: N, labels: LabelsOf<D[N]>, by = 1): void {
    const metric = this.#metrics.get(name);
    if (metric instanceof Counter) metric.inc(this.#bounded(name, labels), by);
  }

  set<N extends NamesOf<D, 'gauge'>>(name: N, labels: LabelsOf<D[N]>, value: number): void {
    const metric = this.#metrics.get(name);
    if (metric instanceof Gauge) metric.set(this.#bounded(name, labels), value);
  }

  /** Forgets all values of a gauge whose labels come and go, before they are set anew. */
  clear(name: NamesOf<D, 'gauge'>): void {
    this.#metrics.get(name)?.reset();
    this.#series.delete(name);
  }

  observe<N extends NamesOf<D, 'histogram'>>(
    name: N,
    labels: LabelsOf<D[N]>,
    seconds: number,
  ): void {
    const metric = this.#metrics.get(name);
    if (metric instanceof Histogram) metric.observe(this.#bounded(name, labels), seconds);
  }

  /** The page Prometheus asks for, and its content type. */
  async page(): Promise<{ readonly contentType: string; readonly text: string }> {
    return { contentType: this.#registry.contentType, text: await this.#registry.metrics() };
  }

  #bounded(name: string, labels: Readonly<Record<string, string>>): Record<string, string> {
    const cut = Object.entries(labels).map(([label, value]) => [
      label,
      value.slice(0, LABEL_CHARACTERS_MAX),
    ]);
    const known = this.#series.get(name) ?? new Set();
    this.#series.set(name, known);
    const key = JSON.stringify(cut);
    if (!known.has(key) && known.size >= SERIES_MAX)
      return Object.fromEntries(cut.map(([label = '']) => [label, 'other']));
    known.add(key);
    return Object.fromEntries(cut);
  }
}

function metricOf(declaration: MetricDeclaration, registry: Registry): Counter | Gauge | Histogram {
  const { name, help, labels } = declaration;
  const options = { name, help, labelNames: [...labels], registers: [registry] };
  switch (declaration.kind) {
    case 'counter':
      return new Counter(options);
    case 'gauge':
      return new Gauge(options);
    case 'histogram':
      return new Histogram({ ...options, buckets: [...declaration.buckets] });
  }
}
