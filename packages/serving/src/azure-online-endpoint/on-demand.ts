import type { ReachAzure } from "@preceptor/azure/on-demand";
import { DomainError } from "@preceptor/domain";
import type { ConnectServing } from "../providers.ts";

/** Reaches a target's endpoints. The adapter and its SDK are loaded at the first of them. */
export const azureServingOnDemand =
  (reach: ReachAzure): ConnectServing =>
  async ({ id, settings: { azure } }) => {
    if (!azure?.serving)
      throw new DomainError(
        "unavailable",
        "The target serves no models yet: an operator gives its settings azure.serving with the machines' instance type.",
      );
    const { azureOnlineEndpoint } = await import("./index.ts");
    const target = { ...azure, serving: azure.serving };
    return azureOnlineEndpoint({ connection: await reach(), target, scope: id });
  };
