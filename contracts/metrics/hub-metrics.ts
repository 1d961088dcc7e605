/**
 * What a hub tells Prometheus at `/metrics`, as names that dashboards and alarms are built on.
 *
 * A label has few values and says nothing of a person: routes by their pattern, never by their
 * address, and no id but a terminal's.
 *
 * @see https://prometheus.io/docs/practices/naming/ (unit last, `_total` for counters)
 */
export const hubMetrics = {
  punchesReceived: {
    kind: 'counter',
    name: 'lintel_hub_punches_received_total',
    help: 'Punches committed, each counted once however often it was sent.',
    labels: [],
  },
  entriesRefused: {
    kind: 'counter',
    name: 'lintel_hub_entries_refused_total',
    help: 'Messages of terminals that were refused, by reason.',
    labels: ['reason'],
  },
  ingestBatch: {
    kind: 'histogram',
    name: 'lintel_hub_ingest_batch_seconds',
    help: 'From a batch in hand to its commit.',
    labels: [],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  },
  terminals: {
    kind: 'gauge',
    name: 'lintel_hub_terminals',
    help: 'Terminals that have joined, by state.',
    labels: ['state'],
  },
  terminalQueue: {
    kind: 'gauge',
    name: 'lintel_hub_terminal_queue_entries',
    help: 'Entries terminals say they still hold, in all.',
    labels: [],
  },
  recomputeWaiting: {
    kind: 'gauge',
    name: 'lintel_hub_recompute_waiting_days',
    help: 'Days of people that wait to be computed again.',
    labels: [],
  },
  recomputeDay: {
    kind: 'histogram',
    name: 'lintel_hub_recompute_day_seconds',
    help: 'To compute and store one day of one person.',
    labels: [],
    buckets: [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.1],
  },
  requests: {
    kind: 'histogram',
    name: 'lintel_hub_request_seconds',
    help: 'HTTP requests by method, pattern of the route, and status.',
    labels: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
  },
  deliveries: {
    kind: 'counter',
    name: 'lintel_hub_deliveries_total',
    help: 'Attempts to deliver outside, by channel and what came of them.',
    labels: ['channel', 'outcome'],
  },
  outboxOldest: {
    kind: 'gauge',
    name: 'lintel_hub_outbox_oldest_age_seconds',
    help: 'Age of the oldest message that waits to go out, by channel; 0 when none does.',
    labels: ['channel'],
  },
  outboxWaiting: {
    kind: 'gauge',
    name: 'lintel_hub_outbox_waiting_messages',
    help: 'Messages that wait to go out, by channel.',
    labels: ['channel'],
  },
  exceptionsOpen: {
    kind: 'gauge',
    name: 'lintel_hub_exceptions_open',
    help: 'Attendance exceptions nobody has settled, by kind.',
    labels: ['kind'],
  },
  jobsWaiting: {
    kind: 'gauge',
    name: 'lintel_hub_jobs_waiting',
    help: 'Exports and imports that wait or run, by kind.',
    labels: ['kind'],
  },
  diskFree: {
    kind: 'gauge',
    name: 'lintel_hub_disk_free_bytes',
    help: 'Room left where the data folder is.',
    labels: [],
  },
  certificateLeft: {
    kind: 'gauge',
    name: 'lintel_hub_certificate_left_seconds',
    help: 'Until the certificate in use expires.',
    labels: [],
  },
} as const;
