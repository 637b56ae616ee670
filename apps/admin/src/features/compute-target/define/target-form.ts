import {
  DefineComputeTarget,
  providerNames,
  type NodePrice,
  type ProviderName,
} from "@preceptor/domain";
import { problemsOf } from "../../../api/problem.ts";
import { azureFormOf, azureOf, type AzureForm } from "../azure-ml/azure-form.ts";

/** What is typed; a size is asked for in the unit people think in. */
export interface TargetForm {
  name: string;
  provider: ProviderName;
  maxNodes: number | string;
  maxProcessesPerNode: number | string;
  diskQuotaGb: number | string;
  logLimitMb: number | string;
  azure: AzureForm;
  prices: NodePrice[];
}

const gigabyte = 1e9;
const megabyte = 1e6;

export function formOf(target: DefineComputeTarget | undefined): TargetForm {
  const settings = target?.settings;
  return {
    name: target?.name ?? "",
    provider: target?.provider ?? providerNames.find((name) => name !== "local") ?? "local",
    maxNodes: settings?.maxNodes ?? 4,
    maxProcessesPerNode: settings?.maxProcessesPerNode ?? 8,
    diskQuotaGb: (settings?.diskQuotaBytes ?? 1000 * gigabyte) / gigabyte,
    logLimitMb: (settings?.logLimitBytes ?? 20 * megabyte) / megabyte,
    azure: azureFormOf(settings?.azure),
    prices: [...(settings?.azure?.prices ?? [])],
  };
}

/** In the shape of the API: the same schema checks it here and there. */
export function definitionOf(form: TargetForm): DefineComputeTarget {
  const { name, provider } = form;
  const bytes = (value: number | string, unit: number) =>
    value === "" ? Number.NaN : Math.round(Number(value) * unit);
  return {
    name: name.trim(),
    provider,
    settings: {
      maxNodes: count(form.maxNodes),
      maxProcessesPerNode: count(form.maxProcessesPerNode),
      diskQuotaBytes: bytes(form.diskQuotaGb, gigabyte),
      logLimitBytes: bytes(form.logLimitMb, megabyte),
      ...(provider === "azure-ml" ? { azure: azureOf(form.azure, form.prices) } : {}),
    },
  };
}
const count = (value: number | string): number => (value === "" ? Number.NaN : Number(value));

const formFields: Readonly<Record<string, string>> = {
  diskQuotaBytes: "diskQuotaGb",
  logLimitBytes: "logLimitMb",
};

/** A field of the API as the form calls it. */
export function formField(field: string): string {
  const path = field.replace(/^settings\./, "").replace(/^azure\.prices/, "prices");
  return formFields[path] ?? path;
}

export const problemsInTarget = (form: TargetForm): Record<string, string> =>
  problemsOf(DefineComputeTarget, definitionOf(form), formField);
