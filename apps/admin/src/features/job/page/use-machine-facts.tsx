import { Text } from "@mantine/core";
import { imageChoices, machineChoices, type Tier } from "@preceptor/domain";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import type { JobNow } from "./job-type.ts";

const words: Record<Tier, string> = { dedicated: "dedicated", spot: "spot: taken back at times" };

/** What is shown of a job's machines; nothing on a target that has only its own. */
export function useMachineFacts({ target, machine }: JobNow) {
  const found = useQuery(trpc.computeTarget.get.queryOptions({ target }, { staleTime: 60_000 }));
  const settings = found.data?.settings;
  if (settings && machineChoices(settings).length === 0) return [];
  const own = (what: string | null | undefined) => (
    <Text span inherit>
      <NounLink href={pathOf.computeTarget(target)}>{target}</NounLink>’s own
      {what ? `, now ${what}` : ""}
    </Text>
  );
  return [
    [
      "Machine",
      machine.instanceType ?? own(settings && machineChoices(settings)[0]?.instanceType),
    ] as const,
    ["Tier", words[machine.tier]] as const,
    ["Image", machine.image ?? own(settings && imageChoices(settings)[0])] as const,
  ];
}
