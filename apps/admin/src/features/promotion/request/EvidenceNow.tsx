import { Alert, Paper, Stack, Text, Title } from "@mantine/core";
import { blockingGates, Name } from "@preceptor/domain";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { trpc } from "../../../api/client.ts";
import { ErrorState } from "../../../components/ErrorState.tsx";
import { Loading } from "../../../components/Loading.tsx";
import { NounLink } from "../../../components/NounLink.tsx";
import { pathOf } from "../../../frame/paths.ts";
import { Evaluations } from "../dossier/Evaluations.tsx";
import { Gates, summaryOf } from "../dossier/Gates.tsx";
import type { PolicyNow } from "../promotion-type.ts";

interface EvidenceNowProps {
  readonly asked: { model: string; purpose: string; policy: string; target: string };
  readonly policy: PolicyNow | undefined;
}

// Gates do not depend on the words of the request, which are not written yet while somebody looks at them.
const unwritten = { intendedUse: "(not written yet)", notFor: "(not written yet)", risks: "" };

/** How the gates stand now, before anybody is asked. */
export function EvidenceNow({ asked, policy }: EvidenceNowProps) {
  const ready =
    policy !== undefined &&
    asked.model !== "" &&
    Name.safeParse(asked.purpose).success &&
    asked.target !== "";
  const preview = useQuery(
    trpc.promotion.preview.queryOptions(
      {
        model: `model://${asked.model}`,
        purpose: asked.purpose,
        policy: asked.policy,
        target: asked.target,
        ...unwritten,
      },
      { enabled: ready, placeholderData: keepPreviousData },
    ),
  );
  const dossier = ready ? preview.data : undefined;
  const blocking = dossier && policy ? blockingGates(dossier.gates, policy) : [];
  const modelName = asked.model.split("@")[0] ?? "";
  const version = Number(asked.model.split("@")[1]);
  return (
    <Paper>
      <Title order={2} mb={4}>
        Evidence as it is now
      </Title>
      {!ready && (
        <Text size="sm" c="dimmed">
          Choose a model, a purpose, a policy and a target to see how the gates stand.
        </Text>
      )}
      {ready && preview.isPending && <Loading what="Judging the gates" h={260} />}
      {ready && preview.isError && (
        <ErrorState
          title="The gates could not be judged"
          error={preview.error}
          onRetry={() => void preview.refetch()}
        />
      )}
      {dossier && policy && (
        <Stack gap="sm">
          <Text size="sm" c="dimmed">
            {summaryOf(dossier.gates)}
          </Text>
          {blocking.length > 0 ? (
            <Alert color="yellow" variant="light" title="The board cannot be asked yet">
              {blocking.length === 1 ? "One gate stands" : `${blocking.length} gates stand`} in the
              way. <NounLink href={pathOf.model(modelName, version)}>Evaluate the model</NounLink>{" "}
              on the suites below, then come back.
            </Alert>
          ) : (
            <Alert color="green" variant="light">
              Nothing stands in the way: the board can be asked.
            </Alert>
          )}
          <Gates gates={dossier.gates} policy={policy} />
          <Evaluations dossier={dossier} />
        </Stack>
      )}
    </Paper>
  );
}
