import type { Outputs } from "../../../api/types.ts";
import { formatCounted } from "../../../components/format.ts";

export type TrafficNow = Outputs["deployment"]["traffic"];
export type PartNow = TrafficNow["deployments"][number];
type Split = TrafficNow["changes"][number]["after"];
type Figures = PartNow["lastHour"]["answered"];

/** What one has of the requests now, and what it is to have. */
export function partInWords(part: PartNow): string {
  if (part.desired === "stopped") return "being stopped";
  if (part.routed) return `${part.percent} % of requests`;
  if (part.percent > 0) return `${part.percent} % of requests`;
  if (part.mirrorPercent > 0) return `copies of ${part.mirrorPercent} %`;
  if (part.status !== "healthy" && part.wantedPercent > 0)
    return `${part.wantedPercent} % once it is healthy`;
  if (part.status !== "healthy" && part.wantedMirrorPercent > 0)
    return `copies of ${part.wantedMirrorPercent} % once it is healthy`;
  return part.status === "healthy" ? "no requests, ready" : "no requests";
}

export const hasPart = (part: PartNow): boolean =>
  (part.wantedPercent > 0 && part.wantedPercent < 100) || part.wantedMirrorPercent > 0;

export const formatLatency = (ms: number): string =>
  ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(ms < 10_000 ? 1 : 0)} s`;

/** One line of what was asked of it: how often, how often in vain, how long it took. */
export function figuresInWords({ requests, errors, latencyMs }: Figures, copies = false): string {
  const what = copies
    ? formatCounted(requests, "copy", "copies")
    : formatCounted(requests, "request", "requests");
  if (!latencyMs) return what;
  return `${what}, ${formatCounted(errors, "error", "errors")}, median ${formatLatency(latencyMs.median)}, 95th percentile ${formatLatency(latencyMs.p95)}`;
}

/** A split as one line: summary@2 90 %, summary@3 10 %. */
export const splitInWords = (split: Split): string =>
  split
    .map(({ model, percent, mirrorPercent }) =>
      mirrorPercent > 0 ? `${model} copies of ${mirrorPercent} %` : `${model} ${percent} %`,
    )
    .join(", ") || "nothing answered";
