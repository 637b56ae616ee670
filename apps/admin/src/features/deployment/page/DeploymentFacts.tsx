import { Paper, Title } from "@mantine/core";
import { Digest } from "../../../components/Digest.tsx";
import { EventTimeline } from "../../../components/EventTimeline.tsx";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type DeploymentNow, modelOf } from "../deployment-type.ts";

export const DeploymentFacts = ({ deployment }: { deployment: DeploymentNow }) => (
  <Paper>
    <Title order={2} mb="sm">
      What serves, and why it may
    </Title>
    <KeyValue
      items={[
        [
          "Model",
          <NounLink
            key="model"
            href={pathOf.model(deployment.model.name, deployment.model.version)}
          >
            {modelOf(deployment)}
          </NounLink>,
        ],
        ["Digest", <Digest key="digest" value={deployment.model.digest} />],
        ["Purpose", deployment.purpose],
        ["Stage", deployment.stage],
        [
          "Approved by",
          <NounLink key="promotion" href={pathOf.promotion(deployment.promotionId)}>
            the board’s decision and its dossier
          </NounLink>,
        ],
        ["Compute", deployment.target],
        [
          "Before it",
          deployment.previousDeploymentId ? (
            <NounLink key="former" href={pathOf.deployment(deployment.previousDeploymentId)}>
              the former deployment
            </NounLink>
          ) : (
            "nothing served this purpose"
          ),
        ],
      ]}
    />
  </Paper>
);

export const DeploymentTimeline = ({ deployment }: { deployment: DeploymentNow }) => (
  <Paper>
    <Title order={2} mb="sm">
      Timeline
    </Title>
    <EventTimeline
      events={[
        {
          key: "opened",
          at: deployment.createdAt,
          title: `Opened by ${deployment.createdBy.name}`,
        },
        { key: "healthy", at: deployment.healthyAt, title: "Answered its first health check" },
        ...(deployment.endedAt
          ? [
              {
                key: "ended",
                at: deployment.endedAt,
                title: deployment.status === "failed" ? "Failed" : "Stopped",
                detail: deployment.message,
              },
            ]
          : []),
      ]}
    />
  </Paper>
);
