import { Badge } from "@mantine/core";
import type { Column } from "../../components/data-table/column.ts";
import { toDate } from "../../components/format.ts";
import { NounLink } from "../../components/NounLink.tsx";
import { RelativeTime } from "../../components/RelativeTime.tsx";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import { pathOf } from "../../frame/paths.ts";
import { nameOf, type PromotionNow } from "./promotion-type.ts";

const approvalsOf = (promotion: PromotionNow): number =>
  promotion.votes.filter((vote) => vote.decision === "approve").length;

const waitsFor = (promotion: PromotionNow): string => {
  if (promotion.status !== "open") return "";
  if (promotion.mayVote.allowed) return "you";
  const left = promotion.approvalsNeeded - approvalsOf(promotion);
  return `${left} ${left === 1 ? "member" : "members"} of the board`;
};

export const promotionColumns: readonly Column<PromotionNow>[] = [
  {
    key: "purpose",
    header: "Purpose",
    cell: (one) => <NounLink href={pathOf.promotion(one.id)}>{one.purpose}</NounLink>,
    value: (one) => one.purpose,
  },
  {
    key: "status",
    header: "State",
    cell: (one) => <StatusBadge status={one.status} />,
    value: (one) => one.status,
  },
  {
    key: "waits",
    header: "Waits for",
    cell: (one) =>
      one.status === "open" && one.mayVote.allowed ? (
        <Badge variant="light" tt="none">
          waits for you
        </Badge>
      ) : (
        waitsFor(one) || "–"
      ),
    value: waitsFor,
  },
  {
    key: "model",
    header: "Model",
    cell: (one) => (
      <NounLink href={pathOf.model(one.model.name, one.model.version)}>
        {nameOf(one.model)}
      </NounLink>
    ),
    value: (one) => nameOf(one.model),
  },
  { key: "stage", header: "Stage", cell: (one) => one.stage, value: (one) => one.stage },
  {
    key: "approvals",
    header: "Approvals",
    align: "right",
    cell: (one) => (
      <span className="figures">
        {approvalsOf(one)} of {one.approvalsNeeded}
      </span>
    ),
    value: approvalsOf,
  },
  {
    key: "by",
    header: "Asked by",
    cell: (one) => one.requestedBy.name,
    value: (one) => one.requestedBy.name,
  },
  {
    key: "at",
    header: "Asked",
    cell: (one) => <RelativeTime at={one.requestedAt} />,
    value: (one) => toDate(one.requestedAt).toISOString(),
  },
  {
    key: "decided",
    header: "Decided",
    optional: true,
    cell: (one) => <RelativeTime at={one.decidedAt} />,
    value: (one) => one.decidedAt && toDate(one.decidedAt).toISOString(),
  },
  {
    key: "policy",
    header: "Policy",
    optional: true,
    cell: (one) => nameOf(one.policy),
    value: (one) => nameOf(one.policy),
  },
];
