import { durationMs, type AzureMlSettings } from "@preceptor/domain";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { formatSetDuration } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";

const long = (duration: string): string => formatSetDuration(durationMs(duration) ?? 0);

const Lines = ({ of }: { of: readonly string[] }) => (
  <span style={{ whiteSpace: "pre-line", overflowWrap: "anywhere" }}>{of.join("\n")}</span>
);

export const AzureFacts = ({ settings }: { settings: AzureMlSettings }) => (
  <KeyValue
    items={[
      [
        "Subscription",
        <CopyableId key="s" value={settings.subscriptionId} what="subscription id" />,
      ],
      ["Resource group", settings.resourceGroup],
      ["Workspace", settings.workspace],
      ["Region", settings.region],
      ["Cluster", settings.cluster],
      settings.instanceType && [
        "Machine",
        settings.tier ? `${settings.instanceType}, ${settings.tier}` : settings.instanceType,
      ],
      settings.machines !== undefined && [
        "Jobs may also have",
        <Lines
          key="machines"
          of={settings.machines.map(
            ({ instanceType, tier, cluster }) =>
              `${instanceType}, ${tier}, ${cluster === null ? "serverless" : `cluster ${cluster}`}`,
          )}
        />,
      ],
      ["Datastore", settings.datastore],
      ["Storage", `${settings.blobEndpoint}/${settings.container}`],
      ["Image", settings.image],
      settings.images !== undefined && [
        "Other images",
        <Lines key="images" of={settings.images} />,
      ],
      ["Images", settings.pinnedImages === true ? "by digest only" : "by digest or tag"],
      ["Jobs run as", settings.identityClientId ?? "the cluster’s own identity"],
      [
        "Serves models",
        settings.serving
          ? `on ${settings.serving.instances} × ${settings.serving.instanceType}`
          : "no",
      ],
      ["Waits for an image", `at most ${long(settings.deadlines.preparing)}`],
      ["Waits for nodes", `at most ${long(settings.deadlines.queued)}`],
      ["Waits for outputs", `at most ${long(settings.deadlines.finalizing)}`],
      ["Waits for a stop", `at most ${long(settings.deadlines.cancelling)}`],
      // Targets defined before there was such a deadline have none of their own.
      settings.deadlines.silent !== undefined && [
        "Waits for a word of a job",
        `at most ${long(settings.deadlines.silent)}`,
      ],
    ]}
  />
);
