import { Alert, Stack } from "@mantine/core";
import { useForm } from "@mantine/form";
import { ResizeCluster as Input } from "@preceptor/domain";
import { useMutation } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { problemsOf } from "../../../api/problem.ts";
import { Dialog } from "../../../components/Dialog.tsx";
import { notifyDone } from "../../../components/notify.ts";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import type { ClusterNow, TargetNow } from "../target-type.ts";
import { costSentence } from "./cluster-cost.ts";
import { SizeFields } from "./SizeFields.tsx";
import { reloadClusters } from "./use-clusters.ts";

interface ResizeClusterProps {
  readonly target: TargetNow;
  readonly cluster: ClusterNow;
  readonly onClose: () => void;
}

export function ResizeCluster({ target, cluster, onClose }: ResizeClusterProps) {
  const { minNodes, maxNodes, idleSeconds } = cluster;
  const of = { target: target.name, cluster: cluster.name };
  const form = useForm({
    initialValues: { minNodes, maxNodes, idleSeconds },
    validate: (values) => problemsOf(Input, { ...of, ...values }),
  });
  const resize = useMutation(
    trpc.cluster.resize.mutationOptions({
      onSuccess: async () => {
        notifyDone(`${cluster.name} is being resized`);
        onClose();
        await reloadClusters(target.name);
      },
    }),
  );
  return (
    <Dialog onClose={onClose} title={`Change the size of ${cluster.name}`}>
      <form noValidate onSubmit={form.onSubmit((values) => resize.mutate({ ...of, ...values }))}>
        <Stack>
          <SizeFields form={form} first />
          <Alert color="blue" variant="light" title="What it costs">
            {costSentence(target.settings, { ...cluster, ...form.values })}
          </Alert>
          <SubmitRow
            label="Change the size"
            failed="The size was not changed"
            error={resize.error}
            busy={resize.isPending}
            leave={{ label: "Keep it as it is", press: onClose }}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
