import { Grid, Paper, Stack, Text, Title } from "@mantine/core";
import type { Outputs } from "../../../api/types.ts";
import { Bytes } from "../../../components/Bytes.tsx";
import { Digest } from "../../../components/Digest.tsx";
import { formatCount } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { PlainTable } from "../../../components/PlainTable.tsx";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { DatasetPermit } from "./DatasetPermit.tsx";

export type DatasetVersionNow = Outputs["dataset"]["get"]["version"];

const countOf = (value: number | null) => (value === null ? "–" : formatCount(value));
const total = (values: readonly (number | null)[]): number | null =>
  values.every((value) => value === null)
    ? null
    : values.reduce<number>((sum, value) => sum + (value ?? 0), 0);

export const DatasetOverview = ({ dataset }: { dataset: DatasetVersionNow }) => (
  <Grid gap="md">
    <Grid.Col span={{ base: 12, lg: 8 }}>
      <Stack gap="md">
        {dataset.description && (
          <Text style={{ whiteSpace: "pre-wrap" }}>{dataset.description}</Text>
        )}
        <Paper>
          <Title order={2} mb="xs">
            Splits
          </Title>
          <PlainTable
            label="Splits"
            minWidth={760}
            head={[
              { label: "Split" },
              { label: "Rows", align: "right" },
              { label: "Patients", align: "right" },
              { label: "Files", align: "right" },
              { label: "Size", align: "right" },
              { label: "Reference" },
            ]}
            rows={dataset.splits.map((split) => ({
              key: split.name,
              cells: [
                split.name,
                countOf(split.rows),
                countOf(split.subjects),
                formatCount(split.files),
                <Bytes key="size" value={split.sizeBytes} />,
                <CopyableId
                  key="reference"
                  what="reference"
                  value={`dataset://${dataset.name}@${dataset.version}/${split.name}`}
                />,
              ],
            }))}
          />
          {dataset.subjectField === null && (
            <Text size="sm" c="dimmed" mt="xs">
              No patient field was named, so whether a patient stands in two splits is not known.
            </Text>
          )}
        </Paper>
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
              ["Version", dataset.version],
              ["Root digest", <Digest key="digest" value={dataset.digest} />],
              ["Size", <Bytes key="size" value={dataset.sizeBytes} />],
              ["Rows", countOf(total(dataset.splits.map((split) => split.rows)))],
              ["Files", formatCount(dataset.files.length)],
              [
                "Patient field",
                dataset.subjectField === null ? (
                  "none"
                ) : (
                  <span key="field" className="mono">
                    {dataset.subjectField}
                  </span>
                ),
              ],
            ]}
          />
        </Paper>
        <DatasetPermit permit={dataset.permit} />
      </Stack>
    </Grid.Col>
  </Grid>
);
