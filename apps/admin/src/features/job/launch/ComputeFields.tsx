import { Select, SimpleGrid, Stack } from "@mantine/core";
import { machineChoices, type ComputeTargetSettings } from "@preceptor/domain";
import { CountField } from "./fields.tsx";
import { useField } from "./form-context.ts";
import { ImageField } from "./ImageField.tsx";
import { MachineFields } from "./MachineFields.tsx";
import { MachineNow } from "./MachineNow.tsx";
import { useChoices } from "./use-choices.ts";

interface ComputeFieldsProps {
  readonly targets: readonly { readonly name: string; readonly settings: ComputeTargetSettings }[];
}

/** Where it runs, on how many of which machines, in which image. */
export function ComputeFields({ targets }: ComputeFieldsProps) {
  const target = useField(["compute", "target"]);
  const tier = useField(["compute", "tier"]);
  const [machine, image] = [useField(["compute", "instanceType"]), useField(["compute", "image"])];
  const settings = targets.find(({ name }) => name === target.text)?.settings;
  const choices = useChoices(target.text, settings);
  const hasChoice = choices.machines.length > 0;
  const move = (name: string | null) => {
    target.set(name ?? undefined);
    // Machines and images are the target's: the next one has others.
    machine.set(undefined);
    image.set(undefined);
    const next = targets.find((one) => one.name === name)?.settings;
    tier.set((next && machineChoices(next)[0]?.tier) ?? undefined);
  };
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 3 }}>
        <Select
          label="Target"
          withAsterisk
          allowDeselect={false}
          data={targets.map((one) => one.name)}
          value={target.text || null}
          error={target.error}
          onChange={move}
          description="Where it runs"
        />
        <CountField
          path={["compute", "nodes"]}
          label="Nodes"
          min={1}
          max={settings?.maxNodes ?? 512}
          description={settings ? `at most ${settings.maxNodes} here` : "machines"}
        />
        <CountField
          path={["compute", "processesPerNode"]}
          label="Processes a node"
          min={1}
          max={settings?.maxProcessesPerNode ?? 64}
          description={
            settings ? `at most ${settings.maxProcessesPerNode} here` : "one for each GPU"
          }
        />
      </SimpleGrid>
      {settings && hasChoice && (
        <>
          <SimpleGrid cols={{ base: 1, sm: 2 }}>
            <MachineFields settings={settings} choices={choices} />
          </SimpleGrid>
          {choices.images.length > 1 && <ImageField images={choices.images} />}
          <MachineNow target={target.text} choices={choices} />
        </>
      )}
    </Stack>
  );
}
