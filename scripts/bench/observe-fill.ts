import { randomBytes } from "node:crypto";
import { attempt, computeTarget, job, organization, type Database } from "@preceptor/db";
import { composeId, JobSpec } from "@preceptor/domain";
import type { FakeAzure } from "@preceptor/test/fake-azure";

const batch = 1_000;
const newId = (noun: Parameters<typeof composeId>[0]) =>
  composeId(noun, Date.now(), randomBytes(10));

/** As many running jobs, all of them due, with attempts that the fake knows as running. */
export async function fillAttempts(db: Database, azure: FakeAzure, count: number): Promise<void> {
  const [organizationId, computeTargetId] = [newId("organization"), newId("computeTarget")];
  await db.insert(organization).values({ id: organizationId, name: "Bench", slug: "bench" });
  await db.insert(computeTarget).values({
    id: computeTargetId,
    organizationId,
    name: "cloud",
    provider: "azure-ml",
    settings: {
      maxNodes: 4,
      maxProcessesPerNode: 4,
      diskQuotaBytes: 1e9,
      logLimitBytes: 1e6,
      azure: azure.settings,
    },
  });
  const spec = JobSpec.parse({
    name: "bench",
    kind: "fine-tune",
    recipe: "lora-sft",
    compute: { target: "cloud" },
  });
  const { subscriptionId, resourceGroup, workspace } = azure.workspace;
  const data = { workspace: `${subscriptionId}/${resourceGroup}/${workspace}` };
  const names: string[] = [];
  for (let first = 0; first < count; first += batch) {
    const ids = Array.from({ length: Math.min(batch, count - first) }, () => ({
      jobId: newId("job"),
      attemptId: newId("attempt"),
    }));
    names.push(...ids.map(({ attemptId }) => attemptId));
    await db.insert(job).values(
      ids.map(({ jobId }) => ({
        id: jobId,
        organizationId,
        name: "bench",
        kind: "fine-tune" as const,
        status: "running" as const,
        spec,
        specDigest: `sha256:${"0".repeat(64)}`,
        parameters: {},
        idempotencyKey: jobId,
        computeTargetId,
        runId: randomBytes(16).toString("hex"),
        maxAttempts: 3,
        attemptCount: 1,
        submittedBy: "usr_bench",
        submittedByName: "Bench",
      })),
    );
    await db.insert(attempt).values(
      ids.map(({ jobId, attemptId }) => ({
        id: attemptId,
        organizationId,
        jobId,
        number: 1,
        fencingToken: 1,
        status: "running" as const,
        tokenHash: attemptId,
        tokenExpiresAt: new Date(Date.now() + 86_400_000),
        handle: { provider: "azure-ml", attemptId, data },
        processes: [{ rank: 0, node: 0, state: "running" as const, exitCode: null }],
        startedAt: new Date(),
      })),
    );
  }
  azure.seedJobs(names, {
    jobType: "Command",
    displayName: "bench",
    tags: { preceptor: "attempt" },
    codeId: `${azure.workspace.workspace}/codes/preceptor-code/versions/1`,
    environmentId: `${azure.workspace.workspace}/environments/preceptor/versions/1`,
    command: "python preceptor_run.py -- python main.py",
    resources: { instanceCount: 1 },
    limits: { jobLimitsType: "Command", timeout: "P7D" },
  });
}
