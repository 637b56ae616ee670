import type { z } from "zod";
import type { JobResource } from "./wire.ts";

/** A job as Azure last described it, without its body. */
export interface SeenJob {
  readonly name: string;
  readonly status: string;
  readonly createdAtMs: number | null;
  readonly timeout: string | null;
  readonly shape: { readonly nodes: number; readonly processesPerNode: number };
}

export function seenJob({ name, properties, systemData }: z.infer<typeof JobResource>): SeenJob {
  const createdAtMs = Date.parse(systemData?.createdAt ?? "");
  return {
    name,
    status: properties.status ?? "Unknown",
    createdAtMs: Number.isNaN(createdAtMs) ? null : createdAtMs,
    timeout: properties.limits?.timeout ?? null,
    shape: {
      nodes: properties.resources?.instanceCount ?? 1,
      processesPerNode: properties.distribution?.processCountPerInstance ?? 1,
    },
  };
}
