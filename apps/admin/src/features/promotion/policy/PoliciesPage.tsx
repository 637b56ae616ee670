import { Paper, Stack, Text, Title } from "@mantine/core";
import type { Gate } from "@preceptor/domain";
import { IconGavel } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { useMay } from "../../../api/me.ts";
import { Digest } from "../../../components/Digest.tsx";
import { EmptyState } from "../../../components/EmptyState.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { RelativeTime } from "../../../components/RelativeTime.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { nameOf, type PolicyNow } from "../promotion-type.ts";
import { DefinePolicy } from "./DefinePolicy.tsx";

function sentenceOf(gate: Gate): string {
  switch (gate.gate) {
    case "validity":
      return `${gate.suite}: evaluated whole, and on exactly this model`;
    case "floor":
      return `${gate.suite}: the 95 % interval does not reach below ${gate.atLeast}`;
    case "non-inferiority":
      return `${gate.suite}: at most ${gate.margin} worse than what serves now`;
    case "leakage":
      return `${gate.suite}: no test patient in the training data`;
    case "sample-size":
      return `${gate.suite}: at least ${gate.patients} independent patients`;
  }
}

export function PoliciesPage() {
  const mayDefine = useMay("policy:define");
  const policies = useQuery(trpc.promotion.policies.queryOptions());
  return (
    <>
      <PageHeader
        title="Policies"
        trail={[{ label: "Promotions", href: pathOf.promotions() }]}
        sentence="What a model must prove before it serves, and how many must approve."
      />
      <Stack gap="lg">
        {policies.isPending && <Loading what="Loading the policies" h={200} />}
        {policies.isError && (
          <ErrorState
            title="The policies could not be loaded"
            error={policies.error}
            onRetry={() => void policies.refetch()}
          />
        )}
        {policies.data?.length === 0 && !mayDefine && (
          <EmptyState
            icon={IconGavel}
            title="No policy yet"
            sentence="An operator defines the first one; ask one of yours."
          />
        )}
        {policies.data?.map((policy) => (
          <PolicyCard key={policy.id} policy={policy} />
        ))}
        {mayDefine && policies.data && (
          <DefinePolicy intro="Which gates a model must pass and who must approve." />
        )}
      </Stack>
    </>
  );
}

const PolicyCard = ({ policy }: { policy: PolicyNow }) => (
  <Paper maw={720}>
    <Title order={2}>{policy.title || policy.name}</Title>
    <Text size="sm" c="dimmed" mb="sm">
      {nameOf(policy)}, defined <RelativeTime at={policy.createdAt} />
    </Text>
    <KeyValue
      items={[
        ["Stage", policy.stage],
        [
          "Gates",
          <ul key="gates" style={{ margin: 0, paddingLeft: 18 }}>
            {policy.gates.map((gate) => (
              <li key={sentenceOf(gate)}>{sentenceOf(gate)}</li>
            ))}
          </ul>,
        ],
        ["Approvals", String(policy.approvals)],
        ["An approval holds", `${policy.validityDays} days`],
        ["Signature", policy.signature],
        ["Digest", <Digest key="digest" value={policy.digest} />],
      ]}
    />
  </Paper>
);
