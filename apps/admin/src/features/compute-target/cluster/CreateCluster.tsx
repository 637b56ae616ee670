import { Alert, Autocomplete, Select, SimpleGrid, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { CreateCluster as Input, instanceTypeOf, tiers, type Tier } from "@preceptor/domain";
import { useMutation, useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { problemsOf } from "../../../api/problem.ts";
import { Dialog } from "../../../components/Dialog.tsx";
import { formatBytes } from "../../../components/format.ts";
import { notifyDone } from "../../../components/notify.ts";
import { SubmitRow } from "../../../components/SubmitRow.tsx";
import type { TargetNow } from "../target-type.ts";
import { costSentence } from "./cluster-cost.ts";
import { SizeFields } from "./SizeFields.tsx";
import { reloadClusters } from "./use-clusters.ts";

interface Draft {
  cluster: string;
  instanceType: string;
  tier: Tier;
  minNodes: number;
  maxNodes: number;
  idleSeconds: number;
  subnet: string;
  identity: string;
}
const inputOf = (target: string, values: Draft) => ({
  ...values,
  target,
  subnet: values.subnet.trim() || null,
  identity: values.identity.trim() || null,
});

interface CreateClusterProps {
  readonly target: TargetNow;
  readonly onClose: () => void;
}

export function CreateCluster({ target, onClose }: CreateClusterProps) {
  const options = useQuery(
    trpc.computeTarget.options.queryOptions({ target: target.name }, { retry: false }),
  );
  const form = useForm<Draft>({
    initialValues: {
      cluster: "",
      instanceType: instanceTypeOf(target.settings) ?? "",
      tier: "dedicated",
      minNodes: 0,
      maxNodes: 1,
      idleSeconds: 600,
      subnet: "",
      identity: "",
    },
    validate: (values) => problemsOf(Input, inputOf(target.name, values)),
  });
  const create = useMutation(
    trpc.cluster.create.mutationOptions({
      onSuccess: async (cluster) => {
        notifyDone(`${cluster.name} is being created`);
        onClose();
        await reloadClusters(target.name);
      },
    }),
  );
  const machines = options.data?.instanceTypes ?? [];
  const machine = machines.find((one) => one.name === form.values.instanceType);
  return (
    <Dialog onClose={onClose} size="lg" title="Create a cluster">
      <form
        noValidate
        onSubmit={form.onSubmit((values) => create.mutate(inputOf(target.name, values)))}
      >
        <Stack>
          <TextInput
            label="Name"
            description="2 to 16 letters, digits and hyphens, beginning with a letter"
            required
            data-autofocus
            autoComplete="off"
            {...form.getInputProps("cluster")}
          />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <Autocomplete
              label="Machine"
              description={
                machine
                  ? `${machine.gpus === 1 ? "1 GPU" : `${machine.gpus} GPUs`}, ${machine.cpuCores} cores, ${formatBytes(machine.memoryBytes)}`
                  : "By the provider’s name"
              }
              required
              data={machines.map((one) => one.name)}
              limit={50}
              {...form.getInputProps("instanceType")}
            />
            <Select
              label="Tier"
              description={
                form.values.tier === "spot"
                  ? "Cheaper; may be taken back"
                  : "Stays until it is idle"
              }
              allowDeselect={false}
              data={[...tiers]}
              {...form.getInputProps("tier")}
            />
          </SimpleGrid>
          <SizeFields form={form} />
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <TextInput
              label="Subnet"
              description="Its resource id; empty for the default network"
              {...form.getInputProps("subnet")}
            />
            <TextInput
              label="Identity"
              description="Resource id; empty for one of its own"
              {...form.getInputProps("identity")}
            />
          </SimpleGrid>
          <Alert color="blue" variant="light" title="What it costs">
            {costSentence(target.settings, form.values)}
          </Alert>
          <SubmitRow
            label="Create the cluster"
            failed="The cluster was not created"
            error={create.error}
            busy={create.isPending}
            leave={{ label: "Not now", press: onClose }}
          />
        </Stack>
      </form>
    </Dialog>
  );
}
