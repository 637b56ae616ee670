import { CastVote, Digest, idOf, voteMeanings } from "@preceptor/domain";
import { z } from "zod";
import { defineCommand, type Tools } from "../../command.ts";
import type { Promotion } from "../../connection/wire.ts";
import { exitCode } from "../../exit-code.ts";
import { CliError } from "../../failure.ts";
import { paintStatus } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { promotionText } from "./text.ts";

const Options = z
  .object({
    approve: z.boolean().default(false),
    reject: z.boolean().default(false),
    reason: CastVote.shape.reason,
    meaning: z.enum(voteMeanings).default("approval"),
    dossier: Digest.optional(),
    passwordStdin: z.boolean().default(false),
  })
  .refine(({ approve, reject }) => approve !== reject, {
    path: ["approve"],
    message: "say either --approve or --reject",
  })
  .refine(({ passwordStdin, dossier }) => !passwordStdin || dossier !== undefined, {
    path: ["dossier"],
    message: "nobody is asked with --password-stdin: say the digest of the dossier that was read",
  });
type Options = z.output<typeof Options>;

export const promotionVote = defineCommand({
  usage: "vote <id>",
  about: "sign and cast your vote; it is final. Your password is asked for, never an argument",
  args: z.tuple([idOf("promotion")]),
  flags: [
    { flags: "--approve", about: "the model may serve this purpose" },
    { flags: "--reject", about: "it may not" },
    { flags: "--reason <text>", about: "why, in at least ten characters; every reader sees it" },
    {
      flags: "--meaning <meaning>",
      about: `what your signature stands for: ${voteMeanings.join(", ")} (default approval)`,
    },
    { flags: "--dossier <digest>", about: "what you read; a vote on anything else is refused" },
    { flags: "--password-stdin", about: "read the password from standard input (scripts)" },
  ],
  options: Options,
  async run(tools, [id], options) {
    const { api } = await tools.session();
    const promotion = await api.promotion.get.query({ id });
    assertMayBeCast(promotion, options);
    const decision = options.approve ? "approve" : "reject";
    showWhatIsSigned(tools, promotion, decision, options);
    const after = await api.promotion.vote.mutate({
      promotionId: id,
      decision,
      meaning: options.meaning,
      reason: options.reason,
      dossierDigest: promotion.dossierDigest,
      password: await passwordFrom(tools, options),
    });
    tools.answer(after, recordedText(tools, after, decision));
  },
});

/** What the server would refuse is told before anybody types a password; the server decides all the same. */
function assertMayBeCast(promotion: Promotion, { dossier }: Options): void {
  const { status, mayVote, policy, dossierDigest } = promotion;
  if (status !== "open")
    throw new CliError(exitCode.failed, `The promotion is ${status}; nothing is left to vote on.`);
  if (!mayVote.allowed)
    throw new CliError(exitCode.notAllowed, mayVote.why ?? "You may not vote on it.");
  if (policy.signature !== "password")
    throw new CliError(
      exitCode.notAllowed,
      "This policy wants a passkey's signature, which a terminal does not have. Vote in the web UI.",
    );
  if (dossier !== undefined && dossier !== dossierDigest)
    throw new CliError(exitCode.failed, "You read another dossier than the one that is voted on.", [
      { field: "--dossier", message: `the dossier to be voted on is ${dossierDigest}` },
    ]);
}

function showWhatIsSigned(
  { say, paint }: Tools,
  promotion: Promotion,
  decision: string,
  { meaning, reason }: Options,
): void {
  say(promotionText(promotion, paint));
  say(`\nYou sign: ${printable(promotion.sentence)}`);
  say(
    `Decision: ${paint("strong", decision)}, as ${meaning}. Reason: ${printable(reason)}\nA vote is final: it cannot be changed or taken back.`,
  );
}

async function passwordFrom({ io }: Tools, { passwordStdin }: Options): Promise<string> {
  const password = passwordStdin
    ? await io.stdin.firstLine()
    : await io.stdin.secret("Your password (not shown; it signs the vote): ");
  if (password === null)
    throw new CliError(
      exitCode.invalid,
      "There is no terminal to ask for your password. Pipe it in with --password-stdin.",
    );
  const checked = CastVote.shape.password.safeParse(password);
  if (checked.success) return checked.data;
  throw new CliError(exitCode.invalid, "Nothing was signed.", [
    { field: "password", message: password === "" ? "is empty" : "is too long" },
  ]);
}

function recordedText({ paint }: Tools, after: Promotion, decision: string): string {
  const approvals = after.votes.filter((vote) => vote.decision === "approve").length;
  const head = `Your vote to ${decision} is signed and recorded: ${approvals} of ${after.approvalsNeeded} approvals.`;
  if (after.status === "open") return `${head}\nThe request stays open.`;
  const status = `The request is ${paintStatus(paint, after.status)}.`;
  return after.deploymentId === null
    ? `${head}\n${status}`
    : `${head}\n${status} Its deployment ${after.deploymentId} is opened; see it come up with: preceptor deployment watch ${after.deploymentId}`;
}
