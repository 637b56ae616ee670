import { Group } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import { StatusBadge } from "../../components/StatusBadge.tsx";
import classes from "./Lineage.module.css";
import { detailOf, hrefOfNode, kindLooks, type NodeNow } from "./lineage-type.ts";

export type FlowNode = Node<{ node: NodeNow; focus: boolean; strong: boolean }, "thing">;

export function LineageNode({ data: { node, focus, strong } }: NodeProps<FlowNode>) {
  const { icon: Icon, word } = kindLooks[node.kind];
  const [, name, version] = /^(.*?)(@\d+)?$/.exec(node.label) ?? [];
  return (
    <>
      <Handle type="target" position={Position.Left} className={classes.handle ?? ""} />
      <Link
        to={hrefOfNode(node)}
        className={classes.node}
        data-focus={focus || undefined}
        data-faint={strong ? undefined : true}
        aria-current={focus ? "true" : undefined}
        title={`${node.label}, ${detailOf(node)}`}
        draggable={false}
      >
        <Group gap={6} wrap="nowrap" justify="space-between">
          <Group gap={5} wrap="nowrap" className={classes.small}>
            <Icon size={14} aria-hidden />
            {word}
          </Group>
          {node.status && <StatusBadge status={node.status} />}
        </Group>
        <div className={classes.label}>
          <span>{name}</span>
          {/* A name may be cut, its version never. */}
          <span>{version}</span>
        </div>
        <div className={classes.small}>{detailOf(node)}</div>
        {node.digest && (
          <div className={`${classes.small} mono`}>
            {node.digest.replace("sha256:", "").slice(0, 12)}
          </div>
        )}
      </Link>
      <Handle type="source" position={Position.Right} className={classes.handle ?? ""} />
    </>
  );
}
