import type { ServingSpec } from "../provider.ts";
import { port, serverCommand } from "./context.ts";
import { modelPrefix } from "./names.ts";
import type { AzureServingTarget } from "./target.ts";
import type { Traffic } from "./traffic.ts";
import type { EndpointResource } from "./wire.ts";

/* Bodies as api-version 2024-04-01 has them on the wire. */

export const modelBody = (target: AzureServingTarget, { modelDigest }: ServingSpec) => ({
  properties: {
    modelType: "custom_model",
    modelUri: `azureml://datastores/${target.datastore}/paths/${modelPrefix(modelDigest)}/`,
    description: "A model version whose digest a board approved.",
    tags: { preceptor: "model" },
    properties: { preceptorDigest: modelDigest },
  },
});

export const environmentBody = (contextUri: string) => ({
  properties: {
    build: { contextUri, dockerfilePath: "Dockerfile" },
    osType: "Linux",
    inferenceConfig: {
      livenessRoute: { path: "/health", port },
      readinessRoute: { path: "/health", port },
      scoringRoute: { path: "/v1/chat/completions", port },
    },
    description: "Made by Preceptor to serve a model.",
    tags: { preceptor: "environment" },
  },
});

/** A new one, without traffic. */
export const endpointBody = (target: AzureServingTarget, purpose: string) => ({
  location: target.region,
  identity:
    target.serving.identity === null
      ? { type: "SystemAssigned" }
      : { type: "UserAssigned", userAssignedIdentities: { [target.serving.identity]: {} } },
  tags: { preceptor: "endpoint", purpose },
  properties: {
    authMode: target.serving.access === "key" ? "Key" : "AADToken",
    publicNetworkAccess: target.serving.publicNetwork ? "Enabled" : "Disabled",
    traffic: {},
    mirrorTraffic: {},
  },
});

/**
 * What was read with another traffic: leaving the map out of a PUT takes all traffic away, and leaving anything else out what
 * others have set there. Only what the service itself writes stays behind.
 */
export function withTraffic(found: EndpointResource, traffic: Traffic) {
  const { location, tags, kind, sku, identity } = found;
  const own = Object.entries(found.properties).filter(([name]) => !written.has(name));
  return {
    location,
    ...given({ tags, kind, sku, identity: identity && identityBody(identity) }),
    properties: {
      ...given(Object.fromEntries(own)),
      traffic: traffic.live,
      mirrorTraffic: traffic.mirror,
    },
  };
}

const written = new Set(["provisioningState", "scoringUri", "swaggerUri", "keys"]);

const identityBody = ({
  type,
  userAssignedIdentities,
}: NonNullable<EndpointResource["identity"]>) => ({
  type,
  ...(userAssignedIdentities
    ? {
        userAssignedIdentities: Object.fromEntries(
          Object.keys(userAssignedIdentities).map((id) => [id, {}]),
        ),
      }
    : {}),
});

const given = (fields: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value != null));

export interface DeploymentParts {
  readonly deploymentId: string;
  readonly modelId: string;
  readonly environmentId: string;
}

export const deploymentBody = (
  target: AzureServingTarget,
  spec: ServingSpec,
  { deploymentId, modelId, environmentId }: DeploymentParts,
) => ({
  location: target.region,
  tags: { preceptor: "deployment", deployment: deploymentId },
  sku: { name: "Default", capacity: target.serving.instances },
  properties: {
    endpointComputeType: "Managed",
    instanceType: target.serving.instanceType,
    model: modelId,
    environmentId,
    environmentVariables: {
      PRECEPTOR_MODEL_DIGEST: spec.modelDigest,
      PRECEPTOR_SERVE_COMMAND: JSON.stringify(serverCommand(target, spec)),
      HOST: "0.0.0.0",
      PORT: String(port),
      PYTHONUNBUFFERED: "1",
      HF_HUB_OFFLINE: "1",
      HF_HUB_DISABLE_TELEMETRY: "1",
      TRANSFORMERS_OFFLINE: "1",
      HF_DATASETS_OFFLINE: "1",
      DO_NOT_TRACK: "1",
      VLLM_NO_USAGE_STATS: "1",
    },
    // Questions and answers are patients' text: neither goes to a log of Azure's.
    appInsightsEnabled: false,
    scaleSettings: { scaleType: "Default" },
    requestSettings: {
      requestTimeout: "PT3M",
      maxConcurrentRequestsPerInstance: target.serving.concurrentRequests,
    },
    // Loading tens of gigabytes takes its time; ten minutes of it before a failing probe counts.
    livenessProbe: {
      initialDelay: "PT10M",
      period: "PT10S",
      timeout: "PT5S",
      failureThreshold: 30,
    },
    readinessProbe: {
      initialDelay: "PT10S",
      period: "PT10S",
      timeout: "PT5S",
      failureThreshold: 180,
    },
  },
});
