import {
  providersByTarget,
  type ConnectTarget,
  type ProviderName,
  type ProvidersByTarget,
  type ReachedTarget,
} from "@preceptor/domain";
import type { ComputeProvider } from "./provider.ts";

export type RunsOn = ReachedTarget;
export type Connect = ConnectTarget<ComputeProvider>;
/** The places this process can run jobs in, one object for each compute target. */
export type ComputeProviders = ProvidersByTarget<ComputeProvider>;

export const computeProviders = (
  adapters: Readonly<Partial<Record<ProviderName, Connect>>>,
): ComputeProviders => providersByTarget(adapters, "nothing can be run or read there");
