import type { ServedRequest } from "@preceptor/services/gateway";
import type { Metrics } from "@preceptor/telemetry";
import type { RouteTable } from "./routing/route-table.ts";

/** What an operator watches at the door. */
export function gatewayMetrics(metrics: Metrics) {
  const requests = metrics.counter("gateway_requests_total", "Requests that reached a model.", [
    "deployment",
    "status",
  ]);
  const copies = metrics.counter(
    "gateway_copies_total",
    "Copies of requests whose answers were thrown away.",
    ["deployment", "status"],
  );
  const copiesDropped = metrics.counter(
    "gateway_copies_dropped_total",
    "Copies not made because as many as may be were under way.",
    ["deployment"],
  );
  const passedOn = metrics.counter(
    "gateway_passed_on_total",
    "Requests a canary could not take, answered by the routed one.",
    ["deployment"],
  );
  const tokens = metrics.counter("gateway_tokens_total", "Tokens read and written by models.", [
    "deployment",
    "kind",
  ]);
  const latency = metrics.histogram(
    "gateway_latency_seconds",
    "From the request to the last byte of its answer.",
    [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120],
    ["deployment"],
  );
  const refused = metrics.counter(
    "gateway_routes_refused_total",
    "Routes whose decision did not hold.",
    ["code"],
  );
  const dropped = metrics.counter(
    "gateway_usage_dropped_total",
    "Usage rows there was no room for.",
  );
  const open = metrics.gauge("gateway_routes", "Verified routes.");
  const age = metrics.gauge("gateway_routes_age_seconds", "Since the routes were last read.");
  const waiting = metrics.gauge("gateway_usage_waiting", "Usage rows not written yet.");

  return {
    refused: (code: string) => refused.inc({ code }),
    dropped: (count: number) => dropped.inc(count),
    copyDropped: (deployment: string) => copiesDropped.inc({ deployment }),
    served({ deploymentId: deployment, kind, status, latencyMs, ...usage }: ServedRequest) {
      if (kind === "mirrored") return copies.inc({ deployment, status: String(status) });
      if (kind === "passed-on") return passedOn.inc({ deployment });
      requests.inc({ deployment, status: String(status) });
      latency.observe({ deployment }, latencyMs / 1000);
      tokens.inc({ deployment, kind: "prompt" }, usage.promptTokens ?? 0);
      tokens.inc({ deployment, kind: "completion" }, usage.completionTokens ?? 0);
    },
    observe(status: ReturnType<RouteTable["status"]>, rowsWaiting: number, now: Date) {
      open.set(status.routes);
      waiting.set(rowsWaiting);
      if (status.readAt) age.set((now.getTime() - status.readAt.getTime()) / 1000);
    },
  };
}
