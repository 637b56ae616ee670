import { Anchor, Badge, Group, Paper, Stack, Title } from "@mantine/core";
import { nodePrice, tiers } from "@preceptor/domain";
import { Link } from "@tanstack/react-router";
import { formatCounted } from "../../components/format.ts";
import { KeyValue } from "../../components/KeyValue.tsx";
import { pathOf } from "../../frame/paths.ts";
import { CapacityFacts, TargetHealth } from "./page/CapacityFacts.tsx";
import { PriceFigure } from "./page/PriceFigure.tsx";
import { providerWords } from "./provider-words.ts";
import type { TargetNow } from "./target-type.ts";

export const ComputeTargetCard = ({ target }: { target: TargetNow }) => (
  <Paper component="section" aria-label={target.name}>
    <Group justify="space-between" mb="sm" gap="xs">
      <Title order={2}>
        <Anchor component={Link} to={pathOf.computeTarget(target.name)} inherit>
          {target.name}
        </Anchor>
      </Title>
      <Group gap="xs">
        <TargetHealth target={target.name} />
        <Badge variant="default" tt="none">
          {providerWords[target.provider]}
        </Badge>
      </Group>
    </Group>
    <Stack gap={8}>
      <CapacityFacts target={target.name} />
      <KeyValue
        items={[
          [
            "Largest job",
            `${formatCounted(target.settings.maxNodes, "node")} × ${formatCounted(target.settings.maxProcessesPerNode, "process", "processes")}`,
          ],
          ...tiers.map((tier) => {
            const price = nodePrice(target.settings, tier);
            return price && ([`A ${tier} node`, <PriceFigure key={tier} price={price} />] as const);
          }),
        ]}
      />
    </Stack>
  </Paper>
);
