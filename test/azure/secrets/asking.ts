import type { Deployment, Job, JobSummary, Page } from "@preceptor/domain";
import type { Person } from "./person.ts";

/** Every answer the pages of the web UI are made of, for what is there now. */
export async function askEverything(person: Person): Promise<void> {
  const { query } = person;
  for (const path of alone) await query(path);
  const jobs = (await query<Page<JobSummary>>("job.list"))?.items ?? [];
  for (const { id } of jobs) await askAboutJob(person, id);
  const deployments = (await query<Page<Deployment>>("deployment.list"))?.items ?? [];
  for (const { id } of deployments) await query("deployment.get", { id });
  for (const { id } of (await query<Page<{ id: string }>>("promotion.list"))?.items ?? [])
    await query("promotion.get", { id });
  for (const { name } of (await query<Page<{ name: string }>>("model.list"))?.items ?? [])
    await query("model.get", { name });
  await query("lineage.read", { kind: "deployment", id: deployments[0]?.id });
  for (const text of ["cloud", "job", "sig"]) await query("search.find", { text });
  await person.get("/api/audit/bundle");
  await person.get("/metrics");
}

const alone = [
  "access.me",
  "access.members",
  "access.apiKeys",
  "overview.read",
  "computeTarget.list",
  "audit.list",
  "audit.bundle",
  "recipe.list",
  "dataset.list",
  "evaluation.list",
  "evaluation.suites",
  "promotion.policies",
];

async function askAboutJob({ query }: Person, id: string): Promise<void> {
  const job = await query<Job>("job.get", { id });
  for (const path of ["checkpoint.list", "metric.keys", "job.logs"])
    await query(path, { jobId: id });
  await query("metric.read", { jobIds: [id] });
  for (const attempt of job?.attemptList ?? [])
    await query("job.readLog", { attemptId: attempt.id, log: "node-0" });
  await query("lineage.read", { kind: "job", id });
  await query("audit.list", { noun: "job", nounId: id });
}

/** What an operator sees of the place itself, while it is well and while it is not. */
export async function askAboutTarget({ query }: Person): Promise<void> {
  const target = { target: "cloud" };
  await query("computeTarget.check", { ...target, nodes: 1 });
  for (const path of ["get", "capacity", "quotas", "options"])
    await query(`computeTarget.${path}`, target);
  await query("cluster.list", target);
}
