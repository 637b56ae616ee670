import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { JobSpec, terminalJobStatuses } from "@preceptor/domain";
import { parse } from "yaml";
import type { Job, Person } from "./client.ts";
import type { Steps } from "./steps.ts";

/** Reads a job file of the demonstration; `versions` replaces the version numbers of names that have moved on since the first run, `target` the place. */
export function readJobFile(
  file: string,
  versions: Readonly<Record<string, number>>,
  target: string,
): JobSpec {
  const text = readFileSync(join(import.meta.dirname, "jobs", file), "utf8");
  const spec = JobSpec.parse(
    parse(
      text.replaceAll(/(:\/\/([a-z-]+))@1\b/g, (whole, head: string, name: string) =>
        versions[name] === undefined ? whole : `${head}@${versions[name]}`,
      ),
    ),
  );
  return { ...spec, compute: { ...spec.compute, target } };
}

export const submit = (engineer: Person, spec: JobSpec): Promise<Job> =>
  engineer.api.job.submit.mutate({ spec, idempotencyKey: randomUUID() });

const terminal: readonly string[] = terminalJobStatuses;

/** Follows a job to its end, telling each change: status, message and the newest loss. */
export async function follow(engineer: Person, id: string, steps: Steps): Promise<Job> {
  for (let told = ""; ; await wait(400)) {
    const job = await engineer.api.job.get.query({ id });
    const now = await describe(engineer, job);
    if (now !== told) steps.tell(`${job.name}: ${now}`);
    told = now;
    if (!terminal.includes(job.status)) continue;
    if (job.status !== "succeeded")
      throw new Error(
        `${job.name} ${job.status}: ${job.message ?? job.reason ?? "no reason given"}. Its log: preceptor job logs ${job.id}`,
      );
    return job;
  }
}

async function describe(engineer: Person, job: Job): Promise<string> {
  const doing = job.attemptList.at(-1)?.message ?? job.message;
  const keys =
    job.status === "running" ? await engineer.api.metric.keys.query({ jobId: job.id }) : [];
  const losses = keys
    .filter(({ key }) => key === "loss" || key === "eval_loss")
    .map(({ key, latest }) =>
      latest ? `${key} ${latest.value?.toFixed(3) ?? "NaN"} at step ${latest.step}` : key,
    );
  return [job.status, doing, ...losses]
    .filter((part) => part !== null && part !== undefined && part !== "")
    .join(", ");
}
