import { createHash } from "node:crypto";
import { createVerifier, verifyDecision } from "@preceptor/attest";
import { manifestText, type FileEntry, type ServingPermit } from "@preceptor/domain";
import type { ServiceContext } from "../context.ts";

export interface PermitEvidence {
  readonly organizationId: string;
  readonly purpose: string;
  readonly stage: string;
  readonly files: readonly FileEntry[];
  readonly promotionStatus: string;
  readonly approvals: number;
  /** DSSE envelope as it was stored. */
  readonly decision: unknown;
}

/**
 * Whether the signed decision allows exactly these files to serve this purpose now. The model's digest is computed from its files'
 * digests, not read from a row, and the serving adapter checks the bytes against them: a row changed by hand permits nothing.
 */
export function permitOf(
  ctx: Pick<ServiceContext, "signer" | "now">,
  of: PermitEvidence,
): ServingPermit {
  if (of.promotionStatus !== "approved")
    return { ok: false, why: `its promotion is ${of.promotionStatus}` };
  const checked = verifyDecision(of.decision, {
    trustedKeys: createVerifier([ctx.signer.publicKeyPem]),
    modelDigest: manifestDigest(of.files),
    organizationId: of.organizationId,
    purpose: of.purpose,
    stage: of.stage,
    minimumApprovals: of.approvals,
    now: ctx.now(),
  });
  return checked.ok ? { ok: true } : { ok: false, why: checked.message };
}

const manifestDigest = (files: readonly FileEntry[]): string =>
  `sha256:${createHash("sha256").update(manifestText(files)).digest("hex")}`;
