import { Button, Select } from "@mantine/core";
import { promotionStatuses } from "@preceptor/domain";
import { IconGavel, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate, useSearch } from "@tanstack/react-router";
import { client, trpc } from "../../api/client.ts";
import { useMay } from "../../api/me.ts";
import { usePages } from "../../api/use-pages.ts";
import { DataTable } from "../../components/data-table/DataTable.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { describeStatus } from "../../components/status-vocabulary.ts";
import { pathOf } from "../../frame/paths.ts";
import { oneOf } from "../../frame/search-params.ts";
import { promotionColumns } from "./promotion-columns.tsx";

export function PromotionsPage() {
  const search = useSearch({ from: "/shell/promotions" });
  const navigate = useNavigate();
  const mayAsk = useMay("promotion:request");
  const status = oneOf(promotionStatuses, search.status);
  const pages = usePages(
    ["promotions", { status }],
    (page) => client.promotion.list.query({ ...(status ? { status } : {}), ...page }),
    { refetchInterval: 10_000 },
  );
  const open = useQuery({
    ...trpc.promotion.list.queryOptions({ status: "open", limit: 200 }),
    refetchInterval: 10_000,
    enabled: status === undefined,
  });
  // Without a filter, what still needs a decision comes first, what waits for the reader before the rest.
  const rows =
    status !== undefined || !pages.rows || !open.data
      ? pages.rows
      : [
          ...open.data.items.toSorted(
            (a, b) => Number(b.mayVote.allowed) - Number(a.mayVote.allowed),
          ),
          ...pages.rows.filter((one) => one.status !== "open"),
        ];
  return (
    <>
      <PageHeader
        title="Promotions"
        sentence="Requests to serve one exact model for one purpose, with their evidence and the votes of the board."
        actions={
          <>
            <Button component={Link} to="/promotions/policies" variant="default">
              Policies
            </Button>
            {mayAsk && (
              <Button
                component={Link}
                to={pathOf.requestPromotion()}
                leftSection={<IconPlus size={16} aria-hidden />}
              >
                Ask for a promotion
              </Button>
            )}
          </>
        }
      />
      <DataTable
        noun="promotions"
        {...pages}
        rows={rows}
        columns={promotionColumns}
        rowKey={(one) => one.id}
        onOpen={(one) => void navigate({ href: pathOf.promotion(one.id) })}
        toolbar={
          <Select
            size="xs"
            aria-label="State"
            placeholder="Any state"
            data={promotionStatuses.map((value) => ({ value, label: describeStatus(value).word }))}
            value={status ?? null}
            onChange={(value) =>
              void navigate({
                to: "/promotions",
                search: { status: value ?? undefined },
                replace: true,
              })
            }
            clearable
          />
        }
        empty={
          status
            ? {
                icon: IconGavel,
                title: `No promotion is ${status}`,
                sentence: "Take the filter away to see the others.",
                action: { label: "Show all promotions", href: pathOf.promotions() },
              }
            : {
                icon: IconGavel,
                title: "No promotion yet",
                sentence:
                  "A model is served only after the board has decided on its evidence. Choose a model and ask.",
                action: mayAsk
                  ? { label: "Choose a model", href: pathOf.models() }
                  : { label: "See the models", href: pathOf.models() },
              }
        }
      />
    </>
  );
}
