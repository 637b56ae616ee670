import { Command, CommanderError } from "commander";
import { auditExport } from "./commands/audit/export.ts";
import { clusterCreate } from "./commands/cluster/create.ts";
import { clusterDelete } from "./commands/cluster/delete.ts";
import { clusterDrain } from "./commands/cluster/drain.ts";
import { clusterList } from "./commands/cluster/list.ts";
import { clusterResize } from "./commands/cluster/resize.ts";
import { datasetAdd } from "./commands/dataset/add.ts";
import { datasetLineage } from "./commands/dataset/lineage.ts";
import { datasetList } from "./commands/dataset/list.ts";
import { datasetShow } from "./commands/dataset/show.ts";
import { deploymentList } from "./commands/deployment/list.ts";
import { deploymentRollBack } from "./commands/deployment/roll-back.ts";
import { jobCancel } from "./commands/job/cancel.ts";
import { jobList } from "./commands/job/list.ts";
import { jobLogs } from "./commands/job/logs.ts";
import { jobSubmit } from "./commands/job/submit.ts";
import { jobValidate } from "./commands/job/validate.ts";
import { jobWatch } from "./commands/job/watch.ts";
import { modelLineage } from "./commands/model/lineage.ts";
import { modelList } from "./commands/model/list.ts";
import { modelShow } from "./commands/model/show.ts";
import { promotionList } from "./commands/promotion/list.ts";
import { promotionRequest } from "./commands/promotion/request.ts";
import { promotionShow } from "./commands/promotion/show.ts";
import { signIn } from "./commands/sign-in.ts";
import { signOut } from "./commands/sign-out.ts";
import { targetCheck } from "./commands/target/check.ts";
import { targetDefine } from "./commands/target/define.ts";
import { targetList } from "./commands/target/list.ts";
import { targetRemove } from "./commands/target/remove.ts";
import { targetShow } from "./commands/target/show.ts";
import { verify } from "./commands/verify.ts";
import { whoami } from "./commands/whoami.ts";
import type { AddCommand, Shell } from "./command.ts";
import { exitCode } from "./exit-code.ts";
import { failureOf, type Failure } from "./failure.ts";
import type { Io } from "./io.ts";
import { printable } from "./render/printable.ts";
import manifest from "../package.json" with { type: "json" };

const alone: readonly AddCommand[] = [signIn, signOut, whoami];
const nouns: readonly { name: string; about: string; verbs: readonly AddCommand[] }[] = [
  {
    name: "job",
    about: "training, fine-tuning and evaluation jobs",
    verbs: [jobSubmit, jobValidate, jobWatch, jobLogs, jobCancel, jobList],
  },
  {
    name: "dataset",
    about: "immutable, versioned data",
    verbs: [datasetAdd, datasetList, datasetShow, datasetLineage],
  },
  { name: "model", about: "model versions", verbs: [modelList, modelShow, modelLineage] },
  {
    name: "promotion",
    about: "requests that a model may serve a purpose",
    verbs: [promotionRequest, promotionList, promotionShow],
  },
  { name: "deployment", about: "models that answer", verbs: [deploymentList, deploymentRollBack] },
  {
    name: "target",
    about: "places jobs run",
    verbs: [targetList, targetShow, targetCheck, targetDefine, targetRemove],
  },
  {
    name: "cluster",
    about: "machines of a target that come and go",
    verbs: [clusterList, clusterCreate, clusterResize, clusterDrain, clusterDelete],
  },
  { name: "audit", about: "the log nobody can edit unnoticed", verbs: [auditExport] },
];

/** Runs one command line and says the exit code. Nothing is thrown. */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const shell: Shell = { io, exitCode: exitCode.ok };
  try {
    await programFor(shell).parseAsync(argv, { from: "user" });
    return shell.exitCode;
  } catch (error) {
    // Commander has told people already.
    if (error instanceof CommanderError)
      return error.exitCode === 0 ? exitCode.ok : exitCode.invalid;
    const failure = failureOf(error);
    tell(io, failure, argv.includes("--json"));
    return failure.code;
  }
}

function programFor(shell: Shell): Command {
  const program = new Command("preceptor")
    .description("Train healthcare models, watch them, and ask the board to let them serve.")
    .version(manifest.version)
    .exitOverride()
    .configureOutput({ writeOut: shell.io.stdout.write, writeErr: shell.io.stderr.write })
    .showHelpAfterError("(--help says what it takes)");
  for (const add of alone) add(program, shell);
  for (const { name, about, verbs } of nouns) {
    const noun = program.command(name).description(about);
    for (const add of verbs) add(noun, shell);
  }
  verify(program, shell);
  return program;
}

function tell(io: Io, { code, message, fields }: Failure, json: boolean): void {
  const lines =
    fields.length === 0
      ? [message]
      : fields.map((fault) =>
          [fault.at, fault.field, fault.message]
            .filter((part) => part !== undefined && part !== "")
            .join(": "),
        );
  for (const line of lines) io.stderr.write(`error: ${printable(line)}\n`);
  if (json) io.stdout.write(`${JSON.stringify({ error: { exitCode: code, message, fields } })}\n`);
}
