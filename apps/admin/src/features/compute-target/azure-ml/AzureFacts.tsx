import { durationMs, type AzureMlSettings } from "@preceptor/domain";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { formatSetDuration } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";

const long = (duration: string): string => formatSetDuration(durationMs(duration) ?? 0);

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
      ...(settings.machines ?? []).map(
        (one) =>
          [
            "Jobs may choose",
            `${one.instanceType}, ${one.tier}, ${one.cluster === null ? "serverless" : `cluster ${one.cluster}`}`,
          ] as const,
      ),
      ["Datastore", settings.datastore],
      ["Storage", `${settings.blobEndpoint}/${settings.container}`],
      ["Image", settings.image],
      ...(settings.images ?? []).map((image) => ["Jobs may choose", image] as const),
      ...(settings.images ?? []).map((image) => ["Jobs may choose", image] as const),
      ["Jobs run as", settings.identityClientId ?? "the cluster’s own identity"],
      ["Waits for an image", `at most ${long(settings.deadlines.preparing)}`],
      ["Waits for nodes", `at most ${long(settings.deadlines.queued)}`],
      ["Waits for outputs", `at most ${long(settings.deadlines.finalizing)}`],
      [
        "Serves models",
        settings.serving
          ? `on ${settings.serving.instances} × ${settings.serving.instanceType}`
          : "no",
      ],
      ["Waits for a stop", `at most ${long(settings.deadlines.cancelling)}`],
    ]}
  />
);
