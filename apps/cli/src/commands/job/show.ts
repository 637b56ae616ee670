import { idOf, moneyText } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, noOptions } from "../../command.ts";
import type { Job } from "../../connection/wire.ts";
import { plural } from "../../render/figure.ts";
import { paintStatus, type Paint } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { facts, table } from "../../render/table.ts";
import { lasted, time } from "../../render/time.ts";

export const jobShow = defineCommand({
  usage: "show <id>",
  about: "show a job: what it was given, its attempts and the model it became",
  args: z.tuple([idOf("job")]),
  options: noOptions,
  async run({ session, answer, paint, io }, [id]) {
    const { api } = await session();
    const job = await api.job.get.query({ id });
    answer(job, jobText(job, io.now(), paint));
  },
});

function jobText(job: Job, now: Date, paint: Paint): string {
  const { spec, outputModel, cost } = job;
  const { nodes, processesPerNode } = spec.compute;
  const became = outputModel && `${outputModel.name}@${outputModel.version}`;
  const awaited = spec.output ? `${spec.output.model} (when it succeeds)` : null;
  const head = facts(paint, [
    ["job", `${job.id}  ${printable(job.name)}`],
    ["status", paintStatus(paint, job.status)],
    ["message", job.message === null ? null : printable(job.message)],
    ["kind", `${job.kind}, ${programOf(job)}`],
    [
      "compute",
      `${job.target}, ${plural(nodes, "node")} × ${plural(processesPerNode, "process", "processes")}`,
    ],
    ["description", spec.description === undefined ? null : printable(spec.description)],
    ["model", became ?? awaited],
    ["evaluated on", spec.evaluate.length === 0 ? null : spec.evaluate.join(", ")],
    ["cost so far", cost && moneyText(cost)],
    ["submitted", `${time(job.createdAt)} by ${printable(job.submittedBy.name)}`],
    ["ran", job.startedAt === null ? null : lasted(job.startedAt, job.endedAt, now)],
    ["spec", job.specDigest],
    ...job.inputs.map(({ name, reference }) => [`input ${name}`, reference] as const),
    ...Object.entries(job.parameters).map(
      ([name, value]) => [printable(name), printable(String(value))] as const,
    ),
  ]);
  if (job.attemptList.length === 0) return head;
  const rows = job.attemptList.map((attempt) => [
    String(attempt.number),
    paintStatus(paint, attempt.status),
    time(attempt.startedAt),
    lasted(attempt.startedAt, attempt.endedAt, now),
    attempt.resumedFromCheckpointId ?? "–",
    printable(attempt.message ?? "").replaceAll("\n", " "),
  ]);
  const headings = ["#attempt", "status", "started", "#ran", "resumed from", "message"];
  return `${head}\n\n${table(paint, headings, rows)}`;
}

export const programOf = ({ recipe }: Pick<Job, "recipe">): string =>
  recipe === null ? "own code" : `recipe ${recipe.name}@${recipe.version}`;
