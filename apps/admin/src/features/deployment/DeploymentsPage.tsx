import { Button, Center, Select, Stack } from "@mantine/core";
import { Name } from "@preceptor/domain";
import { IconRocket } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { client, trpc } from "../../api/client.ts";
import { usePages } from "../../api/use-pages.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { ErrorState } from "../../components/ErrorState.tsx";
import { Loading } from "../../components/Loading.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { pathOf } from "../../frame/paths.ts";
import type { DeploymentNow } from "./deployment-type.ts";
import { PurposeCard } from "./PurposeCard.tsx";

function byPurpose(rows: readonly DeploymentNow[]): [string, DeploymentNow[]][] {
  const groups = new Map<string, DeploymentNow[]>();
  for (const row of rows) groups.set(row.purpose, [...(groups.get(row.purpose) ?? []), row]);
  return [...groups];
}

export function DeploymentsPage() {
  const search = useSearch({ from: "/shell/deployments" });
  const navigate = useNavigate();
  // What is no name would be refused.
  const purpose = Name.safeParse(search.purpose).data;
  const { rows, error, onRetry, more } = usePages(
    ["deployments", { purpose }],
    (page) => client.deployment.list.query({ ...(purpose ? { purpose } : {}), ...page }),
    { refetchInterval: 5_000 },
  );
  const every = useQuery(trpc.deployment.list.queryOptions({ limit: 200 }));
  const purposes = new Set(
    [...(every.data?.items ?? []), ...(rows ?? [])].map((one) => one.purpose),
  );
  if (purpose) purposes.add(purpose);
  return (
    <>
      <PageHeader
        title="Deployments"
        sentence="What answers requests now, by purpose, and what did before. Each rests on a decision of the board."
      />
      <Select
        size="xs"
        mb="md"
        maw={280}
        aria-label="Purpose"
        placeholder="Any purpose"
        data={[...purposes]}
        value={purpose ?? null}
        onChange={(value) =>
          void navigate({
            to: "/deployments",
            search: { purpose: value ?? undefined },
            replace: true,
          })
        }
        clearable
      />
      {error ? (
        <ErrorState title="The deployments could not be loaded" error={error} onRetry={onRetry} />
      ) : !rows ? (
        <Loading what="Loading the deployments" h={320} />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={IconRocket}
          title={purpose ? `Nothing was served for ${purpose}` : "Nothing is served yet"}
          sentence={
            purpose
              ? "Take the filter away to see the other purposes."
              : "A model is served once the board has approved a promotion of it."
          }
          action={
            purpose
              ? { label: "Show all deployments", href: pathOf.deployments() }
              : { label: "See the promotions", href: pathOf.promotions() }
          }
        />
      ) : (
        <Stack gap="lg">
          {byPurpose(rows).map(([name, deployments]) => (
            <PurposeCard key={name} purpose={name} deployments={deployments} />
          ))}
        </Stack>
      )}
      {more.has && (
        <Center mt="sm">
          <Button variant="default" size="xs" loading={more.loading} onClick={more.load}>
            Load more
          </Button>
        </Center>
      )}
    </>
  );
}
