import { SimpleGrid, Stack } from "@mantine/core";
import { Bytes } from "../../../components/Bytes.tsx";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { Section } from "../../../components/Section.tsx";
import { AzureFacts } from "../azure-ml/AzureFacts.tsx";
import type { TargetNow } from "../target-type.ts";
import { CapacityFacts } from "./CapacityFacts.tsx";
import { CheckTarget } from "./CheckTarget.tsx";
import { PriceTable } from "./PriceTable.tsx";

export const TargetOverview = ({ target }: { target: TargetNow }) => (
  <Stack gap="md">
    <Section title="Can a job start here?">
      <CheckTarget target={target.name} nodes={target.settings.maxNodes} />
    </Section>
    <SimpleGrid cols={{ base: 1, md: 2 }}>
      <Section title="Room">
        <CapacityFacts target={target.name} />
      </Section>
      <Section title="What a job may use">
        <KeyValue
          items={[
            ["Nodes", `at most ${target.settings.maxNodes}`],
            ["Processes a node", `at most ${target.settings.maxProcessesPerNode}`],
            [
              "Disk an attempt may fill",
              <Bytes key="quota" value={target.settings.diskQuotaBytes} />,
            ],
            ["Log kept of each process", <Bytes key="log" value={target.settings.logLimitBytes} />],
            ["Defined", <RelativeTime key="at" at={target.createdAt} />],
            ["Id", <CopyableId key="id" value={target.id} />],
          ]}
        />
      </Section>
      {target.settings.azure && (
        <Section title="Where it is">
          <AzureFacts settings={target.settings.azure} />
        </Section>
      )}
      <Section title="Prices">
        <PriceTable settings={target.settings} />
      </Section>
    </SimpleGrid>
  </Stack>
);
