import {
  Alert,
  Autocomplete,
  Button,
  Group,
  Select,
  SimpleGrid,
  Stack,
  TextInput,
} from "@mantine/core";
import { useForm } from "@mantine/form";
import { CreateCluster as Input, instanceTypeOf, tiers, type Tier } from "@preceptor/domain";
import { useMutation, useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { messageOf } from "../../../api/error.ts";
import { problemsIn } from "../../../api/problem.ts";
import { Dialog } from "../../../components/Dialog.tsx";
import { formatBytes } from "../../../components/format.ts";
import { notifyDone } from "../../../components/notify.ts";
import type { TargetNow } from "../target-type.ts";
import { costSentence } from "./cluster-cost.ts";
import { SizeFields } from "./SizeFields.tsx";
import { reloadClusters } from "./use-clusters.ts";

interface CreateClusterProps {
  readonly target: TargetNow;
  readonly onClose: () => void;
}

export function CreateCluster({ target, onClose }: CreateClusterProps) {
  const options = useQuery(
    trpc.computeTarget.options.queryOptions({ target: target.name }, { retry: false }),
  );
  const form = useForm({
    initialValues: {
      cluster: "",
      instanceType: instanceTypeOf(target.settings) ?? "",
      tier: "dedicated" as Tier,
      minNodes: 0,
      maxNodes: 1,
      idleSeconds: 600,
      subnet: "",
      identity: "",
    },
    validate: (values) => {
      const { error } = Input.safeParse(inputOf(values));
      return Object.fromEntries(problemsIn(error).map(({ field, message }) => [field, message]));
    },
  });
  const inputOf = (values: typeof form.values) => ({
    ...values,
    target: target.name,
    subnet: values.subnet.trim() || null,
    identity: values.identity.trim() || null,
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
      <form noValidate onSubmit={form.onSubmit((values) => create.mutate(inputOf(values)))}>
        <Stack>
          <TextInput
            label="Name"
            description="Letters, digits and hyphens, at most 32"
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
                  ? `${machine.gpus} GPUs, ${machine.cpuCores} cores, ${formatBytes(machine.memoryBytes)}`
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
          {create.isError && (
            <Alert color="red" role="alert" title="The cluster was not created">
              {messageOf(create.error)}
            </Alert>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Not now
            </Button>
            <Button type="submit" loading={create.isPending}>
              Create the cluster
            </Button>
          </Group>
        </Stack>
      </form>
    </Dialog>
  );
}
