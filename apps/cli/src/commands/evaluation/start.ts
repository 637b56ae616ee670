import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { Name, VersionedName } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, type Tools } from "../../command.ts";
import { sendOnce } from "../../connection/send-once.ts";
import type { Session } from "../../connection/session.ts";
import type { Evaluation } from "../../connection/wire.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { exitCodeOf, followJob } from "../../watch/follow.ts";
import { IdempotencyKey, idempotencyFlag } from "../idempotency.ts";
import { evaluationText } from "./text.ts";

const IMPORT_PATIENCE_MS = 60_000;
const underWay: readonly Evaluation["status"][] = ["pending", "running"];

export const evaluationStart = defineCommand({
  usage: "start <model@version> <suite@version>",
  about: "start a job that runs a suite on a model",
  args: z.tuple([VersionedName, VersionedName]),
  flags: [
    { flags: "--target <name>", about: "compute target that runs it (default: the only one)" },
    { flags: "--watch", about: "stay until it has its score; exit code 0 only if it has one" },
    idempotencyFlag,
  ],
  options: z.object({
    target: Name.optional(),
    watch: z.boolean().default(false),
    idempotencyKey: IdempotencyKey,
  }),
  async run(tools, [model, suite], options) {
    const session = await tools.session();
    const target = options.target ?? (await onlyTarget(session));
    const key = options.idempotencyKey ?? randomUUID();
    const started = await sendOnce(tools, "evaluation", key, (idempotencyKey) =>
      session.api.evaluation.start.mutate({ model, suite, target, idempotencyKey }),
    );
    const { job, evaluation } = started;
    if (!options.watch) {
      tools.answer(
        started,
        `${evaluation.id}  ${evaluation.status}\nIts job is ${job.id}; watch it with: preceptor job watch ${job.id}`,
      );
      return exitCode.ok;
    }
    tools.say(`Started ${evaluation.id}; its job is ${job.id}.`);
    const ended = await followJob(tools, session, job.id);
    const scored = await settled(tools, session, evaluation.id, ended.status === "succeeded");
    tools.answer({ job: ended, evaluation: scored }, `\n${evaluationText(scored, tools.paint)}`);
    if (ended.status !== "succeeded") return exitCodeOf(ended.status);
    return scored.status === "complete" ? exitCode.ok : exitCode.failed;
  },
});

/** Where there is one target only, nobody needs to name it. */
async function onlyTarget({ api }: Session): Promise<string> {
  const targets = await api.computeTarget.list.query();
  const [first, ...others] = targets;
  if (first !== undefined && others.length === 0) return first.name;
  const names = targets.map(({ name }) => name).join(", ");
  const message = names === "" ? "there is no target yet" : `say which one: ${names}`;
  throw new CliError(exitCode.invalid, "The command line is not valid.", [
    { field: "--target", message },
  ]);
}

/** The report is read in after the job has ended: a moment is given for it. */
async function settled(
  { io }: Tools,
  { api }: Session,
  id: string,
  expected: boolean,
): Promise<Evaluation> {
  const until = io.now().getTime() + (expected ? IMPORT_PATIENCE_MS : 0);
  for (;;) {
    const evaluation = await api.evaluation.get.query({ id });
    if (!underWay.includes(evaluation.status) || io.now().getTime() >= until) return evaluation;
    await wait(500, undefined, { signal: io.stopped }).catch(() => {
      throw io.stopped.reason;
    });
  }
}
