import { DomainError } from "@preceptor/domain/error";
import type { Environment } from "./cloud.ts";
import type { AzureConnection } from "./connection.ts";

export type ReachAzure = () => Promise<AzureConnection>;

/**
 * One connection for every adapter of the process, made when the first of them needs it: who uses none starts without the SDK. A failure
 * is forgotten, and says `unavailable` with the variable to set.
 */
export function azureOnDemand(env: Environment): ReachAzure {
  let connecting: Promise<AzureConnection> | undefined;
  return () =>
    (connecting ??= import("./index.ts")
      .then(({ connectAzure }) => connectAzure(env))
      .catch((error: unknown) => {
        connecting = undefined;
        throw new DomainError(
          "unavailable",
          `This server cannot sign in to Azure. ${error instanceof Error ? error.message : ""} Set it for the API and the worker, then start both again.`,
          { cause: error },
        );
      }));
}
