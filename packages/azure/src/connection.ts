import type { TokenCredential } from "@azure/core-auth";
import type { HttpClient } from "@azure/core-rest-pipeline";
import { readCloud, type AzureCloud, type Environment } from "./cloud.ts";
import { readCredential } from "./credential.ts";
import { makeThrottle, type Throttle } from "./throttle.ts";

/** What every Azure adapter of one process shares. */
export interface AzureConnection {
  readonly cloud: AzureCloud;
  readonly credential: TokenCredential;
  readonly throttle: Throttle;
  /** Sends the bytes; the SDK's own unless told otherwise. */
  readonly httpClient?: HttpClient;
  /** After this long without an answer a request is given up; a minute unless told otherwise. */
  readonly requestTimeoutMs?: number;
}

/** Made once a process, from the environment that its `config.ts` hands over. Sends nothing yet. */
export function connectAzure(env: Environment): AzureConnection {
  const cloud = readCloud(env);
  return { cloud, credential: readCredential(env, cloud), throttle: makeThrottle() };
}
