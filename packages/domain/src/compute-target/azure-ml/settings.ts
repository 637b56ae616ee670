import { z } from "zod";
import { Duration } from "../../duration.ts";
import { InstanceTypeName, NodePrice } from "../price.ts";
import { AzureServingSettings } from "./serving.ts";

const Guid = z.guid("use the id as the portal shows it: 8-4-4-4-12 hexadecimal digits");
const ResourceName = (what: string, pattern: RegExp) => z.string().trim().regex(pattern, what);

const Deadlines = z.strictObject({
  /** How long an image may be built, nodes be waited for, outputs be uploaded and a stop take before it is escalated. */
  preparing: Duration.default("PT1H"),
  queued: Duration.default("P1D"),
  finalizing: Duration.default("PT1H"),
  cancelling: Duration.default("PT10M"),
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
    cluster: ResourceName(
      "use 2 to 32 letters, digits and -, beginning with a letter",
      /^[a-zA-Z][a-zA-Z0-9-]{1,31}$/,
    ),
    /** The machines of that cluster; needed only where the prices name several. */
    instanceType: InstanceTypeName.optional(),
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
    image: z
      .string()
      .trim()
      .regex(/^[a-z0-9][\w.:/@-]{2,400}$/, "name a container image with its registry and tag"),
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
  .superRefine(({ prices, instanceType }, context) => {
    const complain = (path: (string | number)[], message: string) =>
      context.addIssue({ code: "custom", path, message });
    const [first] = prices;
    for (const [n, { currency, instanceType: machine, tier }] of prices.entries()) {
      if (first && currency !== first.currency)
        complain(
          ["prices", n, "currency"],
          `every price must be in one currency, ${first.currency}`,
        );
      if (prices.findIndex((p) => p.instanceType === machine && p.tier === tier) !== n)
        complain(["prices", n], `${machine} has a ${tier} price already`);
    }
    const machines = new Set(prices.map((price) => price.instanceType));
    if (machines.size > 1 && instanceType === undefined)
      complain(["instanceType"], "say which of the priced machines the cluster has");
  });
export type AzureMlSettings = z.infer<typeof AzureMlSettings>;
