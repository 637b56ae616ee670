import type { AttemptSpec, LinkedFile } from "@preceptor/compute";
import type { attempt, job, recipe } from "@preceptor/db";
import { durationMs, type ComputeTargetSettings, type FileEntry } from "@preceptor/domain";
import { blobName } from "@preceptor/storage";
import type { ServiceContext } from "../context.ts";
import { secretsOf } from "./secrets.ts";

/** What was loaded of an attempt, all in one transaction. */
export interface AttemptPlan {
  readonly attemptId: (typeof attempt.$inferSelect)["id"];
  readonly job: typeof job.$inferSelect;
  readonly settings: ComputeTargetSettings;
  readonly recipe: typeof recipe.$inferSelect | null;
  readonly inputs: Readonly<Record<string, readonly FileEntry[]>>;
  readonly resume: { readonly name: string; readonly files: readonly FileEntry[] } | null;
  readonly experimentName: string;
  readonly token: string;
  readonly ticket: string;
  /** null for all that have no patient to hash. */
  readonly subjectKey: string | null;
}

/** The attempt as its cluster gets it: the environment a training program finds is written down here and nowhere else. */
export function attemptSpec(
  ctx: Pick<ServiceContext, "store">,
  plan: AttemptPlan,
  publicUrl: string,
): AttemptSpec {
  const { spec, organizationId } = plan.job;
  // Whoever copies a file asks for its link then, for as long as the copy takes; nobody holds one while an attempt waits.
  const linked = (files: readonly FileEntry[]): LinkedFile[] =>
    files.map((file) => ({
      ...file,
      link: (lifeMs) => ctx.store.link(blobName(organizationId, file.sha256), lifeMs),
    }));
  const { code, command, requirements, preload } = programOf(plan);
  return {
    jobName: plan.job.name,
    code: linked(code),
    command,
    requirements,
    preload,
    inputs: Object.fromEntries(
      Object.entries(plan.inputs).map(([name, files]) => [name, linked(files)]),
    ),
    resumeFrom: plan.resume && { name: plan.resume.name, files: linked(plan.resume.files) },
    parameters: plan.job.parameters,
    environment: {
      PRECEPTOR_JOB_ID: plan.job.id,
      PRECEPTOR_ATTEMPT_ID: plan.attemptId,
      MLFLOW_TRACKING_URI: publicUrl,
      MLFLOW_RUN_ID: plan.job.runId,
      MLFLOW_EXPERIMENT_NAME: plan.experimentName,
      HF_HUB_OFFLINE: "1",
      // A library that runs on patient data tells nobody outside that it does.
      HF_HUB_DISABLE_TELEMETRY: "1",
      MLFLOW_DISABLE_TELEMETRY: "true",
      DO_NOT_TRACK: "1",
      TRANSFORMERS_OFFLINE: "1",
      HF_DATASETS_OFFLINE: "1",
      TOKENIZERS_PARALLELISM: "false",
      PYTHONUNBUFFERED: "1",
    },
    secrets: secretsOf(plan.token, plan.subjectKey),
    ticket: { url: new URL("/api/attempts/exchange", publicUrl).href, value: plan.ticket },
    nodes: spec.compute.nodes,
    processesPerNode: spec.compute.processesPerNode,
    distribution: spec.distribution,
    tier: spec.compute.tier,
    instanceType: spec.compute.instanceType,
    image: spec.compute.image,
    timeoutMs: durationMs(spec.limits.timeout) ?? 0,
    diskQuotaBytes: plan.settings.diskQuotaBytes,
    logLimitBytes: plan.settings.logLimitBytes,
  };
}

/** A recipe's files are one code folder; its entry and requirements are paths inside it. */
function programOf({ job, recipe }: AttemptPlan) {
  if (recipe !== null) {
    const { entry, requirements } = recipe.definition;
    return {
      code: recipe.files,
      command: ["python", entry],
      requirements: recipe.files.some((file) => file.path === requirements) ? requirements : null,
      preload: recipe.definition.preload ?? null,
    };
  }
  const own = job.spec.code;
  if (own === undefined) throw new Error(`job ${job.id} has neither recipe nor code`);
  return {
    code: own.files,
    command: own.command,
    requirements: own.requirements ?? null,
    preload: null,
  };
}
