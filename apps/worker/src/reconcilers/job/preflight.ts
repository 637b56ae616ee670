import type { ComputeProvider, Problem } from "@preceptor/compute";
import { failJob, tellWaiting, type WatchedJob } from "@preceptor/services";
import type { Work } from "../../reconciler.ts";

/** Problems that pass by themselves or by a hand outside: the job waits for them. The others would only be met again. */
const passing: Readonly<Record<Problem["kind"], boolean>> = {
  "wrong-subscription": false,
  "missing-role": false,
  "credential-expired": true,
  "no-quota": false,
  "unknown-instance-type": false,
  "region-without-sku": false,
  "cluster-missing": false,
  "other-tier": false,
  "other-machine": false,
  "not-offered": false,
  "cluster-drained": true,
  unreachable: true,
};
const againMs = 15_000;

/** Looks for what would keep the attempt from starting, before anything is paid for. null when nothing would; else when to look again. */
export async function preflight(
  { ctx, lease }: Work,
  provider: ComputeProvider,
  { compute: { nodes, tier, instanceType, image } }: WatchedJob,
): Promise<number | null> {
  const wanted = { nodes, tier, instanceType, image };
  const problems = (await provider.capabilities.preflight?.check(wanted)) ?? [];
  if (problems.length === 0) return null;
  const message = problems.map((problem) => problem.message).join(" ");
  if (problems.every(({ kind }) => passing[kind])) {
    await tellWaiting(ctx, { lease, message });
    return againMs;
  }
  await failJob(ctx, { lease, reason: "start-refused", message });
  return 0;
}
