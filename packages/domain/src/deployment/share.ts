import { z } from "zod";
import type { Stage } from "../promotion/promotion.ts";
import type { DeploymentStatus } from "./deployment.ts";
import { MirrorPercent, SharePercent } from "./share-percent.ts";

/*
 *  Of one purpose's requests the routed deployment answers what no other has. One canary may have 1 to 99 %; one deployment may
 *  get copies (a mirror), whose answers nobody sees. 100 % is the route itself:
 *
 *    opened ──healthy──> canary, 0..99 % ──100 %──> routed ──another gets 100 %──> ready, 0 %, still running
 *       └──────healthy, meant for 100 %──────────────>┘
 */
/** What a change was decided on: if it is otherwise by now, nothing is changed. */
export const ExpectedShare = z.strictObject({
  /** The deployment that had the route; null where nothing served. */
  routedDeploymentId: z.string().max(60).nullable(),
  percent: SharePercent,
  mirrorPercent: MirrorPercent,
});
export type ExpectedShare = z.infer<typeof ExpectedShare>;

/** One deployment of a purpose, as shares are decided on. */
export interface SharingDeployment {
  readonly id: string;
  /** `name@version` */
  readonly model: string;
  readonly stage: Stage;
  readonly desired: "serving" | "stopped";
  readonly status: DeploymentStatus;
  readonly routed: boolean;
  /** What it is to have once it is healthy; 100 is the route. */
  readonly share: number;
  readonly mirror: number;
  readonly healthyAt: Date | null;
}

/** What one deployment of a purpose gets now. The percentages of all of them sum to 100, or to 0 where nothing serves. */
export interface TrafficShare {
  readonly deploymentId: string;
  readonly model: string;
  readonly routed: boolean;
  readonly percent: number;
  readonly mirrorPercent: number;
}

const isCanary = ({ share, routed }: SharingDeployment): boolean =>
  !routed && share > 0 && share < 100;
const answers = ({ desired, status }: SharingDeployment): boolean =>
  desired === "serving" && status === "healthy";

/** Who gets what: only the healthy have a part, and the routed one has the rest. The routed one is first. */
export function trafficNow(all: readonly SharingDeployment[]): TrafficShare[] {
  const routed = all.find((one) => one.routed);
  if (!routed) return [];
  const others = all
    .filter((one) => answers(one) && (isCanary(one) || (!one.routed && one.mirror > 0)))
    .map((one) => shareOf(one, isCanary(one) ? one.share : 0, one.mirror));
  const given = others.reduce((sum, each) => sum + each.percent, 0);
  return [shareOf(routed, 100 - given, 0), ...others];
}

const shareOf = (
  { id, model, routed }: SharingDeployment,
  percent: number,
  mirrorPercent: number,
): TrafficShare => ({ deploymentId: id, model, routed, percent, mirrorPercent });

export interface AskedShare {
  readonly deploymentId: string;
  readonly percent: number;
  readonly mirrorPercent: number;
  readonly expected: ExpectedShare;
}
export interface ShareChange {
  readonly id: string;
  readonly routed: boolean;
  readonly share: number;
  readonly mirror: number;
}
export type ShareDecision =
  | { readonly ok: true; readonly changes: readonly ShareChange[] }
  | {
      readonly ok: false;
      readonly code: "conflict" | "forbidden" | "not-found";
      readonly field: "deploymentId" | "percent" | "mirrorPercent" | "expected";
      readonly message: string;
    };

/** Whether a deployment may get this share and this mirror, and what then changes. `permit` is what its signed decision allows. */
export function decideShare(
  all: readonly SharingDeployment[],
  asked: AskedShare,
  permit: { readonly ok: true } | { readonly ok: false; readonly why: string },
): ShareDecision {
  const { percent, mirrorPercent, expected } = asked;
  const one = all.find(({ id }) => id === asked.deploymentId);
  if (!one) return refused("not-found", "deploymentId", "There is no such deployment.");
  const routed = all.find((other) => other.routed) ?? null;
  if (
    (routed?.id ?? null) !== expected.routedDeploymentId ||
    one.share !== expected.percent ||
    one.mirror !== expected.mirrorPercent
  )
    return refused(
      "conflict",
      "expected",
      `Somebody changed it meanwhile: ${one.model} ${one.routed ? "has the route" : `has ${one.share} % and a mirror of ${one.mirror} %`}, and ${routed?.model ?? "nothing"} is routed. Look again, then decide.`,
    );
  if (one.desired === "stopped" || one.status === "stopped" || one.status === "failed")
    return refused("conflict", "deploymentId", `${one.model} has ended or is being stopped.`);
  if (one.routed)
    return refused(
      "conflict",
      "percent",
      `${one.model} is the one that answers whatever no other has. Change the share of another deployment, or roll back.`,
    );
  if (percent === one.share && mirrorPercent === one.mirror)
    return refused("conflict", "percent", `${one.model} has that share already.`);
  // Less is always allowed: taking back must not depend on anything.
  if (percent > 0 || mirrorPercent > 0) {
    const why = mayHave(all, one, routed, asked, permit);
    if (why) return why;
  }
  if (percent < 100)
    return {
      ok: true,
      changes: [{ id: one.id, routed: false, share: percent, mirror: mirrorPercent }],
    };
  const former = routed && { id: routed.id, routed: false, share: 0, mirror: 0 };
  return {
    ok: true,
    changes: [...(former ? [former] : []), { id: one.id, routed: true, share: 100, mirror: 0 }],
  };
}

function mayHave(
  all: readonly SharingDeployment[],
  one: SharingDeployment,
  routed: SharingDeployment | null,
  { percent, mirrorPercent }: AskedShare,
  permit: Parameters<typeof decideShare>[2],
): Extract<ShareDecision, { ok: false }> | null {
  if (!permit.ok)
    return refused("forbidden", "deploymentId", `${one.model} may not serve: ${permit.why}.`);
  if (percent > 0 && one.stage === "shadow")
    return refused(
      "forbidden",
      "percent",
      `${one.model} was approved as a shadow: it may get copies of requests, and nobody may see its answers.`,
    );
  if (percent > 0 && mirrorPercent > 0)
    return refused(
      "conflict",
      "mirrorPercent",
      "A deployment that answers requests cannot get copies of them as well: give it a share or a mirror.",
    );
  if (!routed && percent !== 100)
    return refused(
      "conflict",
      percent > 0 ? "percent" : "mirrorPercent",
      "Nothing serves this purpose now, so nobody would take the rest.",
    );
  if (percent === 100 && one.status !== "healthy")
    return refused(
      "conflict",
      "percent",
      `${one.model} is ${one.status}: it can take all requests once it is healthy.`,
    );
  if (one.healthyAt !== null && one.status !== "healthy")
    return refused(
      "conflict",
      "deploymentId",
      `${one.model} does not answer its health check now.`,
    );
  const others = all.filter(({ id, desired }) => id !== one.id && desired === "serving");
  const canary = percent > 0 && percent < 100 && others.find(isCanary);
  if (canary)
    return refused(
      "conflict",
      "percent",
      `${canary.model} has ${canary.share} % already: take that back first.`,
    );
  const mirrored = mirrorPercent > 0 && others.find(({ mirror }) => mirror > 0);
  if (mirrored)
    return refused(
      "conflict",
      "mirrorPercent",
      `${mirrored.model} gets copies already: end that first.`,
    );
  return null;
}

const refused = (
  code: Extract<ShareDecision, { ok: false }>["code"],
  field: Extract<ShareDecision, { ok: false }>["field"],
  message: string,
): Extract<ShareDecision, { ok: false }> => ({ ok: false, code, field, message });

/**
 * Why a deployment that has a share or a mirror loses it with this status; null when it keeps it. One that still starts keeps what
 * it is to have; the routed one keeps the route, since nobody else may answer for it.
 */
export function whyShareIsLost(one: SharingDeployment, next: DeploymentStatus): string | null {
  if (one.routed || (!isCanary(one) && one.mirror === 0)) return null;
  if (next === "failed") return "It failed.";
  if (next === "stopped" || next === "stopping") return "It was stopped.";
  if (one.healthyAt !== null && next !== "healthy") return "It does not answer its health check.";
  return null;
}

/** What a new deployment is to have once it is healthy: nothing for a shadow, and all of it where nobody could take the rest. */
export const openingShare = (stage: Stage, wanted: number, somethingServes: boolean): number =>
  stage === "shadow" ? 0 : somethingServes ? wanted : 100;
