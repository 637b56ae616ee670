import { Command, CommanderError } from "commander";
import { apiKeyCreate } from "./commands/api-key/create.ts";
import { apiKeyList } from "./commands/api-key/list.ts";
import { apiKeyRevoke } from "./commands/api-key/revoke.ts";
import { auditExport } from "./commands/audit/export.ts";
import { clusterCreate } from "./commands/cluster/create.ts";
import { clusterDelete } from "./commands/cluster/delete.ts";
import { clusterDrain } from "./commands/cluster/drain.ts";
import { clusterList } from "./commands/cluster/list.ts";
import { clusterResize } from "./commands/cluster/resize.ts";
import { datasetAdd } from "./commands/dataset/add.ts";
import { datasetDownload } from "./commands/dataset/download.ts";
import { datasetLineage } from "./commands/dataset/lineage.ts";
import { datasetList } from "./commands/dataset/list.ts";
import { datasetShow } from "./commands/dataset/show.ts";
import { deploymentLineage } from "./commands/deployment/lineage.ts";
import { deploymentList } from "./commands/deployment/list.ts";
import { deploymentRollBack } from "./commands/deployment/roll-back.ts";
import { deploymentShare } from "./commands/deployment/share.ts";
import { deploymentShow } from "./commands/deployment/show.ts";
import { deploymentStop } from "./commands/deployment/stop.ts";
import { deploymentWatch } from "./commands/deployment/watch.ts";
import { evaluationCompare } from "./commands/evaluation/compare.ts";
import { evaluationList } from "./commands/evaluation/list.ts";
import { evaluationShow } from "./commands/evaluation/show.ts";
import { evaluationStart } from "./commands/evaluation/start.ts";
import { jobAbandon } from "./commands/job/abandon.ts";
import { jobCancel } from "./commands/job/cancel.ts";
import { jobCheckpoints } from "./commands/job/checkpoints.ts";
import { jobCompare } from "./commands/job/compare.ts";
import { jobList } from "./commands/job/list.ts";
import { jobLogs } from "./commands/job/logs.ts";
import { jobShow } from "./commands/job/show.ts";
import { jobSubmit } from "./commands/job/submit.ts";
import { jobValidate } from "./commands/job/validate.ts";
import { jobWatch } from "./commands/job/watch.ts";
import { memberInvite } from "./commands/member/invite.ts";
import { memberList } from "./commands/member/list.ts";
import { memberRevoke } from "./commands/member/revoke.ts";
import { memberRole } from "./commands/member/role.ts";
import { modelDownload } from "./commands/model/download.ts";
import { modelLineage } from "./commands/model/lineage.ts";
import { modelList } from "./commands/model/list.ts";
import { modelRegister } from "./commands/model/register.ts";
import { modelShow } from "./commands/model/show.ts";
import { policyDefine } from "./commands/policy/define.ts";
import { policyList } from "./commands/policy/list.ts";
import { promotionList } from "./commands/promotion/list.ts";
import { promotionRequest } from "./commands/promotion/request.ts";
import { promotionRevoke } from "./commands/promotion/revoke.ts";
import { promotionShow } from "./commands/promotion/show.ts";
import { promotionVote } from "./commands/promotion/vote.ts";
import { promotionWithdraw } from "./commands/promotion/withdraw.ts";
import { recipeList } from "./commands/recipe/list.ts";
import { recipeShow } from "./commands/recipe/show.ts";
import { retentionRun } from "./commands/retention/run.ts";
import { retentionShow } from "./commands/retention/show.ts";
import { signIn } from "./commands/sign-in.ts";
import { signOut } from "./commands/sign-out.ts";
import { suiteDefine } from "./commands/suite/define.ts";
import { suiteList } from "./commands/suite/list.ts";
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
    verbs: [
      jobSubmit,
      jobValidate,
      jobWatch,
      jobLogs,
      jobCancel,
      jobAbandon,
      jobList,
      jobShow,
      jobCheckpoints,
      jobCompare,
    ],
  },
  {
    name: "dataset",
    about: "immutable, versioned data",
    verbs: [datasetAdd, datasetList, datasetShow, datasetDownload, datasetLineage],
  },
  {
    name: "model",
    about: "model versions",
    verbs: [modelList, modelShow, modelDownload, modelLineage, modelRegister],
  },
  {
    name: "evaluation",
    about: "suites run on models",
    verbs: [evaluationStart, evaluationList, evaluationShow, evaluationCompare],
  },
  { name: "suite", about: "what an evaluation measures", verbs: [suiteList, suiteDefine] },
  {
    name: "promotion",
    about: "requests that a model may serve a purpose",
    verbs: [
      promotionRequest,
      promotionList,
      promotionShow,
      promotionVote,
      promotionWithdraw,
      promotionRevoke,
    ],
  },
  { name: "policy", about: "rules promotions are judged by", verbs: [policyList, policyDefine] },
  {
    name: "deployment",
    about: "models that answer",
    verbs: [
      deploymentList,
      deploymentShow,
      deploymentWatch,
      deploymentShare,
      deploymentRollBack,
      deploymentStop,
      deploymentLineage,
    ],
  },
  {
    name: "api-key",
    about: "keys with which programs call served models",
    verbs: [apiKeyCreate, apiKeyList, apiKeyRevoke],
  },
  { name: "recipe", about: "programs that come with Preceptor", verbs: [recipeList, recipeShow] },
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
  {
    name: "retention",
    about: "what leaves the store, and when",
    verbs: [retentionShow, retentionRun],
  },
  {
    name: "member",
    about: "people of your organization and their roles",
    verbs: [memberList, memberInvite, memberRole, memberRevoke],
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
