import type { Promotion } from "../../connection/wire.ts";
import { paintStatus, type Paint } from "../../render/paint.ts";
import { printable } from "../../render/printable.ts";
import { facts, table } from "../../render/table.ts";
import { time } from "../../render/time.ts";

/** A promotion as a person reads it in a terminal: what is asked, what the gates found, who voted. */
export function promotionText(promotion: Promotion, paint: Paint): string {
  const { model, policy, dossier } = promotion;
  const approvals = promotion.votes.filter(({ decision }) => decision === "approve").length;
  const head = facts(paint, [
    ["promotion", promotion.id],
    [
      "status",
      `${paintStatus(paint, promotion.status)}, ${approvals} of ${promotion.approvalsNeeded} approvals`,
    ],
    ["model", `${model.name}@${model.version}  ${model.digest}`],
    ["purpose", `${promotion.purpose} (${promotion.stage}) on ${promotion.target}`],
    ["policy", `${policy.name}@${policy.version}  ${printable(policy.title)}`],
    ["intended use", printable(dossier.intendedUse)],
    ["not for", printable(dossier.notFor)],
    ["risks", dossier.risks === "" ? null : printable(dossier.risks)],
    ["dossier", promotion.dossierDigest],
    ["requested", `${time(promotion.requestedAt)} by ${printable(promotion.requestedBy.name)}`],
    ["decided", promotion.decidedAt === null ? null : time(promotion.decidedAt)],
    ["expires", promotion.expiresAt === null ? null : time(promotion.expiresAt)],
    ["deployment", promotion.deploymentId],
  ]);
  const gates = table(
    paint,
    ["gate", "suite", "outcome", "rule", "finding"],
    dossier.gates.map((gate) => [
      gate.gate,
      gate.suite,
      paintStatus(paint, gate.outcome),
      printable(gate.rule),
      printable(gate.finding),
    ]),
  );
  const votes = table(
    paint,
    ["vote", "by", "at", "reason"],
    promotion.votes.map((vote) => [
      vote.decision,
      printable(vote.member.name),
      time(vote.castAt),
      printable(vote.reason).replaceAll("\n", " "),
    ]),
  );
  return [head, gates, ...(promotion.votes.length > 0 ? [votes] : [])].join("\n\n");
}
