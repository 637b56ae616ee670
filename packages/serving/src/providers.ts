import {
  providersByTarget,
  type ConnectTarget,
  type ProviderName,
  type ProvidersByTarget,
} from "@preceptor/domain";
import type { ServingProvider } from "./provider.ts";

export type ConnectServing = ConnectTarget<ServingProvider>;
/** The places this process can serve from, one object for each target. */
export type ServingProviders = ProvidersByTarget<ServingProvider>;

export const servingProviders = (
  adapters: Readonly<Partial<Record<ProviderName, ConnectServing>>>,
): ServingProviders => providersByTarget(adapters, "no model can answer there");
