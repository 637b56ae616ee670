import type { AzureMlSettings, AzureServingSettings, NodePrice, Tier } from "@preceptor/domain";

export const azureTexts = [
  "subscriptionId",
  "resourceGroup",
  "workspace",
  "region",
  "cluster",
  "instanceType",
  "datastore",
  "blobEndpoint",
  "container",
  "image",
  "sharedMemory",
  "identityClientId",
] as const;
type AzureText = (typeof azureTexts)[number];

/** Kept while it is switched off, so that a change of mind loses nothing. */
export type ServingForm = Omit<AzureServingSettings, "identity"> & {
  on: boolean;
  identity: string;
};
/** A machine jobs may choose besides; no cluster means serverless. */
export interface OtherMachineForm {
  instanceType: string;
  tier: Tier;
  cluster: string;
}
export type AzureForm = Record<AzureText, string> & {
  /** Empty while nobody said. */
  tier: Tier | "";
  machines: OtherMachineForm[];
  images: string[];
  /** Whether images have to be named by digest. */
  pinnedImages: boolean;
  deadlines: AzureMlSettings["deadlines"];
  serving: ServingForm;
};

export const azureFormOf = (settings: AzureMlSettings | undefined): AzureForm => ({
  subscriptionId: settings?.subscriptionId ?? "",
  resourceGroup: settings?.resourceGroup ?? "",
  workspace: settings?.workspace ?? "",
  region: settings?.region ?? "",
  cluster: settings?.cluster ?? "",
  instanceType: settings?.instanceType ?? "",
  datastore: settings?.datastore ?? "workspaceblobstore",
  blobEndpoint: settings?.blobEndpoint ?? "",
  container: settings?.container ?? "",
  image: settings?.image ?? "",
  sharedMemory: settings?.sharedMemory ?? "",
  identityClientId: settings?.identityClientId ?? "",
  tier: settings?.tier ?? "",
  machines: (settings?.machines ?? []).map((one) => ({ ...one, cluster: one.cluster ?? "" })),
  images: [...(settings?.images ?? [])],
  pinnedImages: settings?.pinnedImages ?? false,
  deadlines: {
    preparing: "PT1H",
    queued: "P1D",
    finalizing: "PT1H",
    cancelling: "PT10M",
    silent: "PT6H",
    ...settings?.deadlines,
  },
  serving: {
    on: settings?.serving !== undefined,
    instanceType: "",
    instances: 1,
    runtime: "vllm",
    vllmImage: "vllm/vllm-openai:v0.11.0",
    access: "entra",
    publicNetwork: false,
    concurrentRequests: 64,
    ...settings?.serving,
    identity: settings?.serving?.identity ?? "",
  },
});

/** An empty text that may be left out is left out. */
export function azureOf(form: AzureForm, prices: readonly NodePrice[]): AzureMlSettings {
  const {
    instanceType,
    tier,
    machines,
    images,
    pinnedImages,
    sharedMemory,
    identityClientId,
    serving,
    ...needed
  } = form;
  const { on, ...served } = serving;
  return {
    ...needed,
    blobEndpoint: form.blobEndpoint.trim().replace(/\/+$/, ""),
    identityClientId: identityClientId.trim() || null,
    ...(tier === "" ? {} : { tier }),
    ...(machines.length === 0 ? {} : { machines: machines.map(machineOf) }),
    ...(images.length === 0 ? {} : { images }),
    ...(pinnedImages ? { pinnedImages } : {}),
    ...(instanceType.trim() === "" ? {} : { instanceType: instanceType.trim() }),
    ...(sharedMemory.trim() === "" ? {} : { sharedMemory: sharedMemory.trim() }),
    ...(on ? { serving: { ...served, identity: served.identity.trim() || null } } : {}),
    prices: [...prices],
  };
}

const machineOf = ({ instanceType, tier, cluster }: OtherMachineForm) => ({
  instanceType: instanceType.trim(),
  tier,
  cluster: cluster.trim() || null,
});
