import { Anchor, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { messageOf } from "../../../api/error.ts";
import { formatBytes, formatCounted } from "../../../components/format.ts";
import { Shape } from "../../../components/Loading.tsx";
import { useField } from "./form-context.ts";
import { useChosen } from "./MachineFields.tsx";
import type { Choices, MachineNow as Now } from "./use-choices.ts";

function sizeText({ size }: Now): string {
  if (!size) return "Its size is not known";
  const parts = [
    formatCounted(size.cpuCores, "core"),
    `${formatBytes(size.memoryBytes)} of memory`,
    size.gpus === 0 ? "no GPU" : formatCounted(size.gpus, "GPU"),
  ];
  return `A node has ${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
const freeText = ({ freeNodes }: Now): string =>
  freeNodes === null
    ? "no limit is set on how many"
    : freeNodes === 0
      ? "none is free now, so it would wait"
      : `${formatCounted(freeNodes, "node")} free now`;

/** What the provider says of the chosen machines; a job can be launched while it says nothing. */
export function MachineNow({ target, choices }: { target: string; choices: Choices }) {
  const { choice, tier } = useChosen(choices);
  const nodes = Number(useField(["compute", "nodes"]).value ?? 1);
  const now = choice && choices.now(choice.instanceType, tier);
  return (
    <div aria-live="polite">
      {now ? (
        <>
          <Text size="sm" c="dimmed">
            {sizeText(now)}; {freeText(now)}
            {now.cluster === null ? "; started for this job alone" : `; cluster ${now.cluster}`}.
          </Text>
          <Warning
            text={
              now.problem ??
              (now.freeNodes !== null && now.freeNodes > 0 && nodes > now.freeNodes
                ? `${formatCounted(nodes, "node")} are asked for and ${now.freeNodes} can be had now: it waits until there are enough.`
                : null)
            }
          />
        </>
      ) : choices.isAsking ? (
        <Group gap="xs">
          <Shape h={14} w={220} />
          <Text size="sm" c="dimmed">
            Asking {target} what is free…
          </Text>
        </Group>
      ) : choices.error ? (
        <Text size="sm" c="dimmed">
          Sizes and what is free are not known now: {messageOf(choices.error)} The job can be
          launched all the same.{" "}
          <Anchor component="button" type="button" size="sm" onClick={choices.askAgain}>
            Ask again
          </Anchor>
        </Text>
      ) : null}
    </div>
  );
}

const Warning = ({ text }: { text: string | null }) =>
  text && (
    <Text size="sm" c="var(--state-failed)" style={{ display: "flex", gap: 6 }} mt={4}>
      <IconAlertTriangle size={18} aria-hidden style={{ flexShrink: 0 }} />
      {text}
    </Text>
  );
