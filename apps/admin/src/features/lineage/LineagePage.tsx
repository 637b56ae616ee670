import { IconBinaryTree } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { LineageKind } from "@preceptor/domain";
import { trpc } from "../../api/client.ts";
import { EmptyState } from "../../components/EmptyState.tsx";
import { CopyableId } from "../../components/CopyableId.tsx";
import { PageHeader } from "../../components/PageHeader.tsx";
import { pathOf } from "../../frame/paths.ts";
import type { Direction } from "./lineage-type.ts";
import { hrefOfNode, kindLooks } from "./lineage-type.ts";
import LineageView from "./LineageView.tsx";

export function LineagePage() {
  const { kind, id, direction } = useSearch({ from: "/shell/lineage" });
  if (!kind || !id)
    return (
      <>
        <PageHeader title="Lineage" />
        <EmptyState
          icon={IconBinaryTree}
          title="Lineage of what?"
          sentence="Open a dataset, a job, a model, a promotion or a deployment and choose its lineage."
          action={{ label: "See the models", href: pathOf.models() }}
        />
      </>
    );
  return <LineageOf kind={kind} id={id} direction={direction ?? "both"} />;
}

interface LineageOfProps {
  readonly kind: LineageKind;
  readonly id: string;
  readonly direction: Direction;
}

function LineageOf({ kind, id, direction }: LineageOfProps) {
  const navigate = useNavigate();
  const graph = useQuery(trpc.lineage.read.queryOptions({ kind, id, direction }));
  const focus = graph.data?.nodes.find((node) => node.id === id);
  const { word } = kindLooks[kind];
  return (
    <>
      <PageHeader
        title={focus ? `Lineage of ${focus.label}` : "Lineage"}
        trail={
          focus && kind !== "checkpoint"
            ? [{ label: `${word} ${focus.label}`, href: hrefOfNode(focus) }]
            : []
        }
        beside={<CopyableId value={id} />}
        sentence="From the datasets on the left to what serves on the right. The strong path runs through what you look at."
      />
      <LineageView
        kind={kind}
        id={id}
        direction={direction}
        onDirection={(next) =>
          void navigate({ to: "/lineage", search: { kind, id, direction: next }, replace: true })
        }
      />
    </>
  );
}
