import { ActionIcon, Group, Tooltip } from "@mantine/core";
import { IconArrowsDiagonal, IconDroplet, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { client } from "../../../api/client.ts";
import { ConfirmDanger } from "../../../components/ConfirmDanger.tsx";
import { notifyDone } from "../../../components/notify.ts";
import type { ClusterNow, TargetNow } from "../target-type.ts";
import { costSentence, runningSentence } from "./cluster-cost.ts";
import { ResizeCluster } from "./ResizeCluster.tsx";
import { reloadClusters } from "./use-clusters.ts";

type Open = "resize" | "drain" | "remove" | null;

export function ClusterActions({ target, cluster }: { target: TargetNow; cluster: ClusterNow }) {
  const [open, setOpen] = useState<Open>(null);
  const of = { target: target.name, cluster: cluster.name };
  const close = () => setOpen(null);
  const used = target.settings.azure?.cluster === cluster.name;
  const buttons = [
    ["resize", "Change the size", IconArrowsDiagonal],
    ["drain", "Drain to zero", IconDroplet],
    ["remove", "Delete", IconTrash],
  ] as const;
  return (
    <>
      <Group gap={4} wrap="nowrap">
        {buttons.map(([verb, label, Icon]) => (
          <Tooltip key={verb} label={label}>
            <ActionIcon
              variant="default"
              aria-label={`${label}: ${cluster.name}`}
              onClick={() => setOpen(verb)}
            >
              <Icon size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
        ))}
      </Group>
      {open === "resize" && <ResizeCluster target={target} cluster={cluster} onClose={close} />}
      <ConfirmDanger
        opened={open === "drain"}
        onClose={close}
        verb="Drain the cluster"
        name={cluster.name}
        consequence={`No node is kept without work and none is started any more. ${runningSentence(cluster.nodes.running)} Jobs sent here wait until it is given a size again. What waits in the provider's own queue may still take nodes that come free: cancel it, or drain again. With no node left it costs nothing.`}
        onConfirm={async () => {
          await client.cluster.drain.mutate(of);
          notifyDone(`${cluster.name} is being drained`);
          await reloadClusters(target.name);
        }}
      />
      <ConfirmDanger
        opened={open === "remove"}
        onClose={close}
        verb="Delete the cluster"
        name={cluster.name}
        consequence={`The cluster and its machines are deleted at the provider, which refuses while something runs on it. ${used ? "Jobs of this target run here: none can start until the target names another cluster. " : ""}${costSentence(target.settings, cluster)}`}
        onConfirm={async () => {
          await client.cluster.remove.mutate(of);
          notifyDone(`${cluster.name} is being deleted`);
          await reloadClusters(target.name);
        }}
      />
    </>
  );
}
