import { z } from "zod";
import { Name } from "../id.ts";
import { PageInput } from "../page.ts";
import { SharePercent } from "../deployment/share-percent.ts";
import { VersionedName } from "../reference.ts";

export const stages = ["shadow", "pilot", "general"] as const;
export type Stage = (typeof stages)[number];

export const Gate = z.discriminatedUnion("gate", [
  /** The evaluation is of this exact model, whole split, complete. */
  z.strictObject({ gate: z.literal("validity"), suite: VersionedName }),
  /** Lower bound of the score's 95 % interval ≥ `atLeast`. */
  z.strictObject({ gate: z.literal("floor"), suite: VersionedName, atLeast: z.number() }),
  /** Lower bound of the paired difference to the champion > −margin. Not-run where nothing serves the purpose yet. */
  z.strictObject({
    gate: z.literal("non-inferiority"),
    suite: VersionedName,
    margin: z.number().positive(),
  }),
  /** No patient of the test split is in any training ancestor. */
  z.strictObject({ gate: z.literal("leakage"), suite: VersionedName }),
  /** At least this many independent patients in the test split. */
  z.strictObject({
    gate: z.literal("sample-size"),
    suite: VersionedName,
    patients: z.number().int().positive(),
  }),
]);
export type Gate = z.infer<typeof Gate>;
export const gateOutcomes = ["pass", "fail", "insufficient", "not-run"] as const;
export type GateOutcome = (typeof gateOutcomes)[number];
export interface GateResult {
  readonly gate: Gate["gate"];
  readonly suite: string;
  readonly outcome: GateOutcome;
  /** The rule in one sentence with its figure, e.g. "lower bound ≥ 0.25". */
  readonly rule: string;
  /** What was found, e.g. "0.81 [0.77, 0.85], n = 320". */
  readonly finding: string;
  readonly evidence: readonly string[];
}

/** Versioned data: which gates, how many approvals, and what a signature must be. */
export const DefinePolicy = z.strictObject({
  name: Name,
  title: z.string().max(120),
  stage: z.enum(stages),
  gates: z.array(Gate).min(1).max(50),
  approvals: z.number().int().min(1).max(9),
  /** Outcomes that still let a board vote; `fail` never does. */
  acceptNotRun: z.array(z.enum(["non-inferiority"])).default([]),
  signature: z.enum(["password", "passkey"]).default("password"),
  validityDays: z.number().int().min(1).max(1095).default(365),
});
export type DefinePolicy = z.infer<typeof DefinePolicy>;
export interface Policy extends DefinePolicy {
  readonly id: string;
  readonly version: number;
  readonly digest: string;
  readonly createdAt: Date;
}

export const RequestPromotion = z.strictObject({
  /** `model://name@version` */
  model: z.string().max(120),
  /** What it is for; also the name it is served under, e.g. `discharge-summary`. */
  purpose: Name,
  policy: VersionedName,
  intendedUse: z.string().min(10).max(4000),
  notFor: z.string().min(3).max(4000),
  risks: z.string().max(8000).default(""),
  /** Compute target that will serve it. */
  target: Name,
  /** Percentage of the purpose's requests it begins with once approved and healthy; all of them unless said otherwise. */
  share: SharePercent.optional(),
});
export type RequestPromotion = z.infer<typeof RequestPromotion>;

export const voteMeanings = ["review", "approval", "responsibility"] as const;
export const CastVote = z.strictObject({
  promotionId: z.string().max(60),
  decision: z.enum(["approve", "reject"]),
  meaning: z.enum(voteMeanings),
  reason: z.string().trim().min(10, "say in at least ten characters why").max(4000),
  /** What the member read: a vote on anything else is refused. */
  dossierDigest: z.string().max(80),
  password: z.string().min(1).max(500),
});
export type CastVote = z.infer<typeof CastVote>;

export const promotionStatuses = [
  "open",
  "approved",
  "rejected",
  "withdrawn",
  "voided",
  "revoked",
] as const;
export type PromotionStatus = (typeof promotionStatuses)[number];
export interface Vote {
  readonly id: string;
  readonly member: { id: string; name: string };
  readonly decision: "approve" | "reject";
  readonly meaning: (typeof voteMeanings)[number];
  readonly reason: string;
  readonly method: "password" | "passkey";
  readonly statementDigest: string;
  readonly castAt: Date;
}
/** Everything the board decides on, frozen: its digest is what a vote signs. */
export interface Dossier {
  readonly model: { name: string; version: number; id: string; digest: string };
  readonly purpose: string;
  readonly stage: Stage;
  readonly policy: { name: string; version: number; digest: string };
  readonly intendedUse: string;
  readonly notFor: string;
  readonly risks: string;
  readonly madeFrom: readonly {
    kind: "dataset" | "model" | "job" | "checkpoint";
    name: string;
    id: string;
    digest: string;
    note: string;
  }[];
  readonly evaluations: readonly {
    id: string;
    suite: string;
    digest: string;
    score: { mean: number; lower: number; upper: number; n: number };
  }[];
  readonly champion: { name: string; version: number; id: string; digest: string } | null;
  readonly gates: readonly GateResult[];
  readonly contributors: readonly { id: string; name: string }[];
}
export interface Promotion {
  readonly id: string;
  readonly status: PromotionStatus;
  readonly model: { id: string; name: string; version: number; digest: string };
  readonly purpose: string;
  readonly stage: Stage;
  readonly policy: Policy;
  readonly target: string;
  readonly dossier: Dossier;
  readonly dossierDigest: string;
  readonly requestedBy: { id: string; name: string };
  readonly requestedAt: Date;
  readonly decidedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly votes: readonly Vote[];
  readonly approvalsNeeded: number;
  readonly deploymentId: string | null;
  /** Percentage of the purpose's requests it begins with. No evidence: it is not in the dossier, and operators change it. */
  readonly share: number;
  /** Whether the one who asks may vote now, and if not, why. */
  readonly mayVote: { allowed: boolean; why: string | null };
  /** The exact sentence a vote signs. */
  readonly sentence: string;
}

export const ListPromotions = PageInput.extend({ status: z.enum(promotionStatuses).optional() });
export type ListPromotions = z.infer<typeof ListPromotions>;
export const RevokePromotion = z.strictObject({
  id: z.string().max(60),
  reason: z.string().trim().min(10, "say in at least ten characters why").max(4000),
});
export type RevokePromotion = z.infer<typeof RevokePromotion>;
