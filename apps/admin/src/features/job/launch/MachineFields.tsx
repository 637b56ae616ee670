import { Select } from "@mantine/core";
import { tiers, type ComputeTargetSettings } from "@preceptor/domain";
import { useField } from "./form-context.ts";
import { TierField } from "./TierField.tsx";
import type { Choices } from "./use-choices.ts";

/** The machine, tier and image a draft names, or gets without naming them. */
export function useChosen({ machines }: Choices) {
  const named = useField(["compute", "instanceType"]).text;
  const tierText = useField(["compute", "tier"]).text;
  const choice =
    named === ""
      ? machines.find(({ isDefault }) => isDefault)
      : machines.find(({ instanceType }) => instanceType?.toLowerCase() === named.toLowerCase());
  return { choice, tier: tiers.find((one) => one === tierText) ?? "dedicated" };
}

/** Which machines a job may have on this target, the default marked. */
export function MachineFields({
  settings,
  choices,
}: {
  settings: ComputeTargetSettings;
  choices: Choices;
}) {
  const machine = useField(["compute", "instanceType"]);
  const tierField = useField(["compute", "tier"]);
  const { choice, tier } = useChosen(choices);
  const pick = (value: string | null) => {
    const next = choices.machines.find(({ instanceType }) => instanceType === value);
    if (!next) return;
    // What is the target's own need not be named: the same file then runs elsewhere too.
    machine.set(next.isDefault ? undefined : (next.instanceType ?? undefined));
    const [only] = next.tiers;
    if (!next.tiers.includes(tier)) tierField.set(only);
  };
  return (
    <>
      <Select
        label="Machine"
        description="Of each node"
        allowDeselect={false}
        searchable={choices.machines.length > 8}
        placeholder={machine.text || "the target’s own"}
        data={choices.machines.flatMap(({ instanceType, isDefault }) =>
          instanceType === null
            ? []
            : [
                {
                  value: instanceType,
                  label: isDefault ? `${instanceType} (default)` : instanceType,
                },
              ],
        )}
        value={choice?.instanceType ?? null}
        error={machine.error}
        onChange={pick}
      />
      <TierField settings={settings} choice={choice} />
    </>
  );
}
