import { z } from "zod";
import { Duration } from "../../duration.ts";
import { ImageName, isPinned } from "../image.ts";
import { InstanceTypeName, NodePrice, tiers } from "../price.ts";
import { AzureServingSettings } from "./serving.ts";

const Guid = z.guid("use the id as the portal shows it: 8-4-4-4-12 hexadecimal digits");
const ResourceName = (what: string, pattern: RegExp) => z.string().trim().regex(pattern, what);

const Deadlines = z.strictObject({
  /** How long an image may be built, nodes be waited for, outputs be uploaded and a stop take before it is escalated. */
  preparing: Duration.default("PT1H"),
  queued: Duration.default("P1D"),
  finalizing: Duration.default("PT1H"),
  cancelling: Duration.default("PT10M"),
  /** How long a job may say nothing that tells how it is, by a word or by no answer of its own, before it is given up. */
  silent: Duration.default("PT6H"),
});

const ClusterName = ResourceName(
  "use 2 to 32 letters, digits and -, beginning with a letter",
  /^[a-zA-Z][a-zA-Z0-9-]{1,31}$/,
);

/** Machines that a job may name beside the target's own. */
const OtherMachine = z.strictObject({
  instanceType: InstanceTypeName,
  tier: z.enum(tiers),
  /** A cluster of the same workspace that has them; null for serverless: Azure starts them for the job alone. */
  cluster: ClusterName.nullable().default(null),
});

/** Where a target's jobs run in Azure Machine Learning. No secret is among these: the server's own credential is used. */
export const AzureMlSettings = z
  .strictObject({
    subscriptionId: Guid,
    resourceGroup: ResourceName(
      "use letters, digits, and . _ - ( ), at most 90, not ending in a full stop",
      /^[-\w.()]{0,89}[-\w()]$/,
    ),
    workspace: ResourceName(
      "use 3 to 33 letters, digits, _ and -, beginning with a letter or digit",
      /^[a-zA-Z0-9][\w-]{2,32}$/,
    ),
    /** As the API names it. */
    region: ResourceName(
      "use the short name in small letters, e.g. westeurope",
      /^[a-z][a-z0-9]{2,40}$/,
    ),
    /** Where jobs run that name no machine. */
    cluster: ClusterName,
    /** The machines of that cluster, and their tier; needed only where there are others, or prices of several. */
    instanceType: InstanceTypeName.optional(),
    tier: z.enum(tiers).optional(),
    /** What else a job may choose; left out, there is no choice. */
    machines: z.array(OtherMachine).max(50).optional(),
    datastore: ResourceName("use letters, digits and _", /^[a-zA-Z0-9_]{1,255}$/),
    blobEndpoint: z.url({
      protocol: /^https$/,
      error:
        "use the https address of the storage account, e.g. https://name.blob.core.windows.net",
    }),
    container: ResourceName(
      "use 3 to 63 lower-case letters, digits and single hyphens",
      /^(?=.{3,63}$)[a-z0-9]+(-[a-z0-9]+)*$/,
    ),
    /** What jobs run in that name no image, and the images they may name beside it. */
    image: ImageName,
    images: z.array(ImageName).max(50).optional(),
    /** Whether every image has to be named by digest, as for patient data it should be; a tag means whatever was pushed last. */
    pinnedImages: z.boolean().optional(),
    /** Of a node's container; the image's own when left out. */
    sharedMemory: z
      .string()
      .trim()
      .regex(/^[1-9]\d{0,9}[bkmgBKMG]$/, "give a size with its unit, e.g. 16g")
      .optional(),
    /** Of a user-assigned managed identity the jobs run as; null for the cluster's own. */
    identityClientId: Guid.nullable().default(null),
    deadlines: Deadlines.prefault({}),
    prices: z.array(NodePrice).max(100).default([]),
    serving: AzureServingSettings.optional(),
  })
  .superRefine((settings, context) => {
    for (const { path, message } of [priceFaults, choiceFaults, pinFaults].flatMap((faultsOf) =>
      faultsOf(settings),
    ))
      context.addIssue({ code: "custom", path, message });
  });
export type AzureMlSettings = z.infer<typeof AzureMlSettings>;

interface Fault {
  readonly path: (string | number)[];
  readonly message: string;
}
type Settings = Pick<
  AzureMlSettings,
  | "cluster"
  | "instanceType"
  | "tier"
  | "machines"
  | "image"
  | "images"
  | "pinnedImages"
  | "prices"
  | "serving"
>;

/** The image that vLLM is served from counts only where it is. */
function pinFaults({ pinnedImages, image, images = [], serving }: Settings): Fault[] {
  if (pinnedImages !== true) return [];
  const named: [Fault["path"], string][] = [
    [["image"], image],
    ...images.map((one, n): [Fault["path"], string] => [["images", n], one]),
  ];
  if (serving?.runtime === "vllm") named.push([["serving", "vllmImage"], serving.vllmImage]);
  return named
    .filter(([, one]) => !isPinned(one))
    .map(([path, one]) => ({
      path,
      message: `${one} is a tag, and this target takes digests only: write the image as its registry names it, with @sha256: and 64 hexadecimal digits`,
    }));
}

function priceFaults({ prices, instanceType }: Settings): Fault[] {
  const faults: Fault[] = [];
  const [first] = prices;
  for (const [n, { currency, instanceType: machine, tier }] of prices.entries()) {
    if (first && currency !== first.currency)
      faults.push({
        path: ["prices", n, "currency"],
        message: `every price must be in one currency, ${first.currency}`,
      });
    if (prices.findIndex((p) => p.instanceType === machine && p.tier === tier) !== n)
      faults.push({ path: ["prices", n], message: `${machine} has a ${tier} price already` });
  }
  const machines = new Set(prices.map((price) => price.instanceType));
  if (machines.size > 1 && instanceType === undefined)
    faults.push({
      path: ["instanceType"],
      message: "say which of the priced machines the cluster has",
    });
  return faults;
}

/** A job's choice must mean one thing: each kind and tier is in one place, and each cluster has one kind. */
function choiceFaults(settings: Settings): Fault[] {
  const { cluster, instanceType, tier, machines = [], image, images = [] } = settings;
  const faults: Fault[] = [];
  if (machines.length > 0 && instanceType === undefined)
    faults.push({
      path: ["instanceType"],
      message: "say which machines the cluster has, since a job may choose others",
    });
  if (machines.length > 0 && tier === undefined)
    faults.push({
      path: ["tier"],
      message: "say of which tier the cluster is, since a job may choose others",
    });
  const kind = (one: { instanceType?: string | undefined; tier?: string | undefined }): string =>
    `${one.instanceType?.toLowerCase()} ${one.tier}`;
  const kinds = [kind({ instanceType, tier }), ...machines.map(kind)];
  const clusters = [cluster, ...machines.map((one) => one.cluster)];
  for (const [n, one] of machines.entries()) {
    if (kinds.indexOf(kind(one)) <= n)
      faults.push({
        path: ["machines", n],
        message: `a job may choose ${one.tier} ${one.instanceType} already`,
      });
    if (one.cluster !== null && clusters.indexOf(one.cluster) <= n)
      faults.push({
        path: ["machines", n, "cluster"],
        message: `${one.cluster} is named already, and a cluster has one kind of machine`,
      });
  }
  for (const [n, one] of images.entries())
    if ([image, ...images].indexOf(one) <= n)
      faults.push({ path: ["images", n], message: "is named already" });
  return faults;
}
