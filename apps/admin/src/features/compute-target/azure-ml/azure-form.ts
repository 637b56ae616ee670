import type { AzureMlSettings, NodePrice } from "@preceptor/domain";

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

export type AzureForm = Record<AzureText, string> & { deadlines: AzureMlSettings["deadlines"] };

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
  deadlines: settings?.deadlines ?? {
    preparing: "PT1H",
    queued: "P1D",
    finalizing: "PT1H",
    cancelling: "PT10M",
  },
});

/** An empty text that may be left out is left out. */
export function azureOf(form: AzureForm, prices: readonly NodePrice[]): AzureMlSettings {
  const { instanceType, sharedMemory, identityClientId, ...needed } = form;
  return {
    ...needed,
    blobEndpoint: form.blobEndpoint.trim().replace(/\/+$/, ""),
    identityClientId: identityClientId.trim() || null,
    ...(instanceType.trim() === "" ? {} : { instanceType: instanceType.trim() }),
    ...(sharedMemory.trim() === "" ? {} : { sharedMemory: sharedMemory.trim() }),
    prices: [...prices],
  };
}
