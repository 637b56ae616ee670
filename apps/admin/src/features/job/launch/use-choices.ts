import {
  imageChoices,
  machineChoices,
  sameMachine,
  tiers,
  type ComputeTargetSettings,
  type Machine,
  type Tier,
} from "@preceptor/domain";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import type { Outputs } from "../../../api/types.ts";

type Options = NonNullable<Outputs["computeTarget"]["options"]>;
/** What the target's provider says of a machine in one tier. */
export type MachineNow = Options["machines"][number];

/** A kind of machine, in the tiers a job may have it in. */
export interface MachineChoice {
  /** null while only the provider knows what the target's own machines are. */
  readonly instanceType: string | null;
  readonly isDefault: boolean;
  /** Both where nobody knows of which tier they are. */
  readonly tiers: readonly Tier[];
}

/** From the settings, so that a job can be launched while its target does not answer; with what the provider adds once it does. */
export function choicesOf(
  settings: ComputeTargetSettings,
  now: Options | null | undefined,
): readonly MachineChoice[] {
  const [first, ...others] = machineChoices(settings).map((machine) => known(machine, now));
  if (first === undefined) return [];
  const all = [first, ...others];
  const names = [...new Set(all.map(({ instanceType }) => instanceType?.toLowerCase() ?? null))];
  return names.flatMap((name) => {
    const kind = all.filter(({ instanceType }) => sameMachine(instanceType, name));
    const [one] = kind;
    if (one === undefined) return [];
    const has = (tier: Tier): boolean => kind.some((of) => of.tier === null || of.tier === tier);
    return [{ instanceType: one.instanceType, isDefault: one === first, tiers: tiers.filter(has) }];
  });
}

/** A cluster whose kind and tier nobody wrote down is asked for them. */
function known(machine: Machine, now: Options | null | undefined): Machine {
  if (machine.instanceType !== null && machine.tier !== null) return machine;
  const found = now?.machines.find(({ cluster }) => cluster === machine.cluster);
  return {
    ...machine,
    instanceType: machine.instanceType ?? found?.instanceType ?? null,
    tier: machine.tier ?? found?.tier ?? null,
  };
}

/** What may be chosen on a target: at once from its settings, and with sizes and what is free once its provider answers. */
export function useChoices(target: string, settings: ComputeTargetSettings | undefined) {
  const asks = settings !== undefined && machineChoices(settings).length > 0;
  const options = useQuery(
    trpc.computeTarget.options.queryOptions(
      { target },
      { enabled: asks, retry: false, staleTime: 30_000, refetchOnWindowFocus: false },
    ),
  );
  return {
    machines: settings ? choicesOf(settings, options.data) : [],
    images: settings ? imageChoices(settings) : [],
    now: (instanceType: string | null, tier: Tier): MachineNow | undefined =>
      options.data?.machines.find(
        (one) => one.tier === tier && sameMachine(one.instanceType, instanceType),
      ),
    isAsking: asks && options.isFetching,
    error: options.error,
    askAgain: () => void options.refetch(),
  };
}
export type Choices = ReturnType<typeof useChoices>;
