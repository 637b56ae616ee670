import type { ReachAzure } from "@preceptor/azure/on-demand";
import { DomainError } from "@preceptor/domain";
import type { Connect } from "../providers.ts";
import type { Log } from "./place.ts";

/** Reaches a target's workspace. The adapter and its SDK are loaded at the first of them. */
export const azureMlOnDemand =
  (reach: ReachAzure, log: Log): Connect =>
  async ({ settings: { azure } }) => {
    if (!azure)
      throw new DomainError(
        "unavailable",
        "The target's settings name no workspace: define it again.",
      );
    const { azureMlCompute } = await import("./index.ts");
    return azureMlCompute({ connection: await reach(), target: azure, log });
  };
