import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What `/metrics` tells Prometheus. One per process; tests make their own. */
export interface Metrics {
  readonly registry: Registry;
  readonly operations: Histogram<'operation' | 'result'>;
  readonly refusals: Counter<'code'>;
  readonly outboxLag: Gauge;
}

export function createMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    registry,
    operations: new Histogram({
      name: 'clientele_graphql_operation_seconds',
      help: 'Time to answer a GraphQL operation',
      labelNames: ['operation', 'result'],
      buckets: [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
      registers: [registry],
    }),
    refusals: new Counter({
      name: 'clientele_request_errors_total',
      help: 'Top-level errors by code',
      labelNames: ['code'],
      registers: [registry],
    }),
    outboxLag: new Gauge({
      name: 'clientele_outbox_waiting_events',
      help: 'Events written and not yet handled',
      registers: [registry],
    }),
  };
}
