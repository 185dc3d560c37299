import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";

/** What the edge counts, and the registry in which every other part puts its own figures. */
export interface Metrics {
  registry: Registry;
  /** Seconds an answer took, by route (never by URL), method and status. */
  requests: Histogram<"route" | "method" | "status">;
  /** Operations by kind (query, mutation, subscription), way (http, websocket) and outcome (ok, errors, refused). */
  operations: Counter<"kind" | "way" | "outcome">;
  /** Deliveries of shops by what came of them. */
  webhooks: Counter<"outcome">;
  sockets: Gauge;
  subscriptions: Gauge;
  /** Sockets ended by us, by close code. */
  closed: Counter<"code">;
  /** Writes that a shop carried out more than once. */
  doneTwice: Counter;
}

/** A registry of its own for each gateway, so that several can live in one process. */
export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: "tributary_" });
  return {
    registry,
    requests: new Histogram({
      name: "tributary_http_request_seconds",
      help: "Time from a request's arrival to its answer",
      labelNames: ["route", "method", "status"],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
      registers,
    }),
    operations: new Counter({
      name: "tributary_graphql_operations_total",
      help: "GraphQL operations by kind, way and outcome",
      labelNames: ["kind", "way", "outcome"],
      registers,
    }),
    webhooks: new Counter({
      name: "tributary_webhooks_total",
      help: "Webhook deliveries by outcome",
      labelNames: ["outcome"],
      registers,
    }),
    sockets: new Gauge({
      name: "tributary_websocket_connections",
      help: "WebSockets that are open now",
      registers,
    }),
    subscriptions: new Gauge({
      name: "tributary_websocket_operations",
      help: "Operations that run now over WebSockets",
      registers,
    }),
    closed: new Counter({
      name: "tributary_websocket_closed_total",
      help: "WebSockets closed by the gateway, by code",
      labelNames: ["code"],
      registers,
    }),
    doneTwice: new Counter({
      name: "tributary_done_twice_total",
      help: "Writes that a shop carried out more than once, as this process saw it; must stay 0: see the log and the order's anomalies",
      registers,
    }),
  };
}
