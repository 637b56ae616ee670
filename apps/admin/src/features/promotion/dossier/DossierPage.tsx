import { Alert, Group, Text } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { trpc } from "../../../api/client.ts";
import { CopyableId } from "../../../components/CopyableId.tsx";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { formatExact } from "../../../components/format.ts";
import { KeyValue } from "../../../components/KeyValue.tsx";
import { PageHeader } from "../../../components/PageHeader.tsx";
import { StatusBadge } from "../../../components/StatusBadge.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { nameOf, type PromotionNow } from "../promotion-type.ts";
import { Decision } from "./Decision.tsx";
import classes from "./Dossier.module.css";
import { DossierBody } from "./DossierBody.tsx";
import { PromotionActions } from "./PromotionActions.tsx";
import { Question } from "./Question.tsx";
import { VoteForm } from "./VoteForm.tsx";
import { Votes } from "./Votes.tsx";

export function DossierPage() {
  const { promotionId } = useParams({ from: "/shell/promotions/$promotionId" });
  const query = useQuery({
    ...trpc.promotion.get.queryOptions({ id: promotionId }),
    refetchInterval: ({ state }) => (state.data?.status === "open" ? 10_000 : false),
  });
  if (query.data) return <DossierOf promotion={query.data} />;
  return (
    <div className={classes.page}>
      {query.isError ? (
        <ErrorState
          list={{ label: "All promotions", href: pathOf.promotions() }}
          title="The dossier could not be loaded"
          error={query.error}
          onRetry={() => void query.refetch()}
        />
      ) : (
        <Loading what="Loading the dossier" h={640} />
      )}
    </div>
  );
}

const DossierOf = ({ promotion }: { promotion: PromotionNow }) => (
  <article className={classes.page}>
    <PageHeader
      title={`Serve ${nameOf(promotion.model)} for ${promotion.purpose}`}
      trail={[{ label: "Promotions", href: pathOf.promotions() }]}
      beside={<StatusBadge status={promotion.status} size="md" />}
      actions={<PromotionActions promotion={promotion} />}
    />
    <Decision promotion={promotion} />
    <Question title="What is asked, and by whom">
      <KeyValue
        items={[
          ["Asked by", `${promotion.requestedBy.name}, ${formatExact(promotion.requestedAt)}`],
          ["Purpose", promotion.purpose],
          ["Stage", promotion.stage],
          ["Served on", promotion.target],
          [
            "Policy",
            `${promotion.policy.title || promotion.policy.name} (${nameOf(promotion.policy)}); an approval holds ${promotion.policy.validityDays} days`,
          ],
          [
            "Dossier",
            <CopyableId key="digest" value={promotion.dossierDigest} what="dossier’s digest" />,
          ],
          ["Request", <CopyableId key="id" value={promotion.id} />],
        ]}
      />
    </Question>
    <DossierBody dossier={promotion.dossier} policy={promotion.policy} />
    <Votes promotion={promotion} />
    {promotion.status === "open" && (
      <div className="no-print">
        {promotion.policy.signature !== "password" ? (
          <NoVote why="The policy asks for a signature with a passkey, which this installation cannot take yet." />
        ) : promotion.mayVote.allowed ? (
          <VoteForm promotion={promotion} />
        ) : (
          <NoVote why={promotion.mayVote.why ?? "You may not vote on it."} />
        )}
      </div>
    )}
  </article>
);

const NoVote = ({ why }: { why: string }) => (
  <Question title="Your vote">
    <Alert color="gray" variant="light" icon={<IconInfoCircle aria-hidden />}>
      <Group gap={6}>
        <Text size="sm">You cannot vote on this request.</Text>
        <Text size="sm" fw={550}>
          {why}
        </Text>
      </Group>
    </Alert>
  </Question>
);
