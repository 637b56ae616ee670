import { faultOf, type AzureFaultKind, inOurWords } from "@preceptor/azure";
import { machinesAt, type Machine } from "@preceptor/domain";
import type { Preflight, Problem } from "../capabilities.ts";
import type { Catalogue } from "./catalogue.ts";
import { choiceOf } from "./choice.ts";
import { readMachine, readRegion, type Region } from "./machine-facts.ts";
import { problemsOf, type Asked } from "./machine-problems.ts";
import type { Place } from "./place.ts";
import type { AzureMlTarget } from "./target.ts";
import { Workspace } from "./wire.ts";

const kinds: Record<AzureFaultKind, Problem["kind"]> = {
  "not-found": "wrong-subscription",
  conflict: "unreachable",
  throttled: "unreachable",
  unauthenticated: "credential-expired",
  forbidden: "missing-role",
  quota: "no-quota",
  "unknown-instance-type": "unknown-instance-type",
  "region-without-sku": "region-without-sku",
  "wrong-subscription": "wrong-subscription",
  invalid: "unreachable",
  unreachable: "unreachable",
  garbled: "unreachable",
};

type Wanted = Parameters<Preflight["check"]>[0];

/** From the outside in: without a workspace nothing else can be asked, without a cluster nothing about its machines. */
export async function checkTarget(
  place: Place,
  catalogue: Catalogue,
  wanted: Wanted,
): Promise<readonly Problem[]> {
  const { client, target } = place;
  const outside = await problemOf(
    client.send({ method: "GET", path: client.resourceId, schema: Workspace }),
    `There is no workspace ${target.workspace} in resource group ${target.resourceGroup} of subscription ${target.subscriptionId}: check the three names in the target's settings.`,
  );
  if (outside) return [outside];
  const [storage, machines] = await Promise.all([
    checkStorage(place),
    checkMachines(place, catalogue, wanted),
  ]);
  return [...storage, ...machines];
}

async function problemOf(ask: Promise<unknown>, whenMissing: string): Promise<Problem | null> {
  try {
    await ask;
    return null;
  } catch (error) {
    const { kind, message } = faultOf(error);
    return { kind: kinds[kind], message: kind === "not-found" ? whenMissing : message };
  }
}

async function checkStorage({ container, target }: Place): Promise<Problem[]> {
  const found = await problemOf(
    container.getProperties(),
    `There is no container ${target.container} at ${target.blobEndpoint}: check the target's settings.`,
  );
  if (found?.kind === "missing-role")
    return [
      {
        kind: "missing-role",
        message: `The control plane may not read container ${target.container}: give its identity the role Storage Blob Data Contributor on it.`,
      },
    ];
  return found ? [found] : [];
}

async function checkMachines(
  place: Place,
  catalogue: Catalogue,
  wanted: Wanted,
): Promise<Problem[]> {
  const { target } = place;
  const looks = looksAt(target, wanted);
  if (!Array.isArray(looks)) return [looks];
  try {
    const region = await readRegion(catalogue);
    const found = await Promise.all(looks.map((look) => checkMachine(place, region, look)));
    // Two tiers of a machine the region does not have are one thing to put right.
    return [...new Map(found.flat().map((one) => [one.message, one])).values()];
  } catch (error) {
    return [{ kind: kinds[faultOf(error).kind], message: inOurWords(error).message }];
  }
}

interface Look extends Asked {
  readonly machine: Machine;
}

/** The machines of a job, or all that jobs may choose: of each other kind, that one node of it could start. */
function looksAt(target: AzureMlTarget, { nodes, tier, ...wish }: Wanted): Look[] | Problem {
  if (tier !== undefined) {
    const choice = choiceOf(target, { ...wish, tier });
    if ("field" in choice)
      return {
        kind: choice.field === "tier" ? "other-tier" : "not-offered",
        message: choice.message,
      };
    const { machine } = choice;
    const instanceType =
      machine === machinesAt(target)[0] ? wish.instanceType : (machine.instanceType ?? undefined);
    return [{ machine, nodes, tier, instanceType }];
  }
  const [first, ...others] = machinesAt(target);
  return [
    { machine: first, nodes, tier: target.tier, instanceType: target.instanceType },
    ...others.map((machine) => ({
      machine,
      nodes: 1,
      tier: machine.tier ?? undefined,
      instanceType: machine.instanceType ?? undefined,
    })),
  ];
}

async function checkMachine(place: Place, region: Region, look: Look): Promise<readonly Problem[]> {
  const { machine, ...asked } = look;
  const { target } = place;
  try {
    const facts = await readMachine(place, region, machine);
    return problemsOf(target.region, machine, facts, asked);
  } catch (error) {
    const { code, message } = inOurWords(error);
    if (code === "not-found") return [missingCluster(target, machine)];
    return [{ kind: kinds[faultOf(error).kind], message }];
  }
}

export const missingCluster = (
  { workspace }: AzureMlTarget,
  { cluster }: Pick<Machine, "cluster">,
): Problem => ({
  kind: "cluster-missing",
  message: `There is no cluster ${cluster} in workspace ${workspace}: create it, or name another in the target's settings.`,
});
