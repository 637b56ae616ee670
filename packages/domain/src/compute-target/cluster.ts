import { z } from "zod";
import { Name } from "../id.ts";
import { InstanceTypeName, tiers } from "./price.ts";

const ClusterName = z
  .string()
  .trim()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9-]{1,30}[a-zA-Z0-9]$/,
    "use 3 to 32 letters, digits and hyphens, beginning with a letter",
  );
/** What the provider takes for a new one; those it has may be called otherwise. */
const NewClusterName = z
  .string()
  .trim()
  .regex(
    /^[a-zA-Z][a-zA-Z0-9-]{0,14}[a-zA-Z0-9]$/,
    "use 2 to 16 letters, digits and hyphens, beginning with a letter",
  );
const OfCluster = z.strictObject({ target: Name, cluster: ClusterName });

const size = {
  minNodes: z.number().int().min(0).max(512).default(0),
  maxNodes: z.number().int().min(0).max(512),
  /** How long a node waits without work before it is given back: a minute to a day. */
  idleSeconds: z.number().int().min(60).max(86_400).default(600),
};
const inOrder = ({ minNodes, maxNodes }: { minNodes: number; maxNodes: number }) =>
  minNodes <= maxNodes;
const outOfOrder = { path: ["minNodes"], message: "must not be more than the most nodes" };

const providersName = z.string().trim().min(1).max(500).nullable().default(null);

export const CreateCluster = OfCluster.extend({
  cluster: NewClusterName,
  ...size,
  instanceType: InstanceTypeName,
  tier: z.enum(tiers),
  /** By the provider's own names; none means its default network, and an identity of the cluster's own. */
  subnet: providersName,
  identity: providersName,
}).refine(inOrder, outOfOrder);
export type CreateCluster = z.infer<typeof CreateCluster>;

export const ResizeCluster = OfCluster.extend(size).refine(inOrder, outOfOrder);
export type ResizeCluster = z.infer<typeof ResizeCluster>;

export const ClusterOfTarget = OfCluster;
export type ClusterOfTarget = z.infer<typeof ClusterOfTarget>;
