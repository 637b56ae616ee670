import { Grid, Paper, Stack, Text, Title } from "@mantine/core";
import { Bytes } from "../../../components/Bytes.tsx";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { Digest } from "../../../components/Digest.tsx";
import { formatCount } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { type ModelVersionNow, referenceOf } from "../model-type.ts";
import { ModelDeployments } from "./ModelDeployments.tsx";
import { ModelEvaluations } from "./ModelEvaluations.tsx";
import { ModelTensors } from "./ModelTensors.tsx";

export const ModelOverview = ({ model }: { model: ModelVersionNow }) => (
  <Grid gap="md">
    <Grid.Col span={{ base: 12, lg: 8 }}>
      <Stack gap="md">
        {model.description && <Text style={{ whiteSpace: "pre-wrap" }}>{model.description}</Text>}
        <ModelEvaluations model={referenceOf(model)} />
        <ModelDeployments modelVersionId={model.id} />
      </Stack>
    </Grid.Col>
    <Grid.Col span={{ base: 12, lg: 4 }}>
      <Stack gap="md">
        <Paper>
          <Title order={2} mb="xs">
            This version
          </Title>
          <KeyValue
            items={[
              [
                "Reference",
                <CopyableId key="ref" value={`model://${referenceOf(model)}`} what="reference" />,
              ],
              ["Digest", <Digest key="digest" value={model.digest} />],
              ["Size", <Bytes key="size" value={model.sizeBytes} />],
              ["Files", formatCount(model.files.length)],
              [
                "Base model",
                model.base ? (
                  <NounLink key="base" href={pathOf.model(model.base.name, model.base.version)}>
                    {model.base.name}@{model.base.version}
                  </NounLink>
                ) : (
                  "none: trained from nothing"
                ),
              ],
              [
                "Made by",
                <NounLink key="job" href={pathOf.job(model.jobId)}>
                  {model.jobName}
                </NounLink>,
              ],
              [
                "Checkpoint",
                <NounLink key="checkpoint" href={`${pathOf.job(model.jobId)}?tab=checkpoints`}>
                  <span className="mono">{model.checkpointId}</span>
                </NounLink>,
              ],
            ]}
          />
        </Paper>
        <ModelTensors tensors={model.tensors} />
      </Stack>
    </Grid.Col>
  </Grid>
);
